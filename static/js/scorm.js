// The page around a SCO: gives it the API before it loads, sends what it commits, and leads from one SCO to the next.
// Words and data stand in the page as JSON; the page around this one, if there is any, is told what is saved.

const config = JSON.parse(document.getElementById("scorm-config").textContent);
const stage = document.querySelector("[data-scorm-stage]");
const state = document.querySelector("[data-scorm-state]");
const LOAD_LIMIT = 15000;
const LOWEST = 480;
const HIGHEST = 900;
const isFramed = window.parent !== window;
const isNew = config.version === "2004";
let frame = null;
let limit = 0;
let hasEnded = false;
let said = "";

document.body.classList.toggle("is-framed", isFramed);

function tell(kind, detail = {}) {
  if (isFramed) window.parent.postMessage({ fukumana: kind, ...detail }, config.site);
}

function say(text, isProblem = false, isInside = false) {
  state.textContent = text;
  state.classList.toggle("scorm__state--problem", isProblem);
  state.classList.toggle("scorm__state--inside", isInside);
}

// --- what is saved ---

function told(kind, message, answer) {
  if (kind === "saving") said ||= "";
  else if (kind === "saved") say(said || message || config.words.saved);
  else if (kind === "finished") say((said = message));
  else if (kind === "not-saved") say(config.words.not_saved, true);
  else say(message || config.words.reload, true);
  if (answer?.done) mark(answer);
  const isProblem = !["saving", "saved", "finished"].includes(kind);
  tell(isProblem ? "not-saved" : kind, { message: state.textContent, stopped: kind === "stopped" });
}

function mark({ done, waiting }) {
  for (const line of document.querySelectorAll("[data-scorm-line]")) {
    const name = line.dataset.scormLine;
    const sign = line.querySelector(":scope > [data-scorm-done]");
    if (sign) sign.hidden = !done.includes(name);
    const waits = line.querySelector(":scope > .scorm__waits");
    if (waits && !waiting.includes(name)) opened(line, waits);
  }
}

// What waited for this part is open now.
function opened(line, waits) {
  const text = line.querySelector(":scope > .scorm__line");
  const link = document.createElement("a");
  link.className = "scorm__line";
  link.href = addressOf(line.dataset.scormLine);
  link.dataset.scormGo = "";
  link.textContent = text.textContent;
  text.replaceWith(link);
  waits.remove();
}

function addressOf(name) {
  const address = new URL(location.href);
  address.searchParams.set("sco", name);
  return address.href;
}

const queue = new ScormQueue({ url: config.commit_url, seq: config.seq, told });

// --- the API that the SCO finds on a page around it ---

const service = {
  processHttpRequest(url, commit, immediate, log, listeners, metadata) {
    if (!config.review) queue.push(config.sco, commit.runtimeData?.cmi ?? commit.cmi ?? {}, Boolean(metadata?.isTerminateCommit));
    return { result: "true", errorCode: 0 };
  },
  updateSettings() {},
};
const settings = {
  lmsCommitUrl: config.commit_url,
  httpService: service,
  renderCommonCommitFields: true,
  autocommit: true,
  autocommitSeconds: config.autocommit,
  autoCompleteLessonStatus: true,
  mastery_override: true,
  logLevel: 5,
};
const api = isNew ? new Scorm2004API(settings) : new Scorm12API(settings);
api.loadFromJSON({ cmi: config.cmi }, "");
if (isNew) window.API_1484_11 = api;
else window.API = api;

const isRunning = () => api.isInitialized() && !hasEnded;
const commit = () => isRunning() && (isNew ? api.Commit("") : api.LMSCommit(""));

function ended() {
  hasEnded = true;
  if (!queue.isLeaving) setTimeout(() => hasEnded && frame && !said && say(config.words.over, false), 0);
}

api.on(isNew ? "Initialize" : "LMSInitialize", started);
api.on(isNew ? "Terminate" : "LMSFinish", ended);
// adl.nav.request of SCORM 2004: «continue» and «previous» go along the outline.
api.on("SequenceNext", () => setTimeout(() => document.querySelector("[rel=next]")?.click(), 0));
api.on("SequencePrevious", () => setTimeout(() => document.querySelector("[rel=prev]")?.click(), 0));

// --- the SCO ---

function start() {
  say(config.words.loading, false, true);
  frame = document.createElement("iframe");
  frame.title = config.title;
  frame.setAttribute("allow", "fullscreen; autoplay");
  frame.addEventListener("load", loaded);
  limit = setTimeout(failed, LOAD_LIMIT);
  frame.src = config.src;
  stage.replaceChildren(frame);
}

function started() {
  clearTimeout(limit);
}

// A SCO that never calls the API has loaded all the same; an error of the server has no page of the SCO in it.
async function loaded() {
  if (frame.contentDocument?.contentType === "text/plain" && /^(Not found|Error|Bad request|Not allowed)$/.test(frame.contentDocument.body?.textContent.trim())) {
    failed();
    return;
  }
  clearTimeout(limit);
  if (!said) say(config.review ? config.words.review : "", false, config.review);
  if (!config.tracks) queue.push(config.sco, {}, true);
  tell("ready");
  setTimeout(measure, 300);
  frame.focus();
}

function failed() {
  clearTimeout(limit);
  stage.textContent = "";
  say(config.words.no_start, true, true);
  tell("failed", { message: config.words.no_start });
}

// Courses of vendors fill what they are given; pages of text are shown whole, within reason.
function measure() {
  const inside = frame?.contentDocument?.body?.getBoundingClientRect().height ?? 0;
  const bar = document.querySelector(".scorm__bar").getBoundingClientRect().height;
  tell("height", { height: Math.ceil(bar + Math.min(Math.max(inside + 32, LOWEST), HIGHEST)) });
}

// --- leaving: the SCO goes first, so that it can say goodbye ---

function unload() {
  commit();
  frame?.remove();
  frame = null;
  if (isRunning()) {
    if (isNew) api.Terminate("");
    else api.LMSFinish("");
  }
}

async function go(address) {
  unload();
  stage.textContent = config.words.leaving;
  await queue.settled();
  if (!queue.isStopped) location.assign(address);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-scorm-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("[data-scorm-menu][open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

window.addEventListener("message", async (event) => {
  if (event.source !== window.parent || event.origin !== config.site || event.data?.fukumana !== "leave") return;
  unload();
  await queue.settled();
  tell("left");
});

document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && commit());

window.addEventListener("pagehide", () => {
  commit();
  queue.leave();
});

// Out of the browser's store of pages the SCO has already said goodbye: it is served anew, with where it stood.
window.addEventListener("pageshow", (event) => {
  queue.stay();
  if (event.persisted) location.reload();
});

start();
