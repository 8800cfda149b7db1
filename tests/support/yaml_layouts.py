"""Timelines as people lay them out, made by hypothesis."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

DATES = ("2020", "2021-03", "2021-03-05", "2021-03-05T10:00", "2022~", "-0043", "2021-2-3?", "~", "2023/..")
_LASTS = (
    "text: plain",
    'text: "quoted # no comment"',
    "text: |\n    one\n\n    # no comment\n    two",
    "text: >-\n    one\n    two",
    "tags: [a, b]  # behind it",
    "tags:\n    - a\n    - b",
    "quotes: [{speaker: x, text: y, date: 2024-01-01}]",
)


class Layout(NamedTuple):
    text: str
    dates: tuple[str, ...]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Events named `e0`, `e1`, …, their own comments named `above e0` and `inside e0`."""
    margin = " " * draw(st.sampled_from((0, 2)))
    dates = draw(st.lists(st.sampled_from(DATES), min_size=1, max_size=7))
    spaced = draw(st.booleans())
    lines = ["# A story", "title: é 🌊", "events:"]
    for number, date in enumerate(dates):
        if number:
            lines += [""] * draw(st.sampled_from((1, 1, 2, 0) if spaced else (0, 0, 0, 1)))
        if draw(st.integers(0, 5)) == 0:
            lines += [f"{margin}# heading {number}", *[""] * draw(st.integers(1, 2))]
        if draw(st.integers(0, 3)) == 0:
            lines += [f"{margin}# and", f"{margin}# above e{number}"]
        dash = draw(st.sampled_from(("- ", "-   ")))
        inner = f"\n{margin}" + " " * len(dash)
        body = [f"title: e{number}", f"date: {date}"][:: draw(st.sampled_from((1, -1)))]
        body.append(draw(st.sampled_from(_LASTS)))
        entry = inner.join("\n".join(body).split("\n"))
        lines.append(f"{margin}{dash}{entry}")
        if draw(st.integers(0, 5)) == 0:
            lines.append(f"{margin}{' ' * len(dash)}# inside e{number}")
    lines += draw(st.sampled_from(([], ["# the end"], ["", "# the end"], ["sources: {}"])))
    text = "\n".join(lines) + draw(st.sampled_from(("\n", "\n", "\n\n")))
    # Without a last line end, a | text is another one.
    if "|" not in text and draw(st.booleans()):
        text = text.rstrip("\n")
    text = text.replace("\n", draw(st.sampled_from(("\n", "\r\n"))))
    return Layout(draw(st.sampled_from(("", "\ufeff"))) + text, tuple(dates))
