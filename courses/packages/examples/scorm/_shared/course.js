// A course of a few pages with questions at the end. The pages stand in the HTML; this file turns them and keeps the record.
//
// <main data-pass="60"> <section data-page="name">…</section> … <section data-page="questions"><form>…</form></section>
// A question is <fieldset data-question="id" data-answer="a"> with radios and a <p class="why" hidden>.

(function (record) {
  "use strict";

  var main = document.querySelector("main");
  var pages = Array.prototype.slice.call(document.querySelectorAll("[data-page]"));
  var form = document.querySelector("form");
  var questions = Array.prototype.slice.call(document.querySelectorAll("[data-question]"));
  var place = document.getElementById("place");
  var back = document.getElementById("back");
  var next = document.getElementById("next");
  var notice = document.getElementById("notice");
  var at = 0;
  var shownAt = Date.now();
  var isKept = record.start();
  var saved = isKept ? record.state() : {};
  // visited: names of pages; answers: {question: value}; best: most right answers so far, or null
  var state = {
    visited: Array.isArray(saved.visited) ? saved.visited : [],
    answers: saved.answers || {},
    checked: saved.checked === true,
    best: typeof saved.best === "number" ? saved.best : null
  };

  function isDone() {
    return form ? state.best !== null : state.visited.length >= pages.length;
  }

  function show(index, isMoved) {
    at = Math.min(Math.max(index, 0), pages.length - 1);
    pages.forEach(function (page, i) {
      page.hidden = i !== at;
    });
    place.textContent = pages.length > 1 ? at + 1 + " / " + pages.length + "ページ" : "";
    back.hidden = at === 0;
    next.hidden = at === pages.length - 1;
    shownAt = Date.now();
    visit(pages[at].getAttribute("data-page"));
    if (isMoved) {
      pages[at].querySelector("h1").focus();
      window.scrollTo(0, 0);
    }
  }

  function visit(name) {
    if (state.visited.indexOf(name) === -1) state.visited.push(name);
    if (!isKept) return;
    record.setPlace(name);
    record.setProgress(state.visited.length / pages.length);
    if (!form) record.setStatus(isDone() ? "completed" : "incomplete");
    keep();
  }

  function keep() {
    if (!isKept) return;
    record.setState(state);
    record.save();
  }

  function chosen(question) {
    var input = question.querySelector("input:checked");
    return input ? input.value : "";
  }

  function firstOpen() {
    return questions.filter(function (question) {
      return !chosen(question);
    })[0];
  }

  // What is said below each question; the words carry it, not the colour alone.
  function mark(question) {
    var isRight = chosen(question) === question.getAttribute("data-answer");
    var told = question.querySelector(".told");
    told.textContent = isRight ? "○ そのとおりです。" : "△ もう一度、下の説明を読んでみましょう。";
    told.hidden = false;
    question.querySelector(".why").hidden = false;
    return isRight;
  }

  function showMarks() {
    var right = questions.filter(mark).length;
    var result = document.getElementById("result");
    result.querySelector("p").textContent = questions.length + "問のうち、" + right + "問が合っていました。";
    result.hidden = false;
    questions.forEach(function (question) {
      question.querySelectorAll("input").forEach(function (input) {
        input.disabled = true;
      });
    });
    form.querySelector("[type=submit]").hidden = true;
    return right;
  }

  function check(event) {
    event.preventDefault();
    var open = firstOpen();
    document.getElementById("missing").textContent = open ? "まだ選んでいない問題があります。" : "";
    if (open) {
      open.querySelector("input").focus();
      return;
    }
    var seconds = (Date.now() - shownAt) / 1000 / questions.length;
    var right = showMarks();
    state.checked = true;
    tell(right, seconds);
    document.getElementById("result").focus();
  }

  // The best go counts; a later one never takes a pass away.
  function tell(right, seconds) {
    state.best = Math.max(right, state.best === null ? 0 : state.best);
    if (isKept) {
      questions.forEach(function (question) {
        record.addInteraction({
          id: question.getAttribute("data-question"),
          response: chosen(question),
          correct: question.getAttribute("data-answer"),
          seconds: seconds,
          text: question.querySelector("legend").textContent.trim()
        });
      });
      record.setScore(state.best, questions.length);
      var isPassed = state.best * 100 >= Number(main.getAttribute("data-pass")) * questions.length;
      record.setStatus(isPassed ? "passed" : "failed");
    }
    keep();
  }

  function again() {
    state.answers = {};
    state.checked = false;
    form.reset();
    questions.forEach(function (question) {
      question.querySelectorAll(".told, .why").forEach(function (line) {
        line.hidden = true;
      });
      question.querySelectorAll("input").forEach(function (input) {
        input.disabled = false;
      });
    });
    document.getElementById("result").hidden = true;
    form.querySelector("[type=submit]").hidden = false;
    keep();
    shownAt = Date.now();
    questions[0].querySelector("input").focus();
  }

  function restoreForm() {
    questions.forEach(function (question) {
      var value = state.answers[question.getAttribute("data-question")];
      question.querySelectorAll("input").forEach(function (input) {
        input.checked = input.value === value;
      });
    });
    if (state.checked && !firstOpen()) showMarks();
  }

  function remember(event) {
    state.answers[event.target.name] = event.target.value;
    keep();
  }

  function begin() {
    if (!isKept) notice.textContent = "この画面では、記録は残りません。学ぶことはできます。";
    else if (record.isReview()) notice.textContent = "見直しの表示です。答えても、記録は変わりません。";
    else if (form && !isDone()) record.setStatus("incomplete");
    if (form) {
      restoreForm();
      form.addEventListener("submit", check);
      form.addEventListener("change", remember);
      document.getElementById("again").addEventListener("click", again);
    }
    var names = pages.map(function (page) {
      return page.getAttribute("data-page");
    });
    show(Math.max(isKept ? names.indexOf(record.place()) : 0, 0), false);
    back.addEventListener("click", function () {
      show(at - 1, true);
    });
    next.addEventListener("click", function () {
      show(at + 1, true);
    });
    window.addEventListener("pagehide", function () {
      record.end(isDone());
    });
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) window.location.reload();
    });
  }

  begin();
})(window.learningRecord);
