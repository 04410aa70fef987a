// Reads the text of a lesson with the voice of the device. The button appears only where there is a Japanese voice,
// nothing is sent anywhere, and nothing is read before somebody asks for it.

const synth = window.speechSynthesis;

function japaneseVoice() {
  const voices = synth.getVoices().filter((voice) => voice.lang.replace("_", "-").toLowerCase().startsWith("ja"));
  // A voice of the device itself: one from a network would carry the text away.
  return voices.find((voice) => voice.localService) ?? null;
}

// The words as they are written, each once: readings above kanji are left out, so is what is only for the eye.
function sentences(element) {
  const copy = element.cloneNode(true);
  for (const silent of copy.querySelectorAll("rt, rp, form, video, svg, details:not([open]), [hidden]")) silent.remove();
  for (const part of copy.querySelectorAll("p, li, h1, h2, h3, h4, th, td, caption, figcaption, dt, dd, label, br")) part.append("。");
  return copy.textContent.split(/(?<=[。！？])/).map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => /[^。\s]/.test(text));
}

function stop(button) {
  synth.cancel();
  button.querySelector("[data-label]").textContent = button.dataset.start;
  button.setAttribute("aria-pressed", "false");
}

function start(button, voice) {
  const texts = sentences(document.getElementById(button.dataset.readAloud));
  synth.cancel();
  for (const [i, text] of texts.entries()) {
    const speech = new SpeechSynthesisUtterance(text);
    speech.lang = "ja-JP";
    speech.voice = voice;
    speech.rate = 0.9;
    if (i === texts.length - 1) speech.onend = () => stop(button);
    synth.speak(speech);
  }
  button.querySelector("[data-label]").textContent = button.dataset.stop;
  button.setAttribute("aria-pressed", "true");
}

function offer() {
  const voice = japaneseVoice();
  if (!voice) return;
  for (const button of document.querySelectorAll("button[data-read-aloud][hidden]")) {
    button.hidden = false;
    button.dataset.start = button.querySelector("[data-label]").textContent;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop(button) : start(button, voice)));
  }
}

if (synth) {
  offer();
  synth.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", () => synth.cancel());
}
