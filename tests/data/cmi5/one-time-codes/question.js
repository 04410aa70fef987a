// One question: the chosen answer is kept, the right one is passed with full marks.
const said = document.querySelector("#said");
const form = document.querySelector("#question");
const leave = document.querySelector("#leave");

function tell(text) {
  said.textContent = text;
}

async function begin() {
  const session = await Session.begin();
  const kept = await session.state("place");
  if (kept.ok) form.elements.answer.value = (await kept.json()).answer;
  tell(kept.ok ? "前回の続きです。" : "1つ選んで「答える」を押してください。");
  form.hidden = session.data.launchMode !== "Normal";
  if (form.hidden) tell("もう合格しています。見直しができます。");
  leave.hidden = false;
  form.addEventListener("change", () => session.save("place", { answer: form.elements.answer.value }));
  form.addEventListener("submit", (event) => answer(event, session).catch((error) => tell(error.message)));
  leave.addEventListener("click", () => end(session).catch((error) => tell(error.message)));
}

async function answer(event, session) {
  event.preventDefault();
  const right = form.elements.answer.value === "hang-up";
  const score = right ? { scaled: 1, raw: 100, min: 0, max: 100 } : { scaled: 0, raw: 0, min: 0, max: 100 };
  await session.say(right ? "passed" : "failed", { success: right, score });
  form.querySelector("button").disabled = true;
  tell(right ? "正解です。番号は、だれにも伝えないでください。" : "番号を伝えてはいけません。終わって、もう一度開いてください。");
}

async function end(session) {
  await session.say("terminated");
  location.assign(session.data.returnURL);
}

begin().catch((error) => tell(`始められませんでした。${error.message}`));
