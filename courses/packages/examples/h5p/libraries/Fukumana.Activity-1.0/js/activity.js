// The life of an activity: answers, checking, saved state, and what H5P asks of a content type.
//
// A content type inherits from Fukumana.Activity and gives:
//   kind            class name of its outermost element
//   items()         the list in content.json
//   heading(i)      heading of an item (may hold furigana)
//   empty(i)        a fresh answer; clean(i, raw) the same from saved state, or null when it does not fit
//   isAnswered(i)   whether the learner touched it
//   missing(i)      name of the label that says what is still to be chosen, or ""
//   marks(i)        {score, max}
//   draw(i, box, locked)      the item, to be answered or only to be read
//   explain(i, box)           what is said after checking
//   interaction()   {interactionType, choices, response, correct} for xAPI; ids keep the order of content.json

window.Fukumana = window.Fukumana || {};

(function (Fukumana, H5P) {
  "use strict";

  var STATE_VERSION = 1;

  function Activity(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    var defaults = { showScore: true, enableRetry: true, enableSolutionsButton: true, showReadings: true, passPercentage: 60 };
    this.params = params || {};
    this.contentId = contentId;
    this.extras = extras || {};
    this.l10n = this.params.l10n || {};
    this.behaviour = H5P.jQuery.extend({}, defaults, this.params.behaviour);
    this.total = this.items().length;
    this.readings = this.wantsReadings();
    this.clear();
    this.restore(this.extras.previousState);
  }

  Activity.prototype = Object.create(H5P.EventDispatcher.prototype);
  Activity.prototype.constructor = Activity;

  // The items that can be shown: an item without its list (a file made by hand) is left out.
  Activity.prototype.itemsWith = function (name, list) {
    return (this.params[name] || []).filter(function (item) {
      return item && Array.isArray(item[list]) && item[list].length > 0;
    });
  };

  Activity.prototype.each = function (work) {
    return this.items().map(function (item, i) {
      return work.call(this, i, item);
    }, this);
  };

  Activity.prototype.clear = function () {
    this.at = 0;
    this.screen = "item";
    this.elapsed = 0;
    this.touched = false;
    this.answers = this.each(this.empty);
    this.checked = this.each(function () {
      return false;
    });
  };

  // A state that does not fit the content any more is left aside: the learner starts anew.
  Activity.prototype.restore = function (state) {
    var saved = state && state.version === STATE_VERSION && Array.isArray(state.answers) ? state : null;
    if (!saved || saved.answers.length !== this.total || !Array.isArray(saved.checked)) return;
    var answers = this.each(function (i) {
      return this.clean(i, saved.answers[i]);
    });
    if (answers.indexOf(null) !== -1) return;
    this.answers = answers;
    this.checked = this.each(function (i) {
      return saved.checked[i] === true;
    });
    this.at = Math.min(Math.max(parseInt(saved.at, 10) || 0, 0), Math.max(this.total - 1, 0));
    this.screen = saved.screen !== "item" && this.isFinished() ? "result" : "item";
    this.elapsed = Math.max(Number(saved.elapsed) || 0, 0);
    if (saved.readings !== undefined && this.hostReadings() === null) this.readings = saved.readings === true;
    this.touched = true;
  };

  Activity.prototype.getCurrentState = function () {
    if (!this.touched) return undefined;
    return {
      version: STATE_VERSION,
      at: this.at,
      screen: this.screen,
      elapsed: this.elapsed,
      readings: this.readings,
      answers: this.answers,
      checked: this.checked
    };
  };

  // The page around may decide about furigana with <html data-readings="show|hide">.
  Activity.prototype.hostReadings = function () {
    var wish = document.documentElement.getAttribute("data-readings");
    return wish === "show" ? true : wish === "hide" ? false : null;
  };

  Activity.prototype.wantsReadings = function () {
    var wish = this.hostReadings();
    return wish === null ? this.behaviour.showReadings !== false : wish;
  };

  Activity.prototype.attach = function ($container) {
    this.root = Fukumana.text.element("div", { "class": "fkm " + this.kind });
    $container.append(this.root);
    this.start();
    this.show(false);
  };

  // "attempted" once for each attempt; the time of an attempt goes on where it was left.
  Activity.prototype.start = function () {
    if (this.activityStartTime !== undefined) return;
    this.setActivityStarted();
    this.activityStartTime = Date.now() - this.elapsed * 1000;
  };

  Activity.prototype.noteTime = function () {
    this.touched = true;
    if (!this.isFinished()) this.elapsed = Math.round((Date.now() - this.activityStartTime) / 1000);
  };

  // To be called by a content type after each change of an answer.
  Activity.prototype.changed = function () {
    this.start();
    this.noteTime();
    this.triggerXAPI("interacted");
    this.warn("");
  };

  Activity.prototype.check = function () {
    var missing = this.missing(this.at);
    if (missing) {
      this.warn(this.label(missing));
      return;
    }
    this.start();
    this.noteTime();
    this.checked[this.at] = true;
    this.tellProgress();
    if (this.isFinished()) this.tellEnd();
    this.show("feedback");
  };

  Activity.prototype.go = function (at) {
    this.at = at;
    this.screen = "item";
    this.touched = true;
    this.show("heading");
  };

  Activity.prototype.finish = function () {
    this.screen = "result";
    this.touched = true;
    this.show("heading");
  };

  // Another attempt, asked for by the learner.
  Activity.prototype.retry = function () {
    this.resetTask();
    this.start();
    this.show("heading");
  };

  Activity.prototype.isFinished = function () {
    return this.checked.every(Boolean);
  };

  Activity.prototype.label = function (name, values) {
    return Fukumana.text.fill(this.l10n[name] || name, values || {});
  };

  Activity.prototype.sum = function (key) {
    return this.each(function (i) {
      var counts = key === "max" || this.checked[i] || this.isAnswered(i);
      return counts ? this.marks(i)[key] : 0;
    }).reduce(function (a, b) {
      return a + b;
    }, 0);
  };

  // --- what H5P asks of a question type

  Activity.prototype.getScore = function () {
    return this.sum("score");
  };

  Activity.prototype.getMaxScore = function () {
    return this.sum("max");
  };

  Activity.prototype.getAnswerGiven = function () {
    return this.checked.some(Boolean) || this.each(this.isAnswered).some(Boolean);
  };

  Activity.prototype.showSolutions = function () {
    this.screen = "review";
    this.show(false);
  };

  Activity.prototype.resetTask = function () {
    this.clear();
    // The empty state is a state: it has to replace the one that was saved.
    this.touched = true;
    this.activityStartTime = undefined;
    this.show(false);
  };

  Activity.prototype.getTitle = function () {
    var metadata = this.extras.metadata || {};
    return H5P.createTitle(metadata.title || this.kind);
  };

  Fukumana.Activity = Activity;
})(window.Fukumana, window.H5P);
