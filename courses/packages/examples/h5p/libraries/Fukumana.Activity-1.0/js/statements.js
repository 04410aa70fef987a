// What an activity tells in xAPI: attempted, interacted, progressed after each item, answered at the end.

(function (Activity) {
  "use strict";

  var ENDING_POINT = "http://id.tincanapi.com/extension/ending-point";

  Activity.prototype.language = function () {
    var metadata = this.extras.metadata || {};
    return metadata.defaultLanguage || document.documentElement.lang || "ja";
  };

  Activity.prototype.inLanguage = function (text) {
    var map = {};
    map[this.language()] = Fukumana.text.plain(text);
    return map;
  };

  Activity.prototype.tellProgress = function () {
    if (this.total < 2) return;
    var event = this.createXAPIEventTemplate("progressed");
    var definition = event.data.statement.object.definition;
    definition.extensions = definition.extensions || {};
    definition.extensions[ENDING_POINT] = this.at + 1;
    this.trigger(event);
  };

  // One interaction for the whole activity, so that its result can be marked again from the statement alone.
  Activity.prototype.endEvent = function () {
    var event = this.createXAPIEventTemplate("answered");
    var score = this.getScore();
    var max = this.getMaxScore();
    var told = this.interaction();
    var definition = event.data.statement.object.definition;
    definition.type = "http://adlnet.gov/expapi/activities/cmi.interaction";
    definition.description = this.inLanguage(this.params.taskDescription);
    definition.interactionType = told.interactionType;
    definition.correctResponsesPattern = [told.correct.join("[,]")];
    definition.choices = told.choices.map(function (choice) {
      return { id: choice.id, description: this.inLanguage(choice.text) };
    }, this);
    event.setScoredResult(score, max, this, this.isFinished(), score * 100 >= this.behaviour.passPercentage * max);
    var result = event.data.statement.result;
    result.response = told.response.join("[,]");
    // Time spent on this attempt, over several visits; it stands still when the attempt has ended.
    result.duration = "PT" + this.elapsed + "S";
    return event;
  };

  Activity.prototype.tellEnd = function () {
    this.trigger(this.endEvent());
  };

  Activity.prototype.getXAPIData = function () {
    return { statement: this.endEvent().data.statement, children: [] };
  };
})(window.Fukumana.Activity);
