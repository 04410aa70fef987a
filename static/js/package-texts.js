// The form over the texts of a package: search in it, show only what was changed, send only that, warn before it is lost.
// Without this script the whole form is shown and sent, and works.

const form = document.querySelector("[data-texts]");
document.querySelector("[data-texts-first]")?.focus();

function start() {
  const rows = [...form.querySelectorAll("[data-texts-row]")].map((row) => {
    const field = row.querySelector("textarea");
    return {
      row,
      field,
      group: row.closest("[data-texts-group]"),
      label: row.querySelector("label").textContent,
      original: row.querySelector("[data-texts-original]")?.textContent,
      before: field.dataset.before ?? field.defaultValue,
    };
  });
  const search = form.querySelector("#texts-search");
  const boxes = [...form.querySelectorAll("[data-texts-only]")];
  const count = form.querySelector("[data-texts-count]");
  let isSent = false;

  const isChanged = (one) => one.field.value !== one.before;
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  function isWanted(one, words, only) {
    if (only.has("changed") && !isChanged(one)) return false;
    if (only.has("same") && one.field.value !== one.original) return false;
    return !words || plain(`${one.label} ${one.field.value} ${one.original ?? ""}`).includes(words);
  }

  function say(shown) {
    const changed = rows.filter(isChanged).length;
    const words = [form.dataset.wordChanged.replace("{n}", changed)];
    if (shown < rows.length) words.unshift(form.dataset.wordFound.replace("{n}", shown));
    const text = words.join(" · ");
    if (count.textContent !== text) count.textContent = text;
  }

  function find() {
    const words = plain(search.value.trim());
    const only = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.textsOnly));
    const isFiltered = words !== "" || only.size > 0;
    let shown = 0;
    for (const one of rows) {
      one.row.hidden = isFiltered && !isWanted(one, words, only);
      if (!one.row.hidden) shown += 1;
    }
    for (const group of new Set(rows.map((one) => one.group))) {
      group.hidden = !group.querySelector("[data-texts-row]:not([hidden])");
    }
    const details = form.querySelector("details");
    if (details && isFiltered) details.open = Boolean(details.querySelector("[data-texts-row]:not([hidden])"));
    say(shown);
  }

  // What was not changed is not sent: a long form stays small. The fields are given back at once, for a second press.
  function sendOnlyChanges() {
    const still = rows.filter((one) => !isChanged(one) && !one.row.hasAttribute("data-wrong"));
    for (const one of still) one.field.disabled = true;
    setTimeout(() => still.forEach((one) => (one.field.disabled = false)), 0);
  }

  form.addEventListener("submit", (event) => {
    const isLook = event.submitter?.hasAttribute("data-texts-preview");
    isSent = !isLook;
    sendOnlyChanges();
    if (isLook) document.getElementById("texts-look").focus();
  });
  window.addEventListener("pageshow", () => (isSent = false));
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && rows.some(isChanged)) event.preventDefault();
  });
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // searching must not save
  });
  for (const box of boxes) box.addEventListener("change", find);
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") say(rows.filter((one) => !one.row.hidden).length);
  });
  form.querySelector("[data-texts-find]").hidden = false;
  find();
}

if (form) start();
