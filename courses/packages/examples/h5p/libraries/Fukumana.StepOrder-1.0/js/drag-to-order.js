// Dragging the rows of a list by their grip, with mouse, pen or finger. The buttons do the same without it.

(function (Fukumana) {
  "use strict";

  // The dragged row stays in the page and its neighbours step aside: it keeps the pointer that way.
  function step(list, row, y) {
    var before = row.previousElementSibling;
    var after = row.nextElementSibling;
    if (before && y < middle(before)) list.insertBefore(before, after);
    else if (after && y > middle(after)) list.insertBefore(after, row);
  }

  function middle(row) {
    var box = row.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  function follow(list, grip, pointerId, done) {
    var row = grip.parentNode;
    var from = row.previousElementSibling;

    function move(event) {
      if (event.pointerId === pointerId) step(list, row, event.clientY);
    }

    function end(event) {
      if (event.pointerId !== pointerId) return;
      ["pointermove", "pointerup", "pointercancel"].forEach(function (name) {
        grip.removeEventListener(name, name === "pointermove" ? move : end);
      });
      row.classList.remove("fkm-step-held");
      if (row.previousElementSibling !== from) done(row);
    }

    row.classList.add("fkm-step-held");
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end);
    grip.addEventListener("pointercancel", end);
  }

  // done(row) is called once when a row was left at another place.
  Fukumana.dragToOrder = function (list, done) {
    if (!window.PointerEvent) return;
    list.addEventListener("pointerdown", function (event) {
      var grip = event.target.closest(".fkm-grip");
      if (!grip || event.button !== 0) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      follow(list, grip, event.pointerId, done);
    });
  };
})(window.Fukumana);
