// Saves each answer of a quiz as it is given. Without this file the buttons of the form save everything.
// What is not saved yet stays in the browser's own storage until the server has said that it has it.

function quizBackup(name) {
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(name) || "{}") || {};
    } catch {
      return {};
    }
  };
  const change = (work) => {
    const kept = read();
    work(kept);
    try {
      if (Object.keys(kept).length) localStorage.setItem(name, JSON.stringify(kept));
      else localStorage.removeItem(name);
    } catch {
      // Storage is full or forbidden: the queue in memory and the form itself still hold the answer.
    }
  };
  return {
    all: read,
    put: (number, entry) => change((kept) => { kept[number] = entry; }),
    drop: (number) => change((kept) => { delete kept[number]; }),
  };
}

// What an element says without the readings above its words.
function plainText(element) {
  const copy = element.cloneNode(true);
  for (const reading of copy.querySelectorAll("rt, rp")) reading.remove();
  return copy.textContent.trim();
}

function startQuiz(form) {
  const backup = quizBackup(`quiz:${form.dataset.quiz}`);
  const word = (name) => form.querySelector(`template[data-word="${name}"]`).content.cloneNode(true);
  const state = form.querySelector("[data-quiz-state]");
  const token = form.elements.csrfmiddlewaretoken.value;
  const waiting = new Map();
  let sending = false;
  let stopped = false;
  let pause = 1000;
  let timer = 0;

  const questionOf = (number) => form.querySelector(`[data-question="${number}"]`);
  const wasOf = (number) => form.elements[`q${number}-was`];

  function say(text, label = "", url = "") {
    state.replaceChildren(text);
    if (!url) return;
    const link = document.createElement("a");
    link.href = url;
    link.append(label);
    state.append(" ", link);
  }

  function fieldsOf(question) {
    return [...new FormData(form)].filter(
      ([name]) => name === `q${question.dataset.question}` || name.startsWith(`q${question.dataset.question}-`),
    ).filter(([name]) => !name.endsWith("-was"));
  }

  function fill(question, fields) {
    for (const input of question.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      input.checked = fields.some(([name, value]) => name === input.name && value === input.value);
    }
    for (const input of question.querySelectorAll("select, input[type=text]")) {
      input.value = fields.find(([name]) => name === input.name)?.[1] ?? "";
    }
  }

  function isAnswered(question) {
    const selects = [...question.querySelectorAll("select")];
    if (selects.length) return selects.every((select) => select.value);
    return fieldsOf(question).some(([, value]) => value.trim());
  }

  function countAnswered() {
    const place = form.parentElement.querySelector("[data-quiz-progress]");
    if (!place) return;
    const count = [...form.querySelectorAll("[data-question]")].filter(isAnswered).length;
    place.querySelector("progress").value = count;
    place.querySelector(".progress__value").textContent = place.dataset.text.replace("#", count);
  }

  function showError(number, text) {
    const place = questionOf(number).querySelector("[data-question-error]");
    const line = document.createElement("p");
    line.className = "field__error";
    line.textContent = text;
    place.replaceChildren(...(text ? [line] : []));
  }

  function changed(question) {
    const number = question.dataset.question;
    const fields = fieldsOf(question);
    waiting.set(number, fields);
    backup.put(number, { fields, was: wasOf(number).value });
    question.querySelector("[data-question-feedback]")?.remove();
    countAnswered();
    send();
  }

  async function send() {
    if (sending || stopped || !waiting.size) return;
    sending = true;
    clearTimeout(timer);
    const [number, fields] = waiting.entries().next().value;
    say(word("saving"));
    let again = false;
    try {
      const response = await fetch(form.dataset.answersUrl.replace(/0\/$/, `${number}/`), {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { Accept: "application/json", "X-CSRFToken": token },
        credentials: "same-origin",
        keepalive: true,
      });
      again = !(await understand(response, number, fields));
    } catch {
      again = true;
    }
    sending = false;
    if (again) {
      say(word("waiting"));
      timer = setTimeout(send, pause);
      pause = Math.min(pause * 2, 30000);
    } else {
      send();
    }
  }

  // True when the server has dealt with the answer, for good or ill; false when it should be sent again.
  async function understand(response, number, fields) {
    const isJson = response.headers.get("Content-Type")?.includes("application/json");
    if (!isJson && response.status === 403) return stop({ message: word("waiting"), url: location.href });
    if (!isJson) return false;
    const reply = await response.json();
    if (!response.ok && response.status !== 422) return stop(reply, response.status);
    pause = 1000;
    if (waiting.get(number) === fields) {
      waiting.delete(number);
      backup.drop(number);
    }
    showError(number, reply.saved ? "" : reply.message);
    if (reply.saved) wasOf(number).value = reply.was;
    say(reply.saved ? word("saved") : "");
    return true;
  }

  function stop(reply, status = 0) {
    stopped = true;
    say(reply.message, word(status === 401 ? "sign-in" : "open"), reply.url ?? "");
    return true;
  }

  function restore() {
    for (const [number, entry] of Object.entries(backup.all())) {
      const question = questionOf(number);
      // Saved since, here or on another device: what the server has is newer.
      if (question && entry.was === wasOf(number).value) {
        fill(question, entry.fields);
        changed(question);
      } else if (question || !form.elements.place) {
        backup.drop(number);
      }
    }
  }

  let typing = 0;
  form.addEventListener("input", (event) => {
    if (event.target.type !== "text") return;
    clearTimeout(typing);
    typing = setTimeout(() => changed(event.target.closest("[data-question]")), 800);
  });
  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    clearTimeout(typing);
    if (question.dataset.kind === "ordering") givePlace(question, event.target);
    changed(question);
  });
  window.addEventListener("online", send);
  for (const list of form.querySelectorAll("[data-order]")) addMoves(list, word, changed);
  restore();
}

// The place that one thing takes is given up by the other that had it.
function givePlace(question, select) {
  const selects = [...question.querySelectorAll("select")];
  const places = new Set(selects.map((other) => other.value));
  const other = selects.find((one) => one !== select && one.value && one.value === select.value);
  if (!other) return;
  const free = selects.map((_, index) => String(index + 1)).find((place) => !places.has(place));
  other.value = free ?? "";
}

function addMoves(list, word, changed) {
  const rows = () => [...list.children];
  const place = (row) => Number(row.querySelector("select").value);
  const number = () => rows().forEach((row, index) => { row.querySelector("select").value = String(index + 1); });
  const byPlace = () => list.append(...rows().sort((one, other) => (place(one) || 99) - (place(other) || 99)));
  byPlace();
  function move(row, step) {
    byPlace();
    const neighbour = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (neighbour && step < 0) neighbour.before(row);
    if (neighbour && step > 0) neighbour.after(row);
    number();
    changed(list.closest("[data-question]"));
  }
  for (const row of rows()) {
    const label = plainText(row.querySelector("label"));
    const group = document.createElement("span");
    group.className = "quiz__moves";
    for (const [name, step] of [["up", -1], ["down", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      const shown = document.createElement("span");
      shown.append(word(name));
      button.append(shown);
      button.setAttribute("aria-label", `${plainText(shown)}：${label}`);
      button.addEventListener("click", () => { move(row, step); button.focus(); });
      group.append(button);
    }
    row.append(group);
  }
}

for (const form of document.querySelectorAll("form[data-quiz]")) startQuiz(form);

// Handed in: nothing of it stays on a device that others use, too.
for (const form of document.querySelectorAll("form[data-quiz-submit]")) {
  form.addEventListener("submit", () => localStorage.removeItem(`quiz:${form.dataset.quizSubmit}`));
}
