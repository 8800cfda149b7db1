"""Claims on an axis of days: a row a speaker, a sign a claim, revisions joined."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import day_stated
from timeline_tui.dates.edtf import BEGINNING, END
from timeline_tui.drawing.figure_axis import FIGURE_SIGNS, figure_kind, figure_without_sign
from timeline_tui.drawing.lines import Line, Span, line, paragraph
from timeline_tui.drawing.time_axis import Tick, TimeAxis
from timeline_tui.pages.claims.account import BESIDE, MOST, headed
from timeline_tui.text.cells import cells, padded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.answers.claims import DatedClaim
    from timeline_tui.pages.claims.account import TopicClaims
    from timeline_tui.timeline.view import View

_SEVERAL = "✱"
_NUMBERED = "#"
"""Before the number of an answer that has no letter any more."""
_EXTENT = "┄"
_JOIN = "─"
_MEANINGS = {
    _SEVERAL: "several claims at one place",
    _EXTENT: "some day in this time",
    _JOIN: "the same speaker again",
}
_MOST = 4
"""Claims in one cell of which the figures are written out."""
_TICK_ROOM = 12


class _Group(NamedTuple):
    """What one speaker stated in one cell."""

    cell: int
    first: int
    """The first cell that its date may mean."""
    last: int
    """The last one."""
    sign: str
    label: str


def time_panel(account: TopicClaims, width: int) -> list[Line]:
    """The claims over the days on which they were made.

    Nothing where no date of them is known.
    """
    days = [day for one in account.claims for day in _days(one) if BEGINNING < day < END]
    if not days:
        return []
    first, last = min(days), max(days)
    beside = width >= BESIDE
    name_room = min(max(map(cells, account.names.values())) + 1, width * 2 // 5) if beside else 0
    rows = account.speakers[:MOST]
    room = width - name_room
    scale = TimeAxis(first, last, max(room - _label_room(account, rows, room), 1))
    span = account.view.day_in_words(first)
    if last > first:
        span += f" to {account.view.day_in_words(last)}"
    drawn = [_row(account, claims, scale, room) for _, claims in rows]
    lines = [*paragraph(f"When: {span}", width, "heading"), *_legend(account, "".join(drawn), width)]
    lines.append(line(" " * name_room + _axis(account.view, scale, room), "faint"))
    for (speaker, claims), row in zip(rows, drawn, strict=True):
        name = account.names[speaker]
        if beside:
            spans = (Span(padded(name, name_room - 1), "name"), Span(" "), Span(row, "figure"))
            lines.append(Line(spans, account.targets(claims)))
        else:
            lines += [*headed(name, [], width), line(row, "figure", *account.targets(claims))]
    return lines


def _days(one: DatedClaim) -> tuple[int, int]:
    return day_stated(one.date), one.date.latest


def _label_room(account: TopicClaims, rows: Sequence[tuple[str, list[DatedClaim]]], room: int) -> int:
    """Cells to be kept free on the right for the figure of what was said last."""
    longest = max(len(_mark(account, claims[-1])[1]) for _, claims in rows)
    return min(longest, room // 4)


def _mark(account: TopicClaims, one: DatedClaim) -> tuple[str, str]:
    """The sign of a claim, and its figure."""
    if one.figure is None:
        letter = account.letters[one.key, one.number]
        return (letter, "") if len(letter) == 1 else (_NUMBERED, letter)
    return FIGURE_SIGNS[figure_kind(one.figure)], figure_without_sign(one.figure)


def _row(account: TopicClaims, claims: Sequence[DatedClaim], scale: TimeAxis, room: int) -> str:
    groups = list(_groups(account, claims, scale))
    row = [" "] * room
    first, last = groups[0].cell, groups[-1].cell
    row[first:last] = _JOIN * (last - first)
    for group in groups:
        row[group.first : group.last + 1] = _EXTENT * (group.last + 1 - group.first)
    for group, end in zip(groups, [*(group.cell - 1 for group in groups[1:]), room], strict=True):
        row[group.cell] = group.sign
        start, stop = group.last + 1, group.last + 1 + len(group.label)
        if stop <= end:
            row[start:stop] = group.label
    return "".join(row).rstrip()


def _groups(account: TopicClaims, claims: Sequence[DatedClaim], scale: TimeAxis) -> Iterator[_Group]:
    placed = sorted(((scale.cell(day_stated(one.date)), one) for one in claims), key=lambda pair: pair[0])
    for cell, found in groupby(placed, key=lambda pair: pair[0]):
        group = [one for _, one in found]
        first = 0 if any(one.date.earliest == BEGINNING for one in group) else cell
        last = scale.cell(max([one.date.latest for one in group]))
        marks = list(dict.fromkeys(_mark(account, one) for one in group)) if len(group) <= _MOST else []
        if len(marks) == 1:
            yield _Group(cell, first, last, *marks[0])
        else:
            yield _Group(cell, first, last, _SEVERAL, " ".join(sign + label for sign, label in marks))


def _axis(view: View, scale: TimeAxis, room: int) -> str:
    row = ""
    for tick in _ticks(view, scale):
        text = f"╷{tick.label}"
        if tick.cell >= len(row) + bool(row) and tick.cell + len(text) <= room:
            row = row.ljust(tick.cell) + text
    return row or "╷"


def _ticks(view: View, scale: TimeAxis) -> list[Tick]:
    if view.origin is None:
        return scale.ticks()
    # Days that are counted from an origin are marked in round numbers from there.
    wanted = max(1, scale.width // _TICK_ROOM)
    least = -(-(scale.last - scale.first + 1) // wanted)
    power = 10 ** (len(str(least)) - 1)
    step: int = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
    first = scale.first + (view.origin - scale.first) % step
    return [Tick(scale.cell(day), view.day_in_words(day)) for day in range(first, scale.last + 1, step)]


def _legend(account: TopicClaims, drawn: str, width: int) -> list[Line]:
    told = [f"{sign} {name}" for name, sign in FIGURE_SIGNS.items() if name in account.kinds]
    if account.answers:
        letters = [account.answers[0].letter, account.answers[-1].letter]
        told.append(f"{' to '.join(dict.fromkeys(letters))}: the answers below")
    for sign, meaning in _MEANINGS.items():
        if sign in drawn:
            told.append(f"{sign} {meaning}")
    return paragraph(" · ".join(told), width, "detail")
