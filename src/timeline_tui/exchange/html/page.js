const clear = () => {
  sought.value = "";
  for (const box of Object.values(boxes)) {
    box.value = "";
  }
  setStep(days.length);
};

const named = () => {
  try {
    return byId(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
};

// Whoever follows a link to what is hidden wants to see it.
const showTarget = () => {
  const target = named();
  if (target?.closest("[hidden]") || (!target && location.hash && step < days.length)) {
    clear();
    named()?.scrollIntoView();
  }
};

byId("page_filter").hidden = false;
sought.addEventListener("input", setEvents);
for (const box of Object.values(boxes)) {
  box.addEventListener("change", setEvents);
}
byId("page_clear").addEventListener("click", clear);
if (days.length) {
  const slider = byId("page_day");
  slider.max = days.length;
  slider.addEventListener("input", () => setStep(Number(slider.value)));
  byId("page_before").addEventListener("click", () => setStep(step - 1));
  byId("page_after").addEventListener("click", () => setStep(step + 1));
}
sought.value = new URLSearchParams(location.search).get("q") ?? "";
setStep(days.length);
addEventListener("hashchange", showTarget);

let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  closed.forEach((each) => { each.open = true; });
});
addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));
