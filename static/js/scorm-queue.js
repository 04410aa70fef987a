// What a SCO commits goes to the server one after the other, again and again until it is there. A commit that was not yet
// sent gives way to a newer one of the same SCO: each holds everything.

const SCORM_RETRY = [1000, 2000, 4000, 8000, 15000, 30000];
const SCORM_BEACON = 60 * 1024;

class ScormQueue {
  // told(kind, message, answer): "saving", "saved", "finished", "not-saved", "refused" (this one alone), "stopped"
  constructor({ url, seq, told }) {
    this.url = url;
    this.seq = seq;
    this.told = told;
    this.waiting = [];
    this.failures = 0;
    this.isLeaving = false;
    this.isStopped = false;
    this.idle = [];
    window.addEventListener("online", () => this.send());
  }

  push(sco, cmi, end) {
    if (this.isStopped) return;
    const last = this.waiting.at(-1);
    if (last && last !== this.sending && last.sco === sco && !last.end) this.waiting.pop();
    this.seq += 1;
    this.waiting.push({ seq: this.seq, sco, end, cmi });
    if (this.isLeaving) this.beacon();
    else this.send();
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.sending || this.isStopped || !this.waiting.length) return;
    clearTimeout(this.timer);
    const commit = this.waiting[0];
    this.sending = commit;
    this.told("saving");
    try {
      const body = JSON.stringify(commit);
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(this.url, { method: "POST", body, headers, credentials: "omit", keepalive: body.length < SCORM_BEACON / 4 });
      const data = await answer.json().catch(() => ({}));
      this.answered(commit, answer, data);
    } catch {
      this.failed(0);
    } finally {
      this.sending = null;
    }
    if (!this.failures) this.send();
  }

  answered(commit, answer, data) {
    if (answer.status === 429 || answer.status >= 500) {
      this.failed(Number(answer.headers.get("Retry-After")) * 1000 || 0);
      return;
    }
    this.failures = 0;
    this.waiting = this.waiting.filter((one) => one !== commit);
    if (answer.ok) this.told(data.finished ? "finished" : "saved", data.message, data);
    else if (answer.status === 400 || answer.status === 413) this.told("refused", data.message);
    else this.stop(data.message);
    this.rest();
  }

  // The server takes no more of this launch.
  stop(message) {
    this.isStopped = true;
    this.waiting = [];
    this.told("stopped", message);
  }

  failed(pause) {
    this.failures += 1;
    this.told("not-saved");
    this.later(pause || SCORM_RETRY[Math.min(this.failures, SCORM_RETRY.length) - 1]);
  }

  rest() {
    if (this.waiting.length) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  // Resolves when everything has arrived, or nothing more is taken.
  settled() {
    if (!this.waiting.length || this.isStopped) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  // The page is going: a beacon outlives it. What is too long for one goes by a request that may not arrive; the server
  // then has the commit before it.
  beacon() {
    for (const commit of this.waiting) {
      const body = JSON.stringify(commit);
      if (!navigator.sendBeacon(this.url, body)) fetch(this.url, { method: "POST", body, credentials: "omit" }).catch(() => {});
    }
    this.waiting = this.waiting.filter((one) => one === this.sending);
  }

  leave() {
    this.isLeaving = true;
    this.beacon();
  }

  // Back from the browser's own store of pages.
  stay() {
    this.isLeaving = false;
  }
}
