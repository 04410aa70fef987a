// Spot the scam message: mark what looks suspicious in a message, then decide: safe or suspicious.

(function (Fukumana) {
  "use strict";

  var element = Fukumana.text.element;
  var VERDICTS = ["safe", "suspicious"];

  function SpotScam(params, contentId, extras) {
    Fukumana.Activity.call(this, params, contentId, extras);
  }

  SpotScam.prototype = Object.create(Fukumana.Activity.prototype);
  SpotScam.prototype.kind = "fkm-spot-scam";

  SpotScam.prototype.items = function () {
    return this.itemsWith("messages", "parts");
  };

  SpotScam.prototype.heading = function (i) {
    return this.items()[i].title;
  };

  // An answer: {marks: [indexes of parts, ascending], verdict: "safe" | "suspicious" | null}
  SpotScam.prototype.empty = function () {
    return { marks: [], verdict: null };
  };

  SpotScam.prototype.clean = function (i, raw) {
    if (!raw || !Array.isArray(raw.marks)) return null;
    var count = this.items()[i].parts.length;
    var marks = raw.marks.filter(function (j) {
      return typeof j === "number" && j >= 0 && j < count;
    });
    return { marks: marks, verdict: VERDICTS.indexOf(raw.verdict) === -1 ? null : raw.verdict };
  };

  SpotScam.prototype.isAnswered = function (i) {
    return this.answers[i].verdict !== null || this.answers[i].marks.length > 0;
  };

  SpotScam.prototype.missing = function (i) {
    return this.answers[i].verdict === null ? "chooseVerdict" : "";
  };

  SpotScam.prototype.spots = function (i) {
    var found = [];
    this.items()[i].parts.forEach(function (part, j) {
      if (part.suspicious) found.push(j);
    });
    return found;
  };

  // One point for the decision and one for each suspicious spot; a wrong mark takes back one found spot.
  SpotScam.prototype.marks = function (i) {
    var answer = this.answers[i];
    var spots = this.spots(i);
    var found = answer.marks.filter(function (j) {
      return spots.indexOf(j) !== -1;
    }).length;
    var surplus = answer.marks.length - found;
    var decision = answer.verdict === this.items()[i].verdict ? 1 : 0;
    return { score: decision + Math.max(0, found - surplus), max: 1 + spots.length };
  };

  SpotScam.prototype.draw = function (i, box, locked) {
    var item = this.items()[i];
    if (item.situation) box.appendChild(element("p", { "class": "fkm-situation", text: item.situation }));
    if (!locked) box.appendChild(element("p", { "class": "fkm-hint", text: this.label("markHint") }));
    var message = element("div", { "class": "fkm-message fkm-message-" + item.channel, role: "group" });
    message.setAttribute("aria-label", Fukumana.text.plain(this.label("message")));
    message.appendChild(element("p", { "class": "fkm-channel", text: this.label(item.channel) }));
    var list = element("ul", { "class": "fkm-parts" });
    item.parts.forEach(function (part, j) {
      list.appendChild(element("li", {}, [locked ? this.readPart(i, j) : this.openPart(i, j)]));
    }, this);
    message.appendChild(list);
    box.appendChild(message);
    box.appendChild(locked ? this.decided(i) : this.decision(i));
  };

  SpotScam.prototype.partText = function (part) {
    var place = part.place === "body" ? null : element("span", { "class": "fkm-part-place", text: this.label(part.place) });
    return element("span", { "class": "fkm-part-text" }, [place, element("span", { text: part.text })]);
  };

  SpotScam.prototype.openPart = function (i, j) {
    var self = this;
    var button = element("button", { type: "button", "class": "fkm-part" }, [
      element("span", { "class": "fkm-box", "aria-hidden": "true" }),
      this.partText(this.items()[i].parts[j]),
      element("span", { "class": "fkm-flag", "aria-hidden": "true", text: this.label("marked") })
    ]);
    function paint() {
      button.setAttribute("aria-pressed", String(self.answers[i].marks.indexOf(j) !== -1));
    }
    button.addEventListener("click", function () {
      self.toggle(i, j);
      paint();
    });
    paint();
    return button;
  };

  SpotScam.prototype.toggle = function (i, j) {
    var marks = this.answers[i].marks;
    var where = marks.indexOf(j);
    if (where === -1) marks.push(j);
    else marks.splice(where, 1);
    marks.sort(function (a, b) {
      return a - b;
    });
    this.changed();
    this.trigger("resize");
  };

  // After checking: the same line, with what it was in words.
  SpotScam.prototype.readPart = function (i, j) {
    var part = this.items()[i].parts[j];
    var isMarked = this.answers[i].marks.indexOf(j) !== -1;
    var row = element("div", { "class": "fkm-part fkm-part-read" }, [this.partText(part)]);
    var told = part.suspicious ? (isMarked ? "found" : "overlooked") : isMarked ? "notSuspicious" : "";
    if (told) {
      row.classList.add("fkm-part-" + told);
      row.appendChild(element("span", { "class": "fkm-told", text: this.label(told) }));
    }
    if (told && part.why) row.appendChild(element("span", { "class": "fkm-why", text: part.why }));
    return row;
  };

  SpotScam.prototype.decision = function (i) {
    var self = this;
    var name = Fukumana.text.newId();
    var row = element("div", { "class": "fkm-choices" });
    VERDICTS.forEach(function (verdict) {
      var input = element("input", { type: "radio", name: name, value: verdict });
      input.checked = self.answers[i].verdict === verdict;
      input.addEventListener("change", function () {
        self.answers[i].verdict = verdict;
        self.changed();
      });
      row.appendChild(element("label", { "class": "fkm-choice" }, [input, element("span", { text: self.label(verdict) })]));
    });
    return element("fieldset", { "class": "fkm-group" }, [element("legend", { text: this.label("question") }), row]);
  };

  SpotScam.prototype.decided = function (i) {
    var own = this.answers[i].verdict;
    var lines = element("dl", { "class": "fkm-decided" });
    if (own) {
      lines.appendChild(element("dt", { text: this.label("yourAnswer") }));
      lines.appendChild(element("dd", { text: this.label(own) }));
    }
    if (own !== this.items()[i].verdict) {
      lines.appendChild(element("dt", { text: this.label("rightAnswer") }));
      lines.appendChild(element("dd", { text: this.label(this.items()[i].verdict) }));
    }
    return lines;
  };

  SpotScam.prototype.explain = function (i, box) {
    box.appendChild(element("p", { "class": "fkm-explanation", text: this.items()[i].explanation }));
  };

  // Ids: m0-safe, m0-suspicious, m0-p0 … in the order of content.json.
  SpotScam.prototype.interaction = function () {
    var told = { interactionType: "choice", choices: [], response: [], correct: [] };
    this.each(function (i, item) {
      var name = "m" + i + "-";
      var answer = this.answers[i];
      VERDICTS.forEach(function (verdict) {
        told.choices.push({ id: name + verdict, text: item.title + ": " + this.label(verdict) });
      }, this);
      item.parts.forEach(function (part, j) {
        told.choices.push({ id: name + "p" + j, text: item.title + ": " + part.text });
      });
      told.correct.push(name + item.verdict);
      this.spots(i).forEach(function (j) {
        told.correct.push(name + "p" + j);
      });
      if (answer.verdict) told.response.push(name + answer.verdict);
      answer.marks.forEach(function (j) {
        told.response.push(name + "p" + j);
      });
    });
    return told;
  };

  Fukumana.SpotScam = SpotScam;
})(window.Fukumana);
