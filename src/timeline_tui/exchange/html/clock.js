"use strict";
// What stood there on other days waits in templates. From here on, it is in its place and hidden.
for (const template of document.querySelectorAll("template")) {
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

const days = JSON.parse(byId("page_days")?.textContent ?? "[]");
const articles = all("main article").map((article) => ({ article, id: article.dataset.id ?? article.id, known: true }));
const ofArticle = new Map(articles.map((entry) => [entry.article, entry]));
const dated = all("[data-k]").map((part) => ({
  part,
  spans: part.dataset.k.split(" ").map((span) => span.split("-").map(Number)),
}));
let step = days.length;

const isAt = (spans) => spans.some(([first, after = Infinity]) => first <= step && step < after);

// The id of an event belongs to the one of its places in the list that is shown.
const place = (entry, known) => {
  entry.known = known;
  entry.article.toggleAttribute("data-unknown", !known);
  if (known) {
    entry.article.id = entry.id;
  } else {
    entry.article.removeAttribute("id");
  }
};

const setParts = () => {
  for (const { part, spans } of dated) {
    const entry = ofArticle.get(part);
    if (entry) {
      place(entry, isAt(spans));
    } else {
      part.hidden = !isAt(spans);
    }
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
  for (const [ids, sign] of [[added, "+"], [changed, "~"]]) {
    for (const id of ids) {
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
