// The pictures of all events are drawn anew for those that the clock and the filter leave, on the same scale.
const placeItems = all("#list_places ~ ul > li");
const CELL = [9, 18];

const svg = (tag, text, attributes = {}) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  return made;
};

// A text from a cell on, or in the middle of it (class m), or up to it (class e).
const put = (layer, [line, cell], text, look = "") => {
  const x = (cell + (/\bm\b/.test(look) ? 0.5 : 0)) * CELL[0];
  layer.append(svg("text", text, { x, y: line * CELL[1] + 13.5, class: look, "paint-order": "stroke" }));
};

const look = (doubtful, count) => (doubtful && 2 * doubtful >= count ? "m doubtful" : "m");
const inDoubt = (entries) => entries.filter(({ status }) => ["claimed", "disputed", "denied"].includes(status)).length;
const counted = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
const grouped = (entries, keysOf) => {
  const found = new Map();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      found.set(key, [...(found.get(key) ?? []), entry]);
    }
  }
  return found;
};

const drawLanes = (layer, { data, labels }, entries) => {
  const [first, last, chart, width, ...actors] = data;
  const theirs = grouped(entries, ({ actors: named }) => (named.size ? named : ["0"]));
  return actors.flatMap((actor, at) => {
    const found = theirs.get(String(actor));
    if (!found) {
      return [];
    }
    put(layer, [at + 1, 1], labels[at]);
    put(layer, [at + 1, chart - 1], found.length, "e faint");
    const cellOf = ({ day }) => Math.floor(((day - first) * width) / (last - first + 1));
    for (const [cell, here] of grouped(found, (entry) => [Math.min(Math.max(cellOf(entry), 0), width - 1)])) {
      const [count, doubtful] = [here.length, inDoubt(here)];
      const height = [[1000, "█"], [100, "▆"], [32, "▄"], [10, "▂"]].find(([least]) => count >= least)?.[1];
      const isDoubt = count > 1 ? 2 * doubtful > count : doubtful;
      put(layer, [at + 1, chart + cell], count > 1 ? height ?? count : here[0].sign, isDoubt ? "m doubtful" : "m");
    }
    return [`${labels[at]}: ${counted(found.length, "event")}`];
  });
};

// Where a name may stand beside its dot, the best first.
const besides = ([line, cell], length) => [
  [line, cell + 2],
  [line, cell - 1 - length],
  ...[line - 1, line + 1].flatMap((at) => [length >> 1, 0, length - 1].map((left) => [at, cell - left])),
];

const drawMap = (layer, { data: [lines, columns] }, entries) => {
  const spots = [...grouped(entries, ({ places }) => places)].map(([number, found]) => {
    const item = placeItems[number - 1];
    const [line, cell, area] = item.dataset.at.split(" ");
    const name = (all("b", item).find((part) => !part.hidden) ?? item).textContent;
    return { at: [Number(line), Number(cell)], area, name, count: found.length, doubtful: inDoubt(found) };
  }).sort((one, other) => other.count - one.count || one.name.localeCompare(other.name));
  const taken = new Set();
  const cellsOf = ([line, cell], length) => Array.from({ length }, (_, at) => `${line} ${cell + at}`);
  const marks = [...grouped(spots, ({ at }) => [String(at)]).values()];
  for (const mark of marks) {
    const [{ at, area }] = mark;
    const [count, doubtful] = ["count", "doubtful"].map((name) => mark.reduce((sum, spot) => sum + spot[name], 0));
    const sign = [[100, "█"], [10, "◉"], [2, "●"], [1, "•"]].find(([least]) => count >= least)[1];
    put(layer, at, area && mark.length === 1 ? "◎" : sign, look(doubtful, count));
    taken.add(String(cellsOf(at, 1)));
  }
  for (const mark of marks) {
    const [{ at, name, count, doubtful }] = mark;
    const after = [count > 1 && ` ${count}`, look(doubtful, count) !== "m" && "◇", mark.length > 1 && ` +${mark.length - 1}`];
    for (const most of [28, 8]) {
      const text = (name.length > most ? `${name.slice(0, most - 1)}…` : name) + after.filter(Boolean).join("");
      const isFree = ([line, cell]) => line >= 0 && line < lines && cell >= 1 && cell + text.length <= columns &&
        cellsOf([line, cell - 1], text.length + 2).every((each) => each === String(cellsOf(at, 1)) || !taken.has(each));
      const place = besides(at, text.length).find(isFree);
      if (place) {
        put(layer, place, text, "over");
        cellsOf(place, text.length).forEach((each) => taken.add(each));
        break;
      }
    }
  }
  return spots.map(({ name, count }) => `${name}: ${counted(count, "event")}`);
};

// What stays of a picture: the axis of lanes with its ticks, the coasts of a map and its scale.
const isKept = {
  lanes: (part) => part.localName === "text" && part.getAttribute("y") === "13.5",
  map: (part) => (part.localName === "path" ? part.matches(".faint .dots, path:not(.dots)") : / km$/.test(part.textContent)),
};

const pictures = all("[data-lanes], [data-map]").map((figure) => {
  const [name] = Object.keys(figure.dataset).filter((key) => key in isKept);
  const drawing = figure.querySelector("svg");
  const ticks = name === "lanes" ? all("path", drawing).map((path) => [path, path.getAttribute("d")]) : [];
  return {
    draw: name === "lanes" ? drawLanes : drawMap,
    data: figure.dataset[name].split(" ").map(Number),
    labels: all(".plain text", drawing).map((text) => text.textContent),
    drawing, ticks,
    whole: all("title, desc", drawing).map((part) => [part, part.textContent]),
    moving: all("text, path", drawing).filter((part) => !isKept[name](part) && !ticks.some(([path]) => path === part)),
    said: figure.querySelector("figcaption").appendChild(element("span")),
    layer: svg("g", ""),
  };
});

const setPictures = (isFiltered) => {
  const isWhole = step === days.length && !isFiltered;
  const entries = articles.filter(({ article }) => !article.hidden);
  const when = days[step] ? ` · as known on ${days[step][0]}` : "";
  for (const { draw, drawing, moving, ticks, whole, said, layer, ...picture } of pictures) {
    moving.forEach((part) => part.toggleAttribute("hidden", !isWhole));
    for (const [path, all] of ticks) {
      path.setAttribute("d", isWhole ? all : all.match(/M[^M]*/g).filter((box) => box.split(/[ h]/)[1] < CELL[1]).join(""));
    }
    layer.remove();
    layer.replaceChildren();
    said.textContent = isWhole ? "" : `${when} · ${counted(entries.length, "event")}`;
    const told = isWhole ? [] : draw(layer, picture, entries);
    for (const [part, text] of whole) {
      part.textContent = isWhole ? text : part.localName === "desc" ? told.join("\n") : said.textContent.slice(3);
    }
    if (!isWhole) {
      drawing.append(layer);
    }
  }
};
