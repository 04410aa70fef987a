// Remembers in this browser what was ticked, apart for each learner, because a device may be shared. Without a learner the
// ticks go when the window closes. Nobody's ticks are sent anywhere.

const registration = document.querySelector("[data-registration]")?.dataset.registration;

function store() {
  try {
    return registration ? window.localStorage : window.sessionStorage;
  } catch {
    return null;
  }
}

const kept = store();

for (const list of document.querySelectorAll("[data-checklist]")) {
  if (!kept) break;
  const key = ["checklist", registration, list.dataset.checklist].join(":");
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const ticked = new Set((kept.getItem(key) ?? window.sessionStorage.getItem(["checklist", "", list.dataset.checklist].join(":")) ?? "").split(","));
  for (const [i, box] of boxes.entries()) box.checked = ticked.has(String(i));
  list.addEventListener("change", () => {
    kept.setItem(key, boxes.flatMap((box, i) => (box.checked ? [i] : [])).join(","));
  });
}
