// Around each package of a page: opens it on request, hears what it says, and sees to it that everything arrives.
// Only messages of this package's own frame count; the address that takes events is never told to the frame.

const RETRY = [1000, 2000, 4000, 8000, 15000, 30000];
const LOAD_LIMIT = 15000;
const BATCH = 40;
const MAX_STATEMENT = 256 * 1024;
const GOODBYE = 4000;
const APART = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads";

const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

async function post(url, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf(), "X-Requested-With": "fetch" };
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body), headers, credentials: "same-origin" });
  const data = await answer.json().catch(() => ({}));
  return { status: answer.status, wait: Number(answer.headers.get("Retry-After")) * 1000 || 0, data };
}

// An answer that asks to be asked again: an overloaded server, or a package that sends too often.
class Later extends Error {
  constructor(wait) {
    super();
    this.wait = wait;
  }
}

class PackagePlayer {
  constructor(place) {
    this.place = place;
    this.words = place.dataset;
    this.state = place.querySelector("[data-package-state]");
    this.stage = place.querySelector("[data-package-stage]");
    this.button = place.querySelector("[data-package-open]");
    this.events = [];
    this.states = new Map();
    this.sequence = 0;
    this.failures = 0;
    this.viewed = false;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open());
    place.querySelector("[data-package-again]")?.addEventListener("click", () => this.open({ again: true }));
    place.querySelector("[data-package-window]")?.addEventListener("click", () => this.open({ apart: true }));
    place.querySelector("[data-package-fullscreen]")?.addEventListener("click", () => this.stage.requestFullscreen?.());
    window.addEventListener("message", (event) => this.hear(event));
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => this.onVisibility());
    window.addEventListener("pagehide", () => this.leave());
  }

  say(text, isProblem = false) {
    this.state.textContent = text;
    this.state.classList.toggle("package__state--problem", isProblem);
  }

  // apart: in a window of its own, which is opened at once, because browsers allow it only in answer to a click.
  async open({ again = false, apart = false } = {}) {
    if (this.isOpening) return;
    this.isOpening = true;
    this.button.disabled = true;
    const opened = apart ? window.open("", "_blank") : null;
    this.say(this.words.wordLoading);
    try {
      await this.goodbye();
      const { status, data } = await post(this.words.launch, { again });
      if (status !== 200) throw new Error(data.message || this.words.wordNoStart);
      if (opened) this.startApart(data, opened);
      else this.start(data);
    } catch (error) {
      opened?.close();
      this.button.disabled = false;
      this.say(error instanceof TypeError ? this.words.wordNoStart : error.message, true);
    }
    this.isOpening = false;
  }

  start(launch) {
    this.leave();
    // A cmi5 course takes the place of this page and leads back to it.
    if (launch.kind === "cmi5") { window.location.assign(launch.play_url); return; }
    this.launch = launch;
    this.events = [];
    this.states = new Map();
    this.sequence = 0;
    this.viewed = false;
    // H5P is alone in a frame without an origin; other kinds are on a host of their own, which their player stands on.
    const isAlone = (launch.kind ?? "h5p") === "h5p";
    this.origin = isAlone ? "null" : new URL(launch.play_url, location.href).origin;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", isAlone ? "allow-scripts" : APART);
    frame.setAttribute("allow", "fullscreen; autoplay");
    frame.title = this.words.title;
    frame.src = launch.play_url;
    this.frame = frame;
    this.stage.replaceChildren(frame);
    this.place.dataset.open = "";
    this.place.dataset.kind = launch.kind ?? "h5p";
    this.button.hidden = true;
    this.limit = setTimeout(() => this.noStart(), LOAD_LIMIT);
  }

  // The window keeps no way back to this page; it says itself what is saved.
  startApart(launch, opened) {
    this.stage.replaceChildren();
    this.frame = null;
    this.launch = null;
    delete this.place.dataset.open;
    opened.opener = null;
    opened.location.replace(launch.play_url);
    this.button.hidden = false;
    this.button.disabled = false;
    this.say(this.words.wordApart);
  }

  // Before the player of another host is closed it is asked to save, and waited for a little.
  goodbye() {
    if (!this.frame || this.origin === "null" || !this.frame.isConnected) return Promise.resolve();
    this.frame.contentWindow.postMessage({ fukumana: "leave" }, this.origin);
    return new Promise((resolve) => {
      this.onLeft = resolve;
      setTimeout(resolve, GOODBYE);
    });
  }

  noStart() {
    this.stage.replaceChildren();
    delete this.place.dataset.open;
    this.button.hidden = false;
    this.button.disabled = false;
    this.button.focus();
    this.say(this.words.wordNoStart, true);
  }

  hear(event) {
    if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== this.origin) return;
    const message = event.data ?? {};
    if (message.fukumana === "ready") this.ready();
    else if (message.fukumana === "failed") { clearTimeout(this.limit); this.noStart(); }
    else if (message.fukumana === "height") this.frame.style.height = `${Math.min(Math.max(Number(message.height) || 0, 120), 20000)}px`;
    else if (this.origin !== "null") this.hearPlayer(message);
    else if (message.fukumana === "xapi") this.queueEvent(message);
    else if (message.fukumana === "state") this.queueState(message);
  }

  // A player that saves by itself tells how that went.
  hearPlayer({ fukumana: kind, message = "" }) {
    if (kind === "left") this.onLeft?.();
    else if (kind === "saving") this.say(this.words.wordSaving);
    else if (["saved", "finished", "not-saved"].includes(kind)) this.say(String(message).slice(0, 500), kind === "not-saved");
  }

  ready() {
    clearTimeout(this.limit);
    this.say(this.launch.notice || "");
    // Some types say nothing when they end: that they were open for a while is told instead.
    if (this.launch.view_seconds) setTimeout(() => { this.viewed = true; this.later(0); }, this.launch.view_seconds * 1000);
    this.frame.focus();
  }

  queueEvent({ statement, tree }) {
    if (!this.launch.events_url) return;
    this.result = "";
    const event = { seq: ++this.sequence, statement, tree };
    if (JSON.stringify(event).length > MAX_STATEMENT) delete event.tree;
    this.events.push(event);
    this.later(300);
  }

  queueState({ sub, dataType, data, invalidate }) {
    if (!this.launch.events_url) return;
    this.states.set(`${sub} ${dataType}`, { sub, type: dataType, data, invalidate });
    this.later(2000);
  }

  later(pause) {
    if (this.failures) return;
    const due = Date.now() + pause;
    if (this.timer && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.send(), pause);
  }

  hasNews() {
    return this.events.length > 0 || this.states.size > 0 || this.viewed;
  }

  batch() {
    return { events: this.events.slice(0, BATCH), states: [...this.states.values()], viewed: this.viewed };
  }

  async send() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.isSending || !this.launch?.events_url || !this.hasNews()) return;
    this.isSending = true;
    const { launch } = this;
    const sent = this.batch();
    this.say(this.words.wordSaving);
    try {
      const { status, wait, data } = await post(launch.events_url, sent);
      if (launch !== this.launch) return;
      if (status === 200) this.kept(sent, data);
      else if (status >= 500 || status === 429) throw new Later(wait);
      else this.stop(data.message || this.words.wordReload);
    } catch (error) {
      this.failures += 1;
      this.say(this.words.wordNotSaved, true);
      this.timer = setTimeout(() => this.send(), error.wait || RETRY[Math.min(this.failures, RETRY.length) - 1]);
    } finally {
      this.isSending = false;
    }
  }

  kept(sent, data) {
    this.failures = 0;
    const last = sent.events.at(-1)?.seq ?? 0;
    this.events = this.events.filter((event) => event.seq > last);
    for (const state of sent.states) {
      const key = `${state.sub} ${state.type}`;
      if (this.states.get(key) === state) this.states.delete(key);
    }
    // The word about the result stays until the learner goes on: a state that is saved after it must not hide it.
    if (data.finished) this.result = data.message;
    this.say(this.result || data.message || this.words.wordSaved);
    if (sent.viewed) this.viewed = false;
    if (this.hasNews()) this.later(0);
  }

  // The server will not take more for this launch: nothing is lost that it had said it has.
  stop(text) {
    this.launch.events_url = "";
    this.say(text, true);
  }

  onVisibility() {
    if (document.visibilityState !== "hidden") return;
    this.frame?.contentWindow?.postMessage({ fukumana: "flush" }, "*");
    setTimeout(() => this.send(), 50);
  }

  leave() {
    if (!this.launch?.events_url || !this.hasNews()) return;
    navigator.sendBeacon(this.launch.beacon_url, JSON.stringify(this.batch()));
  }
}

for (const place of document.querySelectorAll("[data-package]")) new PackagePlayer(place);
