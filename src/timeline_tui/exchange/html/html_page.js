
"use strict";
(() => {
  const box = document.getElementById("page_filter");
  const sought = document.getElementById("page_sought");
  const found = document.getElementById("page_found");
  const events = [...document.querySelectorAll("main .event")];
  const groups = [...document.querySelectorAll("main section")];
  const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
  let texts = null;

  const show = () => {
    const words = fold(sought.value).split(/\s+/).filter(Boolean);
    texts ??= events.map((event) => fold(`${event.textContent} ${event.dataset.also ?? ""}`));
    let count = 0;
    events.forEach((event, place) => {
      event.hidden = !words.every((word) => texts[place].includes(word));
      count += event.hidden ? 0 : 1;
    });
    for (const group of groups) {
      group.hidden = !group.querySelector(".event:not([hidden])");
    }
    found.textContent = words.length ? `${count} of ${events.length} events` : "";
  };

  const named = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };

  const clearFor = () => {
    const target = named();
    if (target?.closest("[hidden]")) {
      sought.value = "";
      show();
      target.scrollIntoView();
    }
  };

  box.hidden = false;
  sought.addEventListener("input", show);
  sought.value = new URLSearchParams(location.search).get("q") ?? "";
  if (sought.value) {
    show();
  }
  addEventListener("hashchange", clearFor);
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) {
      details.open = true;
    }
  });
})();
