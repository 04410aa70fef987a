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

// Changing the face keeps the place: the address to come back to gets the part that is on the screen now.
function partOnScreen() {
  const parts = document.querySelectorAll("main [data-place][id]");
  let current = null;
  for (const part of parts) {
    if (part.getBoundingClientRect().top > window.innerHeight / 2) break;
    current = part;
  }
  return window.scrollY > 100 ? current : null;
}

for (const form of document.querySelectorAll("form[data-keep-place]")) {
  form.addEventListener("submit", () => {
    const part = partOnScreen();
    if (part) form.elements.next.value = form.elements.next.value.split("#")[0] + "#" + part.id;
  });
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
