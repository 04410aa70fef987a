// True or false, with the reason: deciding is one half, knowing why is the other.

(function (Fukumana) {
  "use strict";

  var element = Fukumana.text.element;
  var VERDICTS = ["true", "false"];

  function ReasonedTrueFalse(params, contentId, extras) {
    Fukumana.Activity.call(this, params, contentId, extras);
  }

  ReasonedTrueFalse.prototype = Object.create(Fukumana.Activity.prototype);
  ReasonedTrueFalse.prototype.kind = "fkm-reasoned";

  ReasonedTrueFalse.prototype.items = function () {
    return this.itemsWith("questions", "reasons");
  };

  ReasonedTrueFalse.prototype.heading = function (i) {
    return this.items()[i].statement;
  };

  // An answer: {verdict: "true" | "false" | null, reason: index | null}
  ReasonedTrueFalse.prototype.empty = function () {
    return { verdict: null, reason: null };
  };

  ReasonedTrueFalse.prototype.clean = function (i, raw) {
    if (!raw || typeof raw !== "object") return null;
    var hasReason = typeof raw.reason === "number" && this.items()[i].reasons[raw.reason] !== undefined;
    return {
      verdict: VERDICTS.indexOf(raw.verdict) === -1 ? null : raw.verdict,
      reason: hasReason ? raw.reason : null
    };
  };

  ReasonedTrueFalse.prototype.isAnswered = function (i) {
    return this.answers[i].verdict !== null || this.answers[i].reason !== null;
  };

  ReasonedTrueFalse.prototype.missing = function (i) {
    if (this.answers[i].verdict === null) return "chooseVerdict";
    return this.answers[i].reason === null ? "chooseReason" : "";
  };

  // -1 where the author marked none: then the decision alone counts, whatever the reason.
  ReasonedTrueFalse.prototype.rightReason = function (i) {
    return this.items()[i].reasons.findIndex(function (reason) {
      return reason.correct;
    });
  };

  ReasonedTrueFalse.prototype.isRightReason = function (i, reason) {
    var right = this.rightReason(i);
    return right === -1 ? reason !== null : reason === right;
  };

  // One point for the decision, and one more when the reason is right as well.
  ReasonedTrueFalse.prototype.marks = function (i) {
    var answer = this.answers[i];
    var isRight = answer.verdict === this.items()[i].answer;
    var knowsWhy = isRight && this.isRightReason(i, answer.reason);
    return { score: (isRight ? 1 : 0) + (knowsWhy ? 1 : 0), max: 2 };
  };

  ReasonedTrueFalse.prototype.draw = function (i, box, locked) {
    if (locked) {
      box.appendChild(this.decided(i));
      return;
    }
    var verdicts = VERDICTS.map(function (verdict) {
      return { value: verdict, sign: verdict === "true" ? "○" : "×", text: this.label(verdict) };
    }, this);
    var reasons = this.items()[i].reasons.map(function (reason, j) {
      return { value: j, text: reason.text };
    });
    box.appendChild(this.group(i, "verdict", this.label("question"), verdicts));
    box.appendChild(this.group(i, "reason", this.label("reasonQuestion"), reasons));
  };

  ReasonedTrueFalse.prototype.group = function (i, key, legend, choices) {
    var self = this;
    var name = Fukumana.text.newId();
    var row = element("div", { "class": "fkm-choices fkm-choices-" + key });
    choices.forEach(function (choice) {
      var input = element("input", { type: "radio", name: name });
      input.checked = self.answers[i][key] === choice.value;
      input.addEventListener("change", function () {
        self.answers[i][key] = choice.value;
        self.changed();
      });
      var sign = choice.sign && element("span", { "class": "fkm-big-sign", "aria-hidden": "true", text: choice.sign });
      row.appendChild(element("label", { "class": "fkm-choice" }, [input, sign, element("span", { text: choice.text })]));
    });
    return element("fieldset", { "class": "fkm-group" }, [element("legend", { text: legend }), row]);
  };

  ReasonedTrueFalse.prototype.decided = function (i) {
    var answer = this.answers[i];
    var item = this.items()[i];
    var lines = element("dl", { "class": "fkm-decided" });
    function line(term, verdict, reason) {
      lines.appendChild(element("dt", { text: term }));
      lines.appendChild(element("dd", { text: verdict }));
      if (reason) lines.appendChild(element("dd", { "class": "fkm-decided-reason", text: reason.text }));
    }
    if (answer.verdict !== null && answer.reason !== null) {
      line(this.label("yourAnswer"), this.named(answer.verdict), item.reasons[answer.reason]);
    }
    if (this.marks(i).score < 2) {
      line(this.label("rightAnswer"), this.named(item.answer), item.reasons[this.rightReason(i)]);
    }
    return lines;
  };

  ReasonedTrueFalse.prototype.named = function (verdict) {
    return (verdict === "true" ? "○ " : "× ") + this.label(verdict);
  };

  ReasonedTrueFalse.prototype.explain = function (i, box) {
    box.appendChild(element("p", { "class": "fkm-explanation", text: this.items()[i].explanation }));
  };

  // The warning leads to the group that is still open.
  ReasonedTrueFalse.prototype.warn = function (message) {
    Fukumana.Activity.prototype.warn.call(this, message);
    var isReason = message && message === this.label("chooseReason");
    var first = isReason && this.root.querySelector(".fkm-choices-reason input");
    if (first) first.focus();
  };

  // Ids: q0-true, q0-false, q0-r0 … in the order of content.json.
  ReasonedTrueFalse.prototype.interaction = function () {
    var told = { interactionType: "choice", choices: [], response: [], correct: [] };
    this.each(function (i, item) {
      var name = "q" + i + "-";
      var answer = this.answers[i];
      VERDICTS.forEach(function (verdict) {
        told.choices.push({ id: name + verdict, text: item.statement + " " + this.named(verdict) });
      }, this);
      item.reasons.forEach(function (reason, j) {
        told.choices.push({ id: name + "r" + j, text: item.statement + " " + reason.text });
      });
      told.correct.push(name + item.answer);
      if (this.rightReason(i) !== -1) told.correct.push(name + "r" + this.rightReason(i));
      if (answer.verdict !== null) told.response.push(name + answer.verdict);
      if (answer.reason !== null) told.response.push(name + "r" + answer.reason);
    });
    return told;
  };

  Fukumana.ReasonedTrueFalse = ReasonedTrueFalse;
})(window.Fukumana);
