// First in the frame of a package. The frame has no origin of its own, so that its storage throws: packages that look
// for it get one that lives as long as the page. What the player needs to know stands in the page as JSON.

for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].length;
  } catch {
    const kept = new Map();
    const storage = {
      get length() { return kept.size; },
      key: (i) => [...kept.keys()][i] ?? null,
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => { kept.set(String(key), String(value)); },
      removeItem: (key) => { kept.delete(String(key)); },
      clear: () => kept.clear(),
    };
    Object.defineProperty(window, name, { value: storage, configurable: true });
  }
}

window.H5PIntegration = JSON.parse(document.getElementById("h5p-integration").textContent);
