// Keeps the reader's place in a lesson (site.js knows it). Without this file the place is the step in the address.

const isLarge = document.documentElement.dataset.face === "large";

// The large face knows steps, the others places: the address to come back to is written accordingly.
document.addEventListener("submit", (event) => {
  const next = event.target.elements?.next;
  if (isLarge || !next || !event.target.matches("[data-keep-place]")) return;
  if (event.submitter?.value === "large") next.value = `${window.location.pathname}?step=${readingPlace()?.place ?? 1}`;
});

// Back from a change of face with an anchor: the large face shows that step.
const anchor = window.location.hash.match(/^#screen-(\d+)$/);
if (isLarge && anchor && parts.length === 1 && parts[0].dataset.place !== anchor[1]) {
  window.location.replace(`${window.location.pathname}?step=${anchor[1]}`);
}

// The place of an enrolled learner is kept on the server, so that another device goes on from here.
const form = document.querySelector("[data-place-form]");
let sent = "";

function keepPlace() {
  if (!form) return;
  const place = isLarge ? form.elements.place.value : (readingPlace()?.place ?? "1");
  if (place === sent) return;
  sent = place;
  const body = new FormData(form);
  body.set("place", place);
  const headers = { "X-Requested-With": "fetch" };
  fetch(form.action, { method: "POST", body, headers, keepalive: true, credentials: "same-origin" }).catch(() => {});
}

if (isLarge) keepPlace();
else document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepPlace());
