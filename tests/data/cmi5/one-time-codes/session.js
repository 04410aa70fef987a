// A cmi5 session: token, launch data, preferences, one's own state, and statements one after another.
const CMI5 = "https://w3id.org/xapi/cmi5/context";
const VERBS = "http://adlnet.gov/expapi/verbs";

class Session {
  static async begin() {
    const session = new Session();
    await session.open();
    return session;
  }

  async open() {
    const asked = new URLSearchParams(location.search);
    for (const name of ["endpoint", "fetch", "registration", "activityId"]) this[name] = asked.get(name);
    this.actor = JSON.parse(asked.get("actor"));
    const given = await (await fetch(this.fetch, { method: "POST" })).json();
    if (!given["auth-token"]) throw new Error(given["error-text"]);
    this.token = given["auth-token"];
    this.data = await (await this.state("LMS.LaunchData")).json();
    await this.ask("agents/profile", { profileId: "cmi5LearnerPreferences", agent: JSON.stringify(this.actor) });
    this.began = Date.now();
    await this.say("initialized");
  }

  ask(path, query, options = {}) {
    const headers = { Authorization: `Basic ${this.token}`, "X-Experience-API-Version": "1.0.3", ...options.headers };
    return fetch(`${this.endpoint}${path}?${new URLSearchParams(query)}`, { ...options, headers });
  }

  state(stateId, options) {
    const { activityId, registration } = this;
    return this.ask("activities/state", { stateId, activityId, registration, agent: JSON.stringify(this.actor) }, options);
  }

  save(name, value) {
    const headers = { "Content-Type": "application/json" };
    return this.state(name, { method: "PUT", body: JSON.stringify(value), headers });
  }

  // result: success or completion make it count for moveOn; the duration is added.
  async say(verb, result = {}) {
    const context = structuredClone(this.data.contextTemplate);
    context.registration = this.registration;
    const category = [{ id: `${CMI5}/categories/cmi5` }];
    if ("success" in result || "completion" in result) category.push({ id: `${CMI5}/categories/moveon` });
    context.contextActivities.category = category;
    if (result.score && "masteryScore" in this.data) {
      context.extensions[`${CMI5}/extensions/masteryscore`] = this.data.masteryScore;
    }
    const statement = {
      id: crypto.randomUUID?.() ?? Session.uuid(),
      actor: this.actor,
      verb: { id: `${VERBS}/${verb}`, display: { en: verb } },
      object: { objectType: "Activity", id: this.activityId },
      context,
      timestamp: new Date().toISOString(),
    };
    if (verb !== "initialized") {
      statement.result = { ...result, duration: `PT${((Date.now() - this.began) / 1000).toFixed(2)}S` };
    }
    const headers = { "Content-Type": "application/json" };
    const answer = await this.ask("statements", {}, { method: "POST", body: JSON.stringify(statement), headers });
    if (!answer.ok) throw new Error((await answer.json()).error);
  }

  // Pages without encryption have no randomUUID.
  static uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}
