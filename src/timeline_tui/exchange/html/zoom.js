// A picture is made larger within its frame, which scrolls.
for (const frame of all(".zoom")) {
  const drawing = frame.querySelector("svg");
  const buttons = element("div", "", { class: "zooms" });
  let size = 1;
  const zoom = (factor) => {
    size = factor ? Math.min(Math.max(size * factor, 1), 8) : 1;
    const middle = frame.scrollLeft + frame.clientWidth / 2;
    const before = drawing.clientWidth;
    drawing.style.width = `${size * 100}%`;
    frame.scrollLeft = (middle * drawing.clientWidth) / before - frame.clientWidth / 2;
  };
  for (const [text, label, factor] of [["+", "Zoom in", 1.5], ["−", "Zoom out", 1 / 1.5], ["Whole", "Show the whole picture", 0]]) {
    const button = element("button", text, { type: "button", "aria-label": label });
    button.addEventListener("click", () => zoom(factor));
    buttons.append(button);
  }
  frame.after(buttons);
}
