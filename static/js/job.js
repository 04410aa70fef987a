// The page of a long job looks again every few seconds until the job is over.
// Without this file the reader presses 「いまの状態を見る」.

const PAUSE = 3000;

async function look() {
  const place = document.querySelector("[data-job]");
  if (!place || place.dataset.job === "over") return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    if (answer.ok && !answer.redirected) replace(place, await answer.text());
  } catch {
    // The network is away: the job goes on without us, and the next look may succeed.
  }
  setTimeout(look, PAUSE);
}

// Only a changed state is spoken (role=status); the numbers may be read when somebody wants them.
function replace(place, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-job]");
  if (!fresh || fresh.innerHTML === place.innerHTML) return;
  const focused = place.contains(document.activeElement);
  place.replaceWith(fresh);
  if (focused) fresh.focus();
  const spoken = document.querySelector("[data-job-state]");
  const state = fresh.dataset.state;
  if (spoken && state && spoken.textContent !== state) spoken.textContent = state;
}

setTimeout(look, PAUSE);
