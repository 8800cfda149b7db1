// References to sources become links, and each source tells what cites it.
const sources = new Map(all("#list_sources ~ ol > li").map((item) => [item.id, { item, links: [] }]));
for (const notes of all("sup")) {
  for (const text of [...notes.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)) {
    const parts = text.data.split(/(\d+)/).map((part) => {
      const source = sources.get(`s_${part}`);
      if (!source) {
        return part;
      }
      const link = element("a", part, { href: `#s_${part}` });
      link.setAttribute("aria-label", `source ${part}`);
      source.links.push(link);
      return link;
    });
    text.replaceWith(...parts);
  }
}
for (const source of sources.values()) {
  source.back = element("p", "", { class: "back" });
  source.item.append(source.back);
}

const linked = (link, entry) => element("a", link.textContent, { href: `#${entry.id}` });
const headingOf = (entry) => entry.article.querySelector(":is(h3, h4):not([hidden]) a");

const setSources = () => {
  for (const { item, links, back } of sources.values()) {
    const holder = item.closest("[data-k]");
    const isPublished = !holder || isAt(spansOf(holder));
    const citing = new Set();
    let cited = false;
    for (const link of links) {
      link.hidden = !isPublished;
      if (isPublished && isKnown(link)) {
        cited = true;
        citing.add(link.closest("article"));
      }
    }
    item.hidden = !cited;
    const entries = [...citing].map((article) => ofArticle.get(article)).filter(Boolean);
    back.replaceChildren(...entries.flatMap((entry) => [linked(headingOf(entry), entry), " "]));
    back.hidden = !entries.length;
  }
};

// A link from one event to another is told at both.
const setLinks = () => {
  for (const made of all("[data-back]")) {
    made.remove();
  }
  for (const link of all("article > ul a").filter(isKnown)) {
    const from = ofArticle.get(link.closest("article"));
    const to = ofArticle.get(byId(link.hash.slice(1)));
    if (from && to) {
      let list = all(":scope > ul", to.article).find((each) => !each.hidden);
      if (!list) {
        list = element("ul", "", { "data-back": "" });
        to.article.append(list);
      }
      const item = element("li", `← ${link.previousSibling?.textContent ?? ""}`, { "data-back": "" });
      item.append(linked(headingOf(from), from));
      list.append(item);
    }
  }
};

const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
const names = new Map(all("#list_actors ~ ul > li").map((item) => [item.id.slice(2), item]));

const textOf = (entry) => {
  if (entry.text === undefined) {
    const walker = document.createTreeWalker(entry.article, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.hidden ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const texts = [];
    while (walker.nextNode()) {
      texts.push(walker.currentNode.nodeType === Node.TEXT_NODE ? walker.currentNode.data : " ");
    }
    const also = [...entry.actors].flatMap((number) => all("i:not(sup i)", names.get(number)).map((part) => part.textContent));
    entry.text = fold([...texts, ...also].join(""));
  }
  return entry.text;
};

const setFacts = () => {
  for (const entry of articles) {
    const parts = (selector) => all(selector, entry.article).filter(isKnown);
    entry.text = undefined;
    entry.actors = new Set(parts("[data-a]").flatMap((part) => part.dataset.a.split(" ")));
    entry.places = parts("[data-p]").flatMap((part) => part.dataset.p.split(" "));
    entry.kind = parts(":scope > p > i")[0]?.textContent ?? "";
    const [status] = parts(".status");
    entry.status = status?.classList[1] ?? "happened";
    entry.sign = status?.textContent[0] ?? "●";
  }
};

const boxes = { actor: byId("page_actor"), kind: byId("page_kind"), status: byId("page_status") };
const sought = byId("page_sought");
const valuesOf = {
  actor: (entry) => [...entry.actors],
  kind: (entry) => [entry.kind],
  status: (entry) => [entry.status],
};

const setOptions = () => {
  for (const [name, box] of Object.entries(boxes)) {
    const counts = new Map();
    for (const entry of articles.filter(({ known }) => known)) {
      for (const value of valuesOf[name](entry).filter(Boolean)) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const chosen = box.value;
    const label = (value) => (name === "actor" ? names.get(value)?.querySelector("b").textContent : value);
    const options = [...counts].sort((one, other) => other[1] - one[1]).map(([value, count]) =>
      element("option", `${label(value)} (${count})`, { value }));
    box.replaceChildren(element("option", "all", { value: "" }), ...options);
    box.value = counts.has(chosen) ? chosen : "";
  }
};

const isWanted = (entry, words) =>
  Object.entries(boxes).every(([name, box]) => !box.value || valuesOf[name](entry).includes(box.value)) &&
  words.every((word) => textOf(entry).includes(word));

const setEvents = () => {
  const words = fold(sought.value).split(/\s+/).filter(Boolean);
  const isFiltered = words.length > 0 || Object.values(boxes).some((box) => box.value);
  let count = 0;
  let known = 0;
  for (const entry of articles) {
    const wanted = entry.known && isWanted(entry, words);
    entry.article.hidden = !wanted;
    count += wanted;
    known += entry.known;
  }
  for (const section of all("main section").reverse()) {
    section.hidden = !all(":scope > article, :scope > section", section).some((part) => !part.hidden);
  }
  for (const link of all("nav a")) {
    const target = byId(link.hash.slice(1));
    link.parentElement.hidden = !target || Boolean(target.closest("[hidden]"));
  }
  byId("page_found").textContent = isFiltered ? `${count} of ${known} events` : `${known} events`;
  byId("page_clear").hidden = !isFiltered && step === days.length;
  setPictures(isFiltered);
};

const setStep = (to) => {
  step = Math.min(Math.max(to, 0), days.length);
  setParts();
  setScales();
  setSources();
  setLinks();
  setFacts();
  setOptions();
  setEvents();
  const slider = byId("page_day");
  if (slider) {
    const when = days[step]?.[0] ?? "all that is known";
    slider.value = step;
    slider.setAttribute("aria-valuetext", when);
    byId("page_when").textContent = when;
    byId("page_before").disabled = step === 0;
    byId("page_after").disabled = step === days.length;
    byId("page_news").replaceChildren(newsOf());
  }
};
