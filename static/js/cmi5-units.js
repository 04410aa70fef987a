// Opens a part of a cmi5 course: the page itself goes there, because the part is on another host.

const list = document.querySelector("[data-units]");
const state = document.querySelector("[data-units-state]");

async function open(form) {
  const body = new FormData(form);
  const headers = { "X-Requested-With": "fetch" };
  const answer = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  location.assign((await answer.json()).play_url);
}

list?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.target.querySelector("button");
  button.disabled = true;
  state.textContent = list.dataset.wordLoading;
  try {
    await open(event.target);
  } catch {
    state.textContent = list.dataset.wordNoStart;
    button.disabled = false;
  }
});

// Back from a part by the browser's own button: the kept page is as it was left, so that it is asked for anew.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
