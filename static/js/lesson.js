// Keeps the reader's place in a lesson. Without this file the place is the step in the address.

const places = [...document.querySelectorAll("[data-place]")];
const isLarge = document.documentElement.dataset.face === "large";

function placeOnScreen() {
  let current = places[0];
  for (const place of places) {
    if (place.getBoundingClientRect().top > window.innerHeight * 0.4) break;
    current = place;
  }
  return current?.dataset.place ?? "1";
}

// Who scrolls up to change the face was reading further down: what counts is where they last stayed for a while.
const STAY = 1500;
let lastRead = null;
let staying = 0;

function noteStay() {
  clearTimeout(staying);
  const isAtTop = window.scrollY < 100;
  staying = setTimeout(() => (lastRead = placeOnScreen()), isAtTop ? STAY * 4 : STAY);
}

if (!isLarge) {
  window.addEventListener("scroll", noteStay, { passive: true });
  noteStay();
}

function placeToKeep() {
  return window.scrollY < 100 && lastRead ? lastRead : placeOnScreen();
}

// The large face knows steps, the others places: the address to come back to is written accordingly.
document.addEventListener("submit", (event) => {
  const next = event.target.elements?.next;
  if (isLarge || !next || !event.target.matches("[data-keep-place]")) return;
  const address = next.value.split("#")[0].split("?")[0];
  const place = placeToKeep();
  next.value = event.submitter?.value === "large" ? `${address}?step=${place}` : `${address}#screen-${place}`;
});

// Back from a change of face with an anchor: the large face shows that step.
const anchor = window.location.hash.match(/^#screen-(\d+)$/);
if (isLarge && anchor && places.length === 1 && places[0].dataset.place !== anchor[1]) {
  window.location.replace(`${window.location.pathname}?step=${anchor[1]}`);
}

// The place of an enrolled learner is kept on the server, so that another device goes on from here.
const form = document.querySelector("[data-place-form]");
let sent = "";

function keepPlace() {
  if (!form) return;
  const place = isLarge ? form.elements.place.value : placeOnScreen();
  if (place === sent) return;
  sent = place;
  const body = new FormData(form);
  body.set("place", place);
  const headers = { "X-Requested-With": "fetch" };
  fetch(form.action, { method: "POST", body, headers, keepalive: true, credentials: "same-origin" }).catch(() => {});
}

if (isLarge) keepPlace();
else document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepPlace());
