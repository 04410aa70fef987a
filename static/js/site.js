// Small comforts for every page. Each page works without this file; nothing here keeps anything about a person.

// A second press of the same button does nothing while the first is on its way; after a while it may be tried again.
const PATIENCE = 8000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target || form.hasAttribute("data-stays")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  const again = () => {
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-busy");
  };
  // Another script may still take the sending over.
  setTimeout(() => event.defaultPrevented && again(), 0);
  setTimeout(again, PATIENCE);
});

// Coming back with the browser's back button: everything may be pressed again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

// The reading place: the part ([data-place]) that holds the line where eyes rest, a third below the top of the screen, and
// how much of that part is above the line. A face may make a part three times as long: the share of it stays.
const EYE = 1 / 3;
const NEAR_TOP = 100;
const STAY = 1500;
const parts = [...document.querySelectorAll("main [data-place][id]")];
const beginOf = (index) => parts[index].getBoundingClientRect().top;
const lengthOf = (index) => (index + 1 < parts.length ? beginOf(index + 1) : parts[index].getBoundingClientRect().bottom) - beginOf(index);
let arrived = null;
let lastRead = null;
let staying = 0;
let hasMoved = false;

function placeUnderTheEye() {
  const line = window.innerHeight * EYE;
  const index = parts.findLastIndex((_, i) => beginOf(i) <= line);
  if (index < 0) return null;
  const share = Math.min(1, (line - beginOf(index)) / Math.max(1, lengthOf(index)));
  return { id: parts[index].id, place: parts[index].dataset.place, share };
}

// Who was led to a part and has not moved reads that part, however short it is. Who went up to change the face was reading
// further down: what counts is where they last stayed for a while. Nothing (null) means the top of the page.
function readingPlace() {
  if (arrived && Math.abs(window.scrollY - arrived.at) < 24) return arrived.place;
  return window.scrollY < NEAR_TOP ? lastRead : placeUnderTheEye();
}

// One part on the screen (the large face): it is the place, wherever the page is scrolled to.
function theOnlyPart() {
  return parts.length === 1 ? { id: parts[0].id, place: parts[0].dataset.place, share: 0 } : null;
}

function noteStay() {
  clearTimeout(staying);
  staying = setTimeout(() => (lastRead = readingPlace()), window.scrollY < NEAR_TOP ? STAY * 4 : STAY);
}

function takeKept() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("reading-place"));
    sessionStorage.removeItem("reading-place");
    return kept?.path === location.pathname && location.hash === `#${kept.id}` ? kept : null;
  } catch {
    return null;
  }
}

function arrive() {
  const kept = takeKept();
  if (hasMoved) return;
  const index = parts.findIndex((part) => location.hash === `#${part.id}`);
  if (index < 0) return;
  if (kept?.share > 0 && parts.length > 1) {
    const top = window.scrollY + beginOf(index) + kept.share * lengthOf(index) - window.innerHeight * EYE;
    window.scrollTo({ top, behavior: "instant" });
  }
  const place = { id: parts[index].id, place: parts[index].dataset.place, share: kept?.share ?? 0 };
  arrived = { at: window.scrollY, place };
  lastRead = place;
}

// Changing the face keeps the place: the address to come back to gets the part, this tab keeps the share of it.
document.addEventListener("submit", (event) => {
  const next = event.target.elements?.next;
  const here = event.target.matches("[data-keep-place]") && next && (theOnlyPart() ?? readingPlace());
  if (!here) return;
  const part = document.getElementById(here.id);
  next.value = next.value.split("#")[0] + "#" + here.id;
  if (part.dataset.question) next.value = `${location.pathname}?q=${here.place}#${here.id}`;
  try {
    sessionStorage.setItem("reading-place", JSON.stringify({ path: location.pathname, ...here }));
  } catch {
    // Without storage the part is found again, not the line.
  }
});

if (parts.length) {
  window.addEventListener("scroll", noteStay, { passive: true });
  for (const kind of ["wheel", "touchmove", "keydown"]) window.addEventListener(kind, () => (hasMoved = true), { once: true, passive: true });
  window.addEventListener("load", () => requestAnimationFrame(arrive));
}

// After a refused form the keyboard and the screen reader start at the list of what to look at again.
document.querySelector("[data-error-summary]")?.focus();

// Escape closes the menu and gives the focus back to its button.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".menu-toggle[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A table that is wider than its place can be scrolled with the arrow keys.
for (const place of document.querySelectorAll(".table-scroll:not([tabindex])")) {
  if (place.scrollWidth <= place.clientWidth) continue;
  place.tabIndex = 0;
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", place.querySelector("caption")?.textContent.trim() || document.title);
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
