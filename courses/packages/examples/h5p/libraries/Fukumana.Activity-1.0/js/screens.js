// What an activity shows: one item, the result, the review. Every change is drawn anew and focus is led to it.

(function (Activity) {
  "use strict";

  var text = Fukumana.text;
  var element = text.element;

  Activity.prototype.button = function (name, work, isMain) {
    var look = "fkm-button" + (isMain ? " fkm-button-main" : "");
    return element("button", { type: "button", "class": look, text: this.label(name), click: work.bind(this) });
  };

  // focus: "heading", "feedback", or false when the page must not move (first drawing, a host's call).
  Activity.prototype.show = function (focus) {
    if (!this.root) return;
    this.root.textContent = "";
    this.root.classList.toggle("fkm-plain", !this.readings);
    this.root.appendChild(this.bar());
    this["show_" + this.screen]();
    this.live = element("p", { "class": "fkm-live", "aria-live": "polite" });
    this.root.appendChild(this.live);
    this.trigger("resize");
    var target = focus && this.root.querySelector(focus === "feedback" ? ".fkm-verdict" : ".fkm-heading");
    if (target) target.focus();
  };

  Activity.prototype.bar = function () {
    var bar = element("div", { "class": "fkm-bar" });
    if (this.screen === "item" && this.total > 1) {
      bar.appendChild(element("p", { "class": "fkm-place", text: this.label("place", { at: this.at + 1, total: this.total }) }));
    }
    if (text.hasReadings(this.params)) bar.appendChild(this.readingsSwitch());
    return bar;
  };

  Activity.prototype.readingsSwitch = function () {
    var self = this;
    var button = element("button", { type: "button", "class": "fkm-button fkm-switch", "aria-pressed": String(this.readings) });
    var mark = element("span", { "class": "fkm-switch-mark", "aria-hidden": "true" });
    var name = element("span", { text: this.label("readings") });
    button.appendChild(mark);
    button.appendChild(name);
    button.addEventListener("click", function () {
      self.readings = !self.readings;
      self.touched = true;
      button.setAttribute("aria-pressed", String(self.readings));
      self.root.classList.toggle("fkm-plain", !self.readings);
      self.trigger("resize");
    });
    return button;
  };

  Activity.prototype.headed = function (title, level) {
    var id = text.newId();
    var section = element("section", { "class": "fkm-item", "aria-labelledby": id });
    section.appendChild(element(level || "h2", { id: id, "class": "fkm-heading", tabindex: "-1", text: title }));
    return section;
  };

  Activity.prototype.show_item = function () {
    var i = this.at;
    if (!this.total) return;
    if (i === 0) this.root.appendChild(element("p", { "class": "fkm-task", text: this.params.taskDescription }));
    var section = this.headed(this.heading(i));
    this.draw(i, section, this.checked[i]);
    if (this.checked[i]) this.feedback(i, section, "h3");
    this.warning = element("p", { "class": "fkm-warning", role: "alert" });
    section.appendChild(this.warning);
    section.appendChild(this.itemActions());
    this.root.appendChild(section);
  };

  Activity.prototype.itemActions = function () {
    var i = this.at;
    var row = element("div", { "class": "fkm-actions" });
    if (!this.checked[i]) row.appendChild(this.button("check", this.check, true));
    else if (i + 1 < this.total) row.appendChild(this.button("next", this.go.bind(this, i + 1), true));
    else if (this.isFinished()) row.appendChild(this.button("showResult", this.finish, true));
    else row.appendChild(this.button("toOpenItem", this.go.bind(this, this.checked.indexOf(false)), true));
    if (i > 0) row.appendChild(this.button("previous", this.go.bind(this, i - 1)));
    return row;
  };

  // What is still missing, said beside the button and by the screen reader.
  Activity.prototype.warn = function (message) {
    if (!this.warning) return;
    text.write(this.warning, message);
    this.trigger("resize");
    var first = message && this.root.querySelector("fieldset input");
    if (first) first.focus();
  };

  Activity.prototype.say = function (message) {
    if (this.live) this.live.textContent = text.plain(message);
  };

  Activity.prototype.verdictOf = function (i) {
    var marks = this.marks(i);
    return marks.score === marks.max ? "right" : marks.score > 0 ? "partly" : "wrong";
  };

  var SIGNS = { right: "○", partly: "△", wrong: "！" };

  Activity.prototype.verdict = function (i, tag, attributes) {
    var name = this.verdictOf(i);
    var line = element(tag, attributes, [element("span", { "class": "fkm-sign", "aria-hidden": "true", text: SIGNS[name] })]);
    line.appendChild(element("span", { text: this.label(name) }));
    return line;
  };

  Activity.prototype.feedback = function (i, section, level) {
    var box = element("div", { "class": "fkm-feedback fkm-feedback-" + this.verdictOf(i) });
    box.appendChild(this.verdict(i, level, { "class": "fkm-verdict", tabindex: "-1" }));
    this.explain(i, box);
    section.appendChild(box);
  };

  Activity.prototype.show_result = function () {
    var section = this.headed(this.label("resultTitle"));
    if (this.behaviour.showScore) {
      var points = { score: this.getScore(), max: this.getMaxScore() };
      section.appendChild(element("p", { "class": "fkm-score", text: this.label("score", points) }));
    }
    var list = element("ol", { "class": "fkm-results" });
    this.each(function (i) {
      var row = element("li", {}, [element("span", { "class": "fkm-result-name", text: this.heading(i) })]);
      row.appendChild(this.verdict(i, "span", { "class": "fkm-result-verdict" }));
      list.appendChild(row);
    });
    section.appendChild(list);
    section.appendChild(element("p", { "class": "fkm-closing", text: this.params.closing }));
    section.appendChild(this.resultActions());
    this.root.appendChild(section);
  };

  Activity.prototype.resultActions = function () {
    var row = element("div", { "class": "fkm-actions" });
    if (this.behaviour.enableSolutionsButton) row.appendChild(this.button("showSolutions", this.review));
    if (this.behaviour.enableRetry) row.appendChild(this.button("retry", this.retry));
    return row;
  };

  Activity.prototype.review = function () {
    this.screen = "review";
    this.show("heading");
  };

  Activity.prototype.show_review = function () {
    var section = this.headed(this.label("reviewTitle"));
    this.each(function (i) {
      var item = this.headed(this.heading(i), "h3");
      this.draw(i, item, true);
      if (this.checked[i]) this.feedback(i, item, "h4");
      else this.explain(i, item);
      section.appendChild(item);
    });
    if (this.isFinished()) {
      section.appendChild(element("div", { "class": "fkm-actions" }, [this.button("backToResult", this.finish, true)]));
    }
    this.root.appendChild(section);
  };
})(window.Fukumana.Activity);
