"""A drawing of the program in fewer bytes, for a page whose style gives it its colours and its font."""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.svg import CELL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOOKS = re.compile(r' (?:xmlns|font-family|fill|lengthAdjust|textLength|width|height)="[^"]*"')
"""The attributes that the style sheet of the page sets."""
_GROUND = re.compile(r'<rect class="background"[^>]*/> ')
_TEXT = re.compile(r'<text x="([0-9.]+)" y="([0-9.]+)"( class="m")?>([^<]*)</text>')
_TEXTS = re.compile(rf"{_TEXT.pattern}(?: {_TEXT.pattern})+")
_PATH = re.compile(r'<path d="([^"]*)"/>')
_BOX = re.compile(r"M([0-9.]+) ([0-9.]+)h([0-9.]+)v([0-9.]+)h-[0-9.]+z")
_SIDE, _APART = 2.6, 4.5
"""Of the dots of a letter of braille, the side and how far they are apart."""


class _Text(NamedTuple):
    x: float
    y: str
    mark: str
    """The attribute of text that is centred."""
    text: str
    """As HTML."""

    @property
    def is_sign(self) -> bool:
        """Whether it is one character, which can be placed in a row of others."""
        return bool(self.mark) and len(unescape(self.text)) == 1 and unescape(self.text) <= "\uffff"

    @property
    def next(self) -> float:
        """Where a word after it begins."""
        return self.x + CELL_WIDTH * (len(unescape(self.text)) + 1)


class _Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float


def shortened(drawing: str) -> str:
    """A drawing in SVG, in which neighbours of the same look are one element."""
    drawing = _LOOKS.sub("", drawing).replace(' text-anchor="middle"', ' class="m"').replace("\n", " ")
    drawing = _GROUND.sub("", drawing)
    return _TEXTS.sub(_with_fewer_texts, _PATH.sub(_with_fewer_boxes, drawing))


def _with_fewer_texts(found: re.Match[str]) -> str:
    texts = [_Text(float(x), y, mark, text) for x, y, mark, text in _TEXT.findall(found[0])]
    lines = groupby(texts, key=lambda each: (each.y, each.is_sign))
    return "".join(
        part for (_, is_sign), line in lines for part in (_signs([*line]) if is_sign else _words([*line]))
    )


def _signs(signs: Sequence[_Text]) -> Iterator[str]:
    places = " ".join(f"{sign.x:g}" for sign in signs)
    yield f'<text x="{places}" y="{signs[0].y}" class="m">{"".join(sign.text for sign in signs)}</text>'


def _words(words: Sequence[_Text]) -> Iterator[str]:
    """Words in a line, those that follow each other as one text."""
    run = words[0]
    for word in words[1:]:
        if word.x == run.next and not word.mark and not run.mark:
            run = run._replace(text=f"{run.text} {word.text}")
        else:
            yield _text(run)
            run = word
    yield _text(run)


def _text(run: _Text) -> str:
    return f'<text x="{run.x:g}" y="{run.y}"{run.mark}>{run.text}</text>'


def _with_fewer_boxes(path: re.Match[str]) -> str:
    """A path in which adjoining boxes are one, and a path of its dots."""
    boxes = [_Box(*map(float, box)) for box in _BOX.findall(path[1])]
    kept = "".join(
        f"M{box.x:g} {box.y:g}h{box.width:g}v{box.height:g}h-{box.width:g}z"
        for box in _adjoined([box for box in boxes if not _is_dot(box)])
    )
    drawn = f'<path d="{kept}"/>' if kept else ""
    dots = [(box.x, box.y) for box in boxes if _is_dot(box)]
    if not dots:
        return drawn
    (x, y), *_ = dots
    steps = ((round((b[0] - a[0]) / _APART), round((b[1] - a[1]) / _APART)) for a, b in pairwise(dots))
    # Each point is written as its distance from the one before.
    points = "M0 0h0" + "".join(f"m{across} {down}h0" for across, down in steps)
    place = f"translate({x + _SIDE / 2:g} {y + _SIDE / 2:g}) scale({_APART})"
    return f'{drawn}<path class="dots" transform="{place}" d="{points}"/>'


def _is_dot(box: _Box) -> bool:
    return box.width == box.height == _SIDE


def _adjoined(boxes: Sequence[_Box]) -> Iterator[_Box]:
    """Boxes in the order in which they are drawn; those beside each other in a line as one."""
    run: _Box | None = None
    for box in boxes:
        if run and (box.y, box.height) == (run.y, run.height) and box.x == round(run.x + run.width, 3):
            run = run._replace(width=round(run.width + box.width, 3))
            continue
        if run:
            yield run
        run = box
    if run:
        yield run
