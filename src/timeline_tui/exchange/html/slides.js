// A story is read as a list, or step by step over the whole window.
const startSlides = (section) => {
  const steps = section.querySelector(".steps");
  const home = steps.parentElement;
  const items = [...steps.children];
  const dialog = element("dialog", "", { "aria-labelledby": section.getAttribute("aria-labelledby") });
  const buttons = element("nav", "", { "aria-label": "Steps" });
  let at = 0;
  const show = (to) => {
    at = Math.min(Math.max(to, 0), items.length - 1);
    items.forEach((item, place) => { item.hidden = place !== at; });
    before.disabled = at === 0;
    after.disabled = at === items.length - 1;
    dialog.scrollTo(0, 0);
  };
  const button = (text, act) => {
    const made = element("button", text, { type: "button" });
    made.addEventListener("click", act);
    buttons.append(made);
    return made;
  };
  const before = button("Back", () => show(at - 1));
  const after = button("Next", () => show(at + 1));
  button("End", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: 1, PageDown: 1, n: 1, ArrowLeft: -1, PageUp: -1, b: -1 };
    const onButton = event.target.closest("button, a");
    if (event.key in moves || (event.key === " " && !onButton)) {
      show(at + (moves[event.key] ?? 1));
      event.preventDefault();
    } else if (event.key === "Home" || event.key === "End") {
      show(event.key === "Home" ? 0 : items.length);
      event.preventDefault();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) {
      dialog.close();
    }
  });
  const end = () => {
    removeEventListener("beforeprint", end);
    items.forEach((item) => { item.hidden = false; });
    home.append(steps);
    dialog.remove();
    section.querySelector("button").focus();
  };
  dialog.addEventListener("close", end);
  // On paper, what covers the window would stand on every page.
  addEventListener("beforeprint", end);
  dialog.append(steps, buttons);
  document.body.append(dialog);
  dialog.showModal();
  show(0);
  after.focus();
};

for (const section of all(".story")) {
  const start = element("button", "Step by step", { type: "button" });
  start.addEventListener("click", () => startSlides(section));
  section.querySelector("h2").after(start);
}
