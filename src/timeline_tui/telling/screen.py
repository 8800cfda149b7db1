"""A step as a screen: few words, large by the space around them, and the strip of time below."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.answers.history import claimed_and_disputed
from timeline_tui.answers.provenance import source_name
from timeline_tui.answers.statements import question_of, quoted
from timeline_tui.answers.support import reason_fallen
from timeline_tui.answers.wordings import versions
from timeline_tui.drawing.cell_row import CellRow
from timeline_tui.drawing.folded_axis import FOLD, FoldedAxis
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.drawing.symbols import bars
from timeline_tui.pages.claims import claims_page
from timeline_tui.telling.pictures import step_picture
from timeline_tui.text.cells import cells, clipped, padded
from timeline_tui.text.sanitize import one_line, visible
from timeline_tui.timeline.signs import CLOCK, FALLEN, STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Event, Quote
    from timeline_tui.telling.path import Path, ShownStep

_COLUMN: Final = 76
"""Cells of a line of words at most; longer ones are hard to read from afar."""
_MARGIN: Final = 2
_HEIGHT_FOR_STRIP: Final = 12
"""Lines from which on the strip of time is shown."""
_STRIP: Final = 3
_TOP_SHARE: Final = 3
"""One in this number of the empty lines is above the words."""


class StepScreen(NamedTuple):
    """A step in a size."""

    lines: tuple[Line, ...]
    """Exactly as many as the screen has."""
    top: int = 0
    """The first line in sight of what the step shows."""
    last_top: int = 0
    """The last line that can be the first in sight; 0 if everything is."""


class _Size(NamedTuple):
    width: int
    height: int

    @property
    def column(self) -> int:
        return max(1, min(_COLUMN, self.width - 2 * _MARGIN))

    @property
    def indent(self) -> int:
        return max(0, (self.width - self.column) // 2)


def opening_screen(path: Path, width: int, height: int) -> StepScreen:
    """What is shown before the first step: title, description, and how many steps follow."""
    size = _Size(width, height)
    body = [
        *_title(path.title, size),
        BLANK,
        *paragraph(path.description, size.column),
        BLANK,
        line(count_of(path.count, "step") if path.count else "There is nothing to tell here.", "detail"),
    ]
    return _composed([_indented(each, size.indent) for each in body], [], size, 0)


def step_screen(path: Path, number: int, width: int, height: int, top: int = 0) -> StepScreen:
    """A step of a path in a size.

    Args:
        path: The steps.
        number: Of the step, from 1.
        width: In cells, at least 1.
        height: In lines, at least 1.
        top: The first line in sight of what the step shows, where that is longer than the screen.

    Raises:
        IndexError: There is no such step.
    """
    shown, size = path.step(number), _Size(width, height)
    strip = _strip(shown, size) if height >= _HEIGHT_FOR_STRIP else []
    return _composed(list(_body(shown, size, height - len(strip))), strip, size, top)


def step_lines(path: Path, number: int, width: int) -> list[Line]:
    """All that a step shows but the strip of time, in as many lines as it takes.

    Raises:
        IndexError: There is no such step.
    """
    return list(_body(path.step(number), _Size(width, 0), 0))


def _composed(body: list[Line], strip: list[Line], size: _Size, top: int) -> StepScreen:
    """The lines of a step, at the height of the eye, above the strip of time."""
    room = max(1, size.height - len(strip))
    last_top = max(0, len(body) - room)
    top = min(max(top, 0), last_top)
    above = max(0, room - len(body)) // _TOP_SHARE
    seen = [*[BLANK] * above, *body[top : top + room]]
    if top < last_top:
        left = len(body) - top - room + 1
        more = f"↓ {count_of(left, 'more line')}"
        seen[-1] = line(more.rjust(size.width - _MARGIN)[: size.width], "detail")
    seen += [BLANK] * (room - len(seen))
    return StepScreen(tuple([*seen, *strip][: size.height]), top, last_top)


def _indented(shown: Line, indent: int) -> Line:
    return Line((Span(" " * indent, "gap"), *shown.spans), shown.targets) if indent and shown.spans else shown


def _body(shown: ShownStep, size: _Size, room: int) -> Iterator[Line]:
    """Everything of a step but the strip of time."""
    column = size.column
    # Below a picture of the whole width, centred words would look lost.
    indent = _MARGIN if shown.topic or shown.picture else size.indent
    words = list(_words(shown, size))
    yield from (_indented(each, indent) for each in words)
    if shown.topic:
        page = claims_page(shown.view, shown.topic, max(1, size.width - 2 * _MARGIN), in_short=True)
        yield from (_indented(each, _MARGIN) for each in page.lines)
    if shown.picture:
        height = max(room - len(words), 4) if room else None
        picture = step_picture(shown, max(1, size.width - 2 * _MARGIN), height)
        yield from (_indented(each, _MARGIN) for each in picture.lines)
    if shown.problem:
        yield from (_indented(each, indent) for each in paragraph(shown.problem, column, "doubt"))


def _words(shown: ShownStep, size: _Size) -> Iterator[Line]:
    """The event, the question or the name of the picture; then the words of the step."""
    column = size.column
    said = paragraph(shown.text, column)
    if shown.key >= 0:
        event = shown.view.event(shown.key)
        yield from _event(shown, event, size)
        if shown.quote >= 0:
            yield BLANK
            yield from _quote(shown, event.quotes[shown.quote], column)
        if said:
            yield BLANK
            yield from said
    elif shown.topic:
        yield from _title(question_of(shown.view, shown.topic), size)
        yield from said
    else:
        yield from paragraph(shown.text, column, "title")
    if shown.topic or shown.picture:
        yield BLANK


def _title(title: str, size: _Size) -> list[Line]:
    """A title in capitals with a rule as long as its longest line."""
    rows = paragraph(title.upper(), size.column, "title")
    longest = max((cells(row.text) for row in rows), default=0)
    return [*rows, line("─" * longest, "faint")]


def _event(shown: ShownStep, event: Event, size: _Size) -> Iterator[Line]:
    """Date, place and status over the title; then who disputes it."""
    view, column = shown.view, size.column
    status = view.status_of(event)
    where = " · ".join(filter(None, (view.date_in_words(event.date), view.place_of(event))))
    stated = f"{STATUS_SIGNS[status]} {status_word(status)}" if status else ""
    look: Part = "doubt" if status in ("claimed", "disputed", "denied") else "certain"
    gap = column - cells(where) - cells(stated)
    if gap > 1:
        yield Line((Span(where, "name"), Span(" " * gap, "gap"), Span(stated, look)))
    else:
        yield from paragraph(where, column, "name")
        yield line(stated, look)
    yield BLANK
    title = one_line(event.title)
    is_fallen = view.is_fallen(shown.key)
    yield from _title(f"{FALLEN} {title}" if is_fallen else title, size)
    if is_fallen and (reason := reason_fallen(view, view.support(shown.key)[()])):
        yield from paragraph(reason, column, "doubt")
    if sides := claimed_and_disputed(view, event):
        yield from paragraph(sides, column, "doubt" if look == "doubt" else "detail")


def _quote(shown: ShownStep, quote: Quote, column: int) -> Iterator[Line]:
    """The words, who spoke them, and in how many versions they are printed."""
    view = shown.view
    target = Target(shown.key, shown.quote, leads="wordings")
    words = quoted(quote.kind, visible(quote.text).strip())
    reason = (
        reason_fallen(view, left) if (left := view.support(shown.key).get(("quotes", shown.quote))) else ""
    )
    yield from paragraph(
        f"{FALLEN} {words}" if reason else words, column, "fallen" if reason else "words", 0, target
    )
    yield from paragraph(reason, column, "doubt")
    if quote.kind != "direct":
        kind = "satire" if quote.kind == "satire" else "paraphrase"
        yield line(f"({kind})", "doubt")
    speaker = view.actor(quote.speaker, view.event(shown.key).date.earliest)
    role = one_line(speaker.role) if speaker is not None else ""
    who = clipped(", ".join(filter(None, (view.actor_name(quote.speaker), role))), column)
    yield line(padded("", column - cells(who)) + who, "name")
    found = versions(view, quote)
    outlets = {outlet.name for version in found for outlet in version.outlets}
    if len(found) > 1:
        yield BLANK
        told = f"{count_of(len(outlets), 'outlet')} print this in {count_of(len(found), 'version')}"
        yield from paragraph(told, column, "detail", 0, target)


def _strip(shown: ShownStep, size: _Size) -> list[Line]:
    """The days of the view: ticks, how many events, and where the step is; then its clocks."""
    view = shown.view
    width = max(1, size.width - 2 * _MARGIN)
    if not view.count:
        return [BLANK] * (_STRIP - 1) + [_clocks(shown, size)]
    axis = FoldedAxis(*view.span, width, view.empty_times(width))
    ticks, marks = CellRow(width), CellRow(width)
    if shown.key >= 0:
        ticks.put(axis.cell(view.sort_key(shown.key)[0]), "▼", "title")
    for tick in axis.ticks(view.origin):
        if ticks.is_blank(tick.cell - 1, tick.cell + cells(tick.label) + 2):
            ticks.put(tick.cell, f"╷{tick.label}", "faint")
    cuts = view.cuts(axis.starts())
    heights = bars([after - before for before, after in pairwise(cuts)])
    for cell, bar in enumerate(heights):
        marks.put(cell, bar, "figure")
    for fold in axis.folds:
        marks.mark(fold, FOLD, "faint")
    return [_indented(ticks.line(), _MARGIN), _indented(marks.line(), _MARGIN), _clocks(shown, size)]


def _clocks(shown: ShownStep, size: _Size) -> Line:
    """As known on which day, and without which sources; blank where all is shown."""
    view = shown.view
    told = [f"{CLOCK} as known on {view.day_in_words(view.known_on)}"] if view.known_on is not None else []
    if view.without:
        names = ", ".join(dict.fromkeys(source_name(view, id_) for id_ in sorted(view.without)))
        number = f"{count_of(len(view.without), 'source')}: " if len(view.without) > 1 else ""
        told.append(f"{FALLEN} without {number}{names}")
    return line(" " * _MARGIN + clipped(" · ".join(told), max(0, size.width - 2 * _MARGIN)), "doubt")
