// In the frame of a package, after the H5P core and before the libraries: hands statements, state and height to the page
// around it. The frame itself reaches no server but that of its own files.

const tell = (kind, detail = {}) => window.parent.postMessage({ fukumana: kind, ...detail }, "*");
const SETTLE = 500; // ms after a statement until the state is taken down
const ENDS = /\/(answered|completed|passed|failed)$/;
let isReady = false;

// --- state: the core would send it by a request of its own, which has no cookie here ---

const lastState = new Map();

H5P.setUserData = (contentId, dataType, data, extras = {}) => {
  let text;
  try {
    text = JSON.stringify(data);
  } catch (error) {
    extras.errorCallback?.(error);
    return;
  }
  const sub = String(extras.subContentId ?? 0);
  const key = `${sub} ${dataType}`;
  if (lastState.get(key) === text) return;
  lastState.set(key, text);
  tell("state", { sub, dataType, data: text, invalidate: Boolean(extras.deleteOnChange) });
};

H5P.deleteUserData = (contentId, dataType, subContentId = 0) => {
  lastState.delete(`${subContentId} ${dataType}`);
  tell("state", { sub: String(subContentId), dataType, data: null, invalidate: false });
};

function takeDownState() {
  for (const instance of H5P.instances) {
    const state = typeof instance.getCurrentState === "function" ? instance.getCurrentState() : undefined;
    if (state !== undefined) H5P.setUserData(instance.contentId, "state", state, { deleteOnChange: true });
  }
}

// --- statements ---

function treeOf(statement) {
  const instance = H5P.instances[0];
  if (!ENDS.test(statement.verb?.id ?? "") || typeof instance?.getXAPIData !== "function") return undefined;
  try {
    return instance.getXAPIData();
  } catch {
    return undefined;
  }
}

let settling = 0;

H5P.externalDispatcher.on("xAPI", (event) => {
  const statement = event.data.statement;
  tell("xapi", JSON.parse(JSON.stringify({ statement, tree: treeOf(statement) })));
  clearTimeout(settling);
  settling = setTimeout(takeDownState, SETTLE);
});

// --- height: followed by the page around; a type that fills its frame is asked again only when the width changes ---

let width = 0;

// The core gives the page itself a height of 100 %: what counts is the content.
const content = () => document.querySelector(".h5p-content");

function measure() {
  tell("height", { height: Math.ceil(content().getBoundingClientRect().height) + 1 });
}

window.addEventListener("resize", () => {
  if (window.innerWidth === width) return;
  width = window.innerWidth;
  for (const instance of H5P.instances) H5P.trigger(instance, "resize");
});

// --- life ---

H5P.externalDispatcher.on("initialized", () => {
  isReady = true;
  width = window.innerWidth;
  new ResizeObserver(measure).observe(content());
  tell("ready");
  measure();
});

window.addEventListener("error", (event) => {
  if (!isReady) tell("failed", { message: String(event.message ?? event.type) });
}, true);

window.addEventListener("message", (event) => {
  if (event.source === window.parent && event.data?.fukumana === "flush") takeDownState();
});

document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && takeDownState());
