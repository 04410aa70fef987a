// The learner's record in SCORM 1.2 or 2004, whichever the page around offers; without one the course still works.

window.learningRecord = (function () {
  "use strict";

  var NAMES = {
    "2004": {
      api: "API_1484_11",
      calls: { start: "Initialize", get: "GetValue", set: "SetValue", save: "Commit", end: "Terminate" },
      location: "cmi.location",
      mode: "cmi.mode",
      time: "cmi.session_time",
      exit: "cmi.exit",
      score: "cmi.score",
      response: "learner_response",
      moment: "timestamp",
      wrong: "incorrect",
      leave: "normal"
    },
    "1.2": {
      api: "API",
      calls: { start: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", save: "LMSCommit", end: "LMSFinish" },
      location: "cmi.core.lesson_location",
      mode: "cmi.core.lesson_mode",
      time: "cmi.core.session_time",
      exit: "cmi.core.exit",
      score: "cmi.core.score",
      response: "student_response",
      moment: "time",
      wrong: "wrong",
      leave: ""
    }
  };

  var names = null;
  var api = null;
  var begun = Date.now();
  var isOpen = false;

  // The API stands on a page around this one, or around the page that opened this window.
  function find(name) {
    return climb(window, name) || (window.opener && climb(window.opener, name)) || null;
  }

  function climb(from, name) {
    var page = from;
    for (var i = 0; i < 500; i++) {
      try {
        if (page[name]) return page[name];
        if (page.parent === page) return null;
      } catch (foreign) {
        return null;
      }
      page = page.parent;
    }
    return null;
  }

  function call(what) {
    return api[names.calls[what]].apply(api, Array.prototype.slice.call(arguments, 1));
  }

  function start() {
    ["2004", "1.2"].some(function (version) {
      api = find(NAMES[version].api);
      names = NAMES[version];
      return api;
    });
    isOpen = Boolean(api) && String(call("start", "")) === "true";
    return isOpen;
  }

  function get(element) {
    return isOpen ? String(call("get", element)) : "";
  }

  function set(element, value) {
    return isOpen && !isReview() && String(call("set", element, String(value))) === "true";
  }

  function isReview() {
    return isOpen && String(call("get", names.mode)) === "review";
  }

  function state() {
    try {
      return JSON.parse(get("cmi.suspend_data")) || {};
    } catch (notOurs) {
      return {};
    }
  }

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function clock(seconds) {
    var whole = Math.round(seconds);
    return two(Math.floor(whole / 3600)) + ":" + two(Math.floor(whole / 60) % 60) + ":" + two(whole % 60);
  }

  function span(seconds) {
    return names.api === "API" ? clock(seconds) : "PT" + Math.round(seconds) + "S";
  }

  function moment() {
    var now = new Date();
    if (names.api === "API") return [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":");
    // The standard allows a time zone only behind a fraction of a second.
    return now.toISOString().replace(/\.\d+Z$/, ".0Z");
  }

  // status: "incomplete", "completed", "passed" or "failed"
  function setStatus(status) {
    if (names === NAMES["1.2"]) {
      set("cmi.core.lesson_status", status);
      return;
    }
    set("cmi.completion_status", status === "incomplete" ? "incomplete" : "completed");
    if (status === "passed" || status === "failed") set("cmi.success_status", status);
  }

  function setScore(points, max) {
    set(names.score + ".min", 0);
    set(names.score + ".max", 100);
    set(names.score + ".raw", Math.round((points * 100) / max));
    if (names !== NAMES["1.2"]) set(names.score + ".scaled", Math.round((points * 100) / max) / 100);
  }

  // One answer: {id, response, correct, seconds, text}
  function addInteraction(answer) {
    var at = "cmi.interactions." + (parseInt(get("cmi.interactions._count"), 10) || 0) + ".";
    set(at + "id", answer.id);
    set(at + "type", "choice");
    set(at + names.moment, moment());
    set(at + "correct_responses.0.pattern", answer.correct);
    set(at + "weighting", 1);
    set(at + names.response, answer.response);
    set(at + "result", answer.response === answer.correct ? "correct" : names.wrong);
    set(at + "latency", span(answer.seconds));
    if (names !== NAMES["1.2"]) set(at + "description", answer.text.slice(0, 250));
  }

  // Says goodbye once. isDone: whether the next visit may begin anew.
  function end(isDone) {
    if (!isOpen) return;
    set(names.time, span((Date.now() - begun) / 1000));
    set(names.exit, isDone ? names.leave : "suspend");
    call("save", "");
    call("end", "");
    isOpen = false;
  }

  return {
    start: start,
    isReview: isReview,
    place: function () {
      return get(names.location);
    },
    setPlace: function (name) {
      set(names.location, name);
    },
    state: state,
    setState: function (value) {
      set("cmi.suspend_data", JSON.stringify(value));
    },
    setProgress: function (share) {
      if (names !== NAMES["1.2"]) set("cmi.progress_measure", Math.round(share * 100) / 100);
    },
    setStatus: setStatus,
    setScore: setScore,
    addInteraction: addInteraction,
    save: function () {
      if (isOpen) call("save", "");
    },
    end: end
  };
})();
