// How much room a text has left. Without this file the browser stops at the limit; with it nothing that somebody pastes is
// cut off unseen: the words say how many characters are too many, and the server keeps the text, too.

const QUIET = 1000;

function startCounter(line) {
  const field = document.getElementById(line.dataset.counter);
  if (!field || line.dataset.counting) return;
  line.dataset.counting = "yes";
  const limit = Number(line.dataset.limit);
  const [shown, spoken] = ["shown", "spoken"].map((name) => line.querySelector(`[data-count-${name}]`));
  let pause = 0;

  function words(left) {
    const template = line.querySelector(left < 0 ? "template[data-over]" : "template[data-left]");
    const copy = document.createElement("span");
    copy.append(template.content.cloneNode(true));
    const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      texts.currentNode.data = texts.currentNode.data.replace("#", Math.abs(left).toLocaleString("ja"));
    }
    return copy;
  }

  function count() {
    const left = limit - [...field.value].length;
    line.classList.toggle("field__error", left < 0);
    shown.replaceChildren(words(left));
    clearTimeout(pause);
    // Said once somebody stops writing, not at every key; without the readings above the words.
    pause = setTimeout(() => {
      const copy = words(left);
      for (const reading of copy.querySelectorAll("rt, rp")) reading.remove();
      spoken.textContent = copy.textContent.trim();
    }, QUIET);
  }

  field.removeAttribute("maxlength");
  field.addEventListener("input", count);
  shown.replaceChildren(words(limit - [...field.value].length));
}

for (const line of document.querySelectorAll("[data-counter]")) startCounter(line);
