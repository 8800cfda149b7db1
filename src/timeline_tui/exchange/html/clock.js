"use strict";
// What stood there on other days waits in templates. From here on, it is in its place and hidden.
for (const template of document.querySelectorAll("template:not([id])")) {
  template.replaceWith(template.content);
}

const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const element = (tag, text = "", attributes = {}) => {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  return made;
};

const days = JSON.parse(byId("page_days")?.content.textContent ?? "[]");
const spansOf = (part) => part.dataset.k.split(" ").map((span) => span.split("-").map(Number));

// What has no days of its own has those of what holds it.
const articles = all("main article").map((article) => {
  const holder = article.closest("[data-k]");
  const time = article.querySelector(":is(h3, h4) time");
  const day = Number(article.dataset.d ?? Date.parse(time.dateTime.slice(0, 10)) / 864e5);
  return { article, day, id: article.dataset.id ?? article.id, spans: holder ? spansOf(holder) : [[0]], known: true };
});
const ofArticle = new Map(articles.map((entry) => [entry.article, entry]));
const events = articles.filter(({ article }) => !article.dataset.id);
const dated = all("[data-k]:not(main section, article)").map((part) => ({ part, spans: spansOf(part) }));
let step = days.length;

const isAt = (spans) => spans.some(([first, after = Infinity]) => first <= step && step < after);

// The id of an event belongs to the one of its places in the list that is shown.
const place = (entry, known) => {
  entry.known = known;
  if (known) {
    entry.article.id = entry.id;
  } else {
    entry.article.removeAttribute("id");
  }
};

const setParts = () => {
  for (const { part, spans } of dated) {
    part.hidden = !isAt(spans);
  }
  for (const entry of articles) {
    place(entry, isAt(entry.spans));
  }
};

// Whether the clock shows a part of the page, whatever the filter says of its event.
const isKnown = (part) => {
  for (let at = part; at && at !== document.body; at = at.parentElement) {
    const entry = ofArticle.get(at);
    if (entry) {
      return entry.known;
    }
    if (at.hidden) {
      return false;
    }
  }
  return true;
};

// A sentence for each event that the day brought or changed.
const newsOf = () => {
  const list = element("ul");
  const [, added, changed] = days[step] ?? ["", [], []];
  for (const { article } of articles) {
    delete article.dataset.news;
  }
  for (const [places, sign] of [[added, "+"], [changed, "~"]]) {
    for (const { id } of places.map((at) => events[at])) {
      const article = byId(id);
      if (!article) {
        continue;
      }
      article.dataset.news = sign;
      const item = element("li", `${sign} `);
      item.append(element("a", article.querySelector("h3 a, h4 a").textContent, { href: `#${id}` }));
      const status = all(".status", article).find(isKnown);
      if (status && sign === "~") {
        item.append(`: ${status.textContent}`);
      }
      list.append(item);
    }
  }
  return list;
};

// The scale of a question ends with the highest figure that is known.
const scales = all(".question .figures").map((list) => ({
  list,
  label: list.querySelector(".scale"),
  lines: all("line", list).map((line) => ({
    line,
    ends: ["x1", "x2"].map((name) => parseFloat(line.getAttribute(name))),
    end: parseFloat(line.getAttribute(line.classList.contains("least") ? "x1" : "x2")),
  })),
}));

const setScales = () => {
  for (const { label, lines } of scales) {
    const shown = lines.filter(({ line }) => isKnown(line));
    const top = Math.max(...shown.map(({ end }) => end));
    const [low, high] = [label.dataset.low, label.dataset.high].map(Number);
    const isWhole = shown.length === lines.length;
    const factor = isWhole || !(top > 0) ? 1 : 100 / top;
    for (const { line, ends } of lines) {
      // A scale that does not begin at 0 cannot be stretched: it would tell of figures to come.
      line.parentElement.toggleAttribute("hidden", low !== 0 && !isWhole);
      ends.forEach((end, at) => line.setAttribute(`x${at + 1}`, `${Math.min(end * factor, 100)}%`));
    }
    label.lastElementChild.textContent = (high / factor).toLocaleString("en", { maximumSignificantDigits: 6 });
    label.toggleAttribute("data-cut", low !== 0 && !isWhole);
  }
};
