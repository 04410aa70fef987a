// Put the steps in order: with the buttons beside each step, or by dragging.

(function (Fukumana) {
  "use strict";

  var element = Fukumana.text.element;

  function StepOrder(params, contentId, extras) {
    Fukumana.Activity.call(this, params, contentId, extras);
  }

  StepOrder.prototype = Object.create(Fukumana.Activity.prototype);
  StepOrder.prototype.kind = "fkm-step-order";

  StepOrder.prototype.items = function () {
    return this.itemsWith("tasks", "steps");
  };

  StepOrder.prototype.heading = function (i) {
    return this.items()[i].title;
  };

  // An answer: {order: [original indexes as they stand now], moved: whether the learner touched it}
  StepOrder.prototype.empty = function (i) {
    return { order: shuffled(this.items()[i].steps.length), moved: false };
  };

  StepOrder.prototype.clean = function (i, raw) {
    if (!raw || !Array.isArray(raw.order)) return null;
    var sorted = raw.order.slice().sort(function (a, b) {
      return a - b;
    });
    var fits = sorted.length === this.items()[i].steps.length && sorted.every(function (value, place) {
      return value === place;
    });
    return fits ? { order: raw.order.slice(), moved: raw.moved === true } : null;
  };

  StepOrder.prototype.isAnswered = function (i) {
    return this.answers[i].moved;
  };

  StepOrder.prototype.missing = function () {
    return "";
  };

  // One point for each step that stands at its place.
  StepOrder.prototype.marks = function (i) {
    var order = this.answers[i].order;
    var score = order.filter(function (step, place) {
      return step === place;
    }).length;
    return { score: score, max: order.length };
  };

  StepOrder.prototype.draw = function (i, box, locked) {
    box.appendChild(element("p", { "class": "fkm-situation", text: this.items()[i].situation }));
    if (!locked) box.appendChild(element("p", { "class": "fkm-hint", text: this.label("orderHint") }));
    var list = element("ol", { "class": "fkm-steps" + (locked ? " fkm-steps-read" : "") });
    this.answers[i].order.forEach(function (step, place) {
      list.appendChild(locked ? this.readStep(i, step, place) : this.openStep(i, step, list));
    }, this);
    box.appendChild(list);
    if (!locked) {
      this.number(list);
      Fukumana.dragToOrder(list, this.dropped.bind(this, i, list));
    }
  };

  StepOrder.prototype.openStep = function (i, step, list) {
    var text = this.items()[i].steps[step].text;
    var row = element("li", { "class": "fkm-step", "data-step": String(step) });
    row.appendChild(element("span", { "class": "fkm-grip", "aria-hidden": "true", text: "⠿" }));
    row.appendChild(element("span", { "class": "fkm-step-number", "aria-hidden": "true" }));
    row.appendChild(element("span", { "class": "fkm-step-text", text: text }));
    var buttons = element("span", { "class": "fkm-step-buttons" });
    [["up", -1], ["down", 1]].forEach(function (way) {
      var button = this.button(way[0], this.shift.bind(this, i, list, row, way[1]));
      button.classList.add("fkm-" + way[0]);
      // The name of the button begins with what is read on it and says which step it moves.
      button.appendChild(element("span", { "class": "fkm-hidden", text: " " + Fukumana.text.plain(text) }));
      buttons.appendChild(button);
    }, this);
    row.appendChild(buttons);
    return row;
  };

  // The row stays in the page and its neighbour moves, so that the button keeps the focus.
  StepOrder.prototype.shift = function (i, list, row, way) {
    var neighbour = way < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!neighbour) {
      this.say(this.label(way < 0 ? "alreadyFirst" : "alreadyLast"));
      return;
    }
    list.insertBefore(neighbour, way < 0 ? row.nextElementSibling : row);
    this.dropped(i, list, row);
  };

  StepOrder.prototype.dropped = function (i, list, row) {
    var rows = Array.prototype.slice.call(list.children);
    this.answers[i] = {
      order: rows.map(function (each) {
        return Number(each.getAttribute("data-step"));
      }),
      moved: true
    };
    this.number(list);
    var text = this.items()[i].steps[Number(row.getAttribute("data-step"))].text;
    this.say(this.label("moved", { step: Fukumana.text.plain(text), place: rows.indexOf(row) + 1, total: rows.length }));
    this.changed();
  };

  StepOrder.prototype.number = function (list) {
    var last = list.children.length - 1;
    Array.prototype.forEach.call(list.children, function (row, place) {
      row.querySelector(".fkm-step-number").textContent = String(place + 1);
      row.querySelector(".fkm-up").setAttribute("aria-disabled", String(place === 0));
      row.querySelector(".fkm-down").setAttribute("aria-disabled", String(place === last));
    });
  };

  StepOrder.prototype.readStep = function (i, step, place) {
    var isRight = step === place;
    var row = element("li", { "class": "fkm-step fkm-step-" + (isRight ? "right" : "wrong") });
    row.appendChild(element("span", { "class": "fkm-step-number", "aria-hidden": "true", text: String(place + 1) }));
    row.appendChild(element("span", { "class": "fkm-step-text", text: this.items()[i].steps[step].text }));
    var told = isRight ? this.label("placeRight") : this.label("placeWrong", { place: step + 1 });
    row.appendChild(element("span", { "class": "fkm-told", text: told }));
    return row;
  };

  StepOrder.prototype.explain = function (i, box) {
    var item = this.items()[i];
    box.appendChild(element("p", { "class": "fkm-explanation", text: item.explanation }));
    box.appendChild(element("p", { "class": "fkm-subheading", text: this.label("rightOrder") }));
    var list = element("ol", { "class": "fkm-right-order" });
    item.steps.forEach(function (step) {
      var row = element("li", {}, [element("span", { "class": "fkm-step-name", text: step.text })]);
      if (step.why) row.appendChild(element("span", { "class": "fkm-why", text: step.why }));
      list.appendChild(row);
    });
    box.appendChild(list);
  };

  // Ids: t0-s0, t0-s1 … in the right order of content.json.
  StepOrder.prototype.interaction = function () {
    var told = { interactionType: "sequencing", choices: [], response: [], correct: [] };
    this.each(function (i, item) {
      item.steps.forEach(function (step, place) {
        var id = "t" + i + "-s" + place;
        told.choices.push({ id: id, text: item.title + ": " + step.text });
        told.correct.push(id);
        told.response.push("t" + i + "-s" + this.answers[i].order[place]);
      }, this);
    });
    return told;
  };

  // A random order that is never the right one already.
  function shuffled(count) {
    var order = [];
    for (var i = 0; i < count; i++) order.splice(Math.floor(Math.random() * (i + 1)), 0, i);
    var isRight = order.every(function (value, place) {
      return value === place;
    });
    return isRight && count > 1 ? order.reverse() : order;
  }

  Fukumana.StepOrder = StepOrder;
})(window.Fukumana);
