// Words on the screen: furigana, entities, templates. Nothing here ever writes HTML.

window.Fukumana = window.Fukumana || {};

(function (Fukumana) {
  "use strict";

  // Furigana as our authors write it: {漢字|かんじ}.
  var RUBY = /\{([^{}|\n]+)\|([^{}|\n]+)\}/g;
  var ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#039;": "'", "&#39;": "'", "&amp;": "&" };

  // H5P platforms escape plain text fields in content.json; a file that was never filtered is not escaped.
  function decode(text) {
    var raw = text === undefined || text === null ? "" : String(text);
    return raw.replace(/&(?:lt|gt|quot|amp|#0?39);/g, function (entity) {
      return ENTITIES[entity];
    });
  }

  // The text without its readings, for labels, announcements and xAPI.
  function plain(text) {
    return decode(text).replace(RUBY, "$1");
  }

  function ruby(base, reading) {
    var node = document.createElement("ruby");
    node.appendChild(document.createTextNode(base));
    [["rp", "（"], ["rt", reading], ["rp", "）"]].forEach(function (piece) {
      var child = document.createElement(piece[0]);
      child.textContent = piece[1];
      // A screen reader says the word once; the reading is for the eye.
      child.setAttribute("aria-hidden", "true");
      node.appendChild(child);
    });
    return node;
  }

  // Replace what stands in a node by a text with furigana.
  function write(node, text) {
    var raw = decode(text);
    var from = 0;
    node.textContent = "";
    raw.replace(RUBY, function (whole, base, reading, at) {
      node.appendChild(document.createTextNode(raw.slice(from, at)));
      node.appendChild(ruby(base, reading));
      from = at + whole.length;
      return whole;
    });
    node.appendChild(document.createTextNode(raw.slice(from)));
    return node;
  }

  // element("p", {"class": "x", text: "…"}, [children]); "text" may hold furigana, null attributes are left out.
  function element(tag, attributes, children) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (value === null || value === undefined) return;
      if (name === "text") write(node, value);
      else if (name === "click") node.addEventListener("click", value);
      else node.setAttribute(name, value);
    });
    (children || []).forEach(function (child) {
      if (child) node.appendChild(child);
    });
    return node;
  }

  // fill("@at / @total", {at: 1, total: 3})
  function fill(template, values) {
    return decode(template).replace(/@(\w+)/g, function (whole, name) {
      return name in values ? String(values[name]) : whole;
    });
  }

  function hasReadings(value) {
    if (typeof value === "string") return value.search(RUBY) !== -1;
    if (!value || typeof value !== "object") return false;
    return Object.keys(value).some(function (key) {
      return hasReadings(value[key]);
    });
  }

  var last = 0;

  function newId() {
    last += 1;
    return "fkm-" + last;
  }

  Fukumana.text = {
    decode: decode,
    plain: plain,
    write: write,
    element: element,
    fill: fill,
    hasReadings: hasReadings,
    newId: newId
  };
})(window.Fukumana);
