"""The page of a topic: every claim in time and on one scale, the spread on each day, the answers in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import by_speaker, day_stated, spreads
from timeline_tui.drawing.figure_axis import FIGURE_DRAWINGS, FigureAxis, figure_kind
from timeline_tui.drawing.lines import BLANK, Line, Span, count_of, line, paragraph
from timeline_tui.pages.claims.account import MOST, headed, topic_claims
from timeline_tui.pages.claims.answer_panel import answer_panel
from timeline_tui.pages.claims.time_panel import time_panel
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, padded, wrapped
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.planned import nothing_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.answers.claims import DatedClaim, Spread
    from timeline_tui.pages.claims.account import TopicClaims
    from timeline_tui.timeline.view import View

_LEAST_SCALE = 32
"""Cells without which a drawing goes below its figure instead of beside it."""
_GUTTER = 2
_SATIRE = "satire"
_CUT_OFF = (
    f"There is too much to list it all: of claims and days the last {MOST:,} are listed below, of speakers "
    "the first. A narrower filter shows the others."
)
_SPREAD_MEANS = "From the lowest to the highest figure in the last words of all speakers by then."


def claims_page(view: View, topic: str, width: int) -> Page:
    """The claims of a view on a topic, in lines of at most `width` cells (30 and more).

    Where nobody in the view makes a claim on the topic, or the file does not know it, the page says so.
    """
    record = view.topic(topic)
    title = one_line(record.question) if record else one_line(topic)
    told = topic_claims(view, topic)
    if not told.claims:
        return Page(title, tuple(paragraph(_absence(view, topic), width)))
    found = spreads(told.figures)
    lines = paragraph(_summary(told, found), width)
    if record and record.description:
        lines += paragraph(one_line(record.description), width, "detail")
    if max(len(told.figures), len(told.texts), len(told.names), len(found)) > MOST:
        lines += paragraph(_CUT_OFF, width, "doubt")
    for panel in (
        time_panel(told, width),
        _figure_panel(told, width),
        _spread_panel(told, found, width),
        answer_panel(told, width),
    ):
        if panel:
            lines += [BLANK, *panel]
    return Page(title, tuple(lines))


def _absence(view: View, topic: str) -> str:
    """Why there is nothing to show; a view as known on a day does not tell what is known later."""
    if blank := nothing_known(view):
        return blank
    if view.known_on is not None:
        shown = " in the events shown" if view.query else ""
        return f"No claim on this is known by {view.day_in_words(view.known_on)}{shown}."
    count = len(view.index.keys_with("topic", topic))
    if count:
        have = "has" if count == 1 else "have"
        return (
            f"None of the events shown has a claim on this; {count_of(count, 'event')} of the story {have}."
        )
    if view.topic(topic) is None:
        return "The story has no such topic."
    return "Nobody in the story makes a claim on this."


def _summary(told: TopicClaims, found: Sequence[Spread]) -> str:
    unit = _unit(told)
    parts = [count_of(len(told.claims), "claim") + f" by {count_of(len(told.names), 'speaker')}"]
    if unit:
        parts.insert(0, unit)
    if found:
        parts.append(f"spread now: {found[-1]}")
    if satire := sum(map(told.is_satire, told.claims)):
        parts.append(f"{count_of(satire, 'claim')} resting on satire alone, counted like the others")
    if told.unread:
        parts.append(f"{count_of(told.unread, 'earlier event')} with claims on this left out")
    return " · ".join(parts)


def _unit(told: TopicClaims) -> str:
    record = told.view.topic(told.topic)
    return one_line(record.unit) if record else ""


def _figure_panel(told: TopicClaims, width: int) -> list[Line]:
    """A heading for each speaker, then the figures in words and drawn on the one scale."""
    shown = told.listed_figures
    if not shown:
        return []
    columns = _columns(told, width)
    gauge = FigureAxis((one.figure for one in told.figures if one.figure), width - columns.before)
    lines = _figure_heading(told, gauge, width)
    lines.append(line(" " * columns.before + gauge.axis(), "faint"))
    for speaker, claims in by_speaker(shown):
        lines += headed(told.names[speaker], told.clashes(claims, "figures"), width)
        for place, one in enumerate(claims):
            drawing = Span(gauge.draw(one.figure) if one.figure else "", "figure")
            joints = _joints(place, len(claims))
            if columns.is_beside:
                lines.append(_beside(told, one, joints[0], columns, drawing))
            else:
                lines += _below(told, one, joints, drawing, width)
            lines += _note(one, joints[1], width)
    return lines


def _note(one: DatedClaim, down: str, width: int) -> list[Line]:
    """What the figure counts, in the author's words: two who are apart may count different things."""
    note = one_line(one.claim.note)
    rows = wrapped(note, width - _GUTTER - 2) if note else []
    return [Line((Span(down, "faint"), Span(f"  {row}", "detail"))) for row in rows]


class _Columns(NamedTuple):
    """Cells of what stands before the drawing of a figure."""

    when: int
    figure: int
    before: int
    is_beside: bool
    """Whether day and figure stand beside the drawing, not above it."""


def _columns(told: TopicClaims, width: int) -> _Columns:
    when = max(cells(told.when(one)) for one in told.listed_figures)
    figure = max(len(_figure(told, one)) for one in told.listed_figures)
    before = _GUTTER + when + 1 + figure + 1
    is_beside = width - before >= _LEAST_SCALE
    return _Columns(when, figure, before if is_beside else _GUTTER, is_beside)


def _beside(told: TopicClaims, one: DatedClaim, joint: str, columns: _Columns, drawing: Span) -> Line:
    when = Span(f"{padded(told.when(one), columns.when)} ", "detail")
    figure = Span(f"{padded(_figure(told, one), columns.figure)} ")
    return Line((Span(joint, "faint"), when, figure, drawing), told.targets([one]))


def _below(
    told: TopicClaims, one: DatedClaim, joints: tuple[str, str], drawing: Span, width: int
) -> list[Line]:
    first, *rest = wrapped(f"{told.when(one)}: {_figure(told, one)}", width - _GUTTER)
    down = Span(joints[1], "faint")
    return [
        Line((Span(joints[0], "faint"), Span(first)), told.targets([one])),
        *(Line((down, Span(row))) for row in rest),
        Line((down, drawing)),
    ]


def _figure_heading(told: TopicClaims, gauge: FigureAxis, width: int) -> list[Line]:
    unit = _unit(told)
    lines = paragraph(f"Figures{f' ({unit})' if unit else ''}, all on one scale", width, "heading")
    legend = [f"{sign} {name}" for name, sign in FIGURE_DRAWINGS.items() if name in told.kinds]
    lines += paragraph(" · ".join(legend), width, "detail")
    remarks = []
    if gauge.low > 0 or gauge.high < 0:
        remarks.append("the scale does not begin at 0")
    if gauge.merges():
        remarks.append("figures close to each other share a place")
    if any(one.figure and one.figure.about and figure_kind(one.figure) != "about" for one in told.figures):
        remarks.append("≈ at an end: about that figure")
    return lines + (paragraph("; ".join(remarks), width, "detail") if remarks else [])


def _figure(told: TopicClaims, one: DatedClaim) -> str:
    return f"{one.figure}, {_SATIRE}" if told.is_satire(one) else str(one.figure)


def _joints(place: int, count: int) -> tuple[str, str]:
    """What joins the figures of one speaker, earlier above later: on its line, and on those below it."""
    if place == count - 1:
        return ("└ " if place else "  "), "  "
    return ("├ " if place else "┌ "), "│ "


def _spread_panel(told: TopicClaims, found: Sequence[Spread], width: int) -> list[Line]:
    """The spread on each day on which a figure was stated."""
    if not found:
        return []
    by_day: defaultdict[int, list[DatedClaim]] = defaultdict(list)
    for one in told.figures:
        by_day[day_stated(one.date)].append(one)
    shown = found[-MOST:]
    whens = [_day(told, by_day[spread.day]) for spread in shown]
    counts = [count_of(spread.speakers, "speaker") for spread in shown]
    when_room, count_room = max(map(cells, whens)), max(map(cells, counts))
    indent = when_room + count_room + 4
    lines = [line("The spread, day by day", "heading"), *paragraph(_SPREAD_MEANS, width, "detail")]
    for spread, when, count in zip(shown, whens, counts, strict=True):
        targets = told.targets(by_day[spread.day])
        if width - indent >= _LEAST_SCALE:
            words, *rest = wrapped(str(spread), width - indent)
            head = Span(f"{padded(when, when_room)}  {padded(count, count_room)}  ", "detail")
            lines.append(Line((head, Span(words, "figure")), targets))
            lines += [line(" " * indent + row, "figure") for row in rest]
        else:
            head_row, *rows = wrapped(f"{when}, {count}", width)
            lines.append(line(head_row, "detail", *targets))
            lines += [line(row, "detail") for row in rows]
            lines += paragraph(str(spread), width, "figure", 2)
    return lines


def _day(told: TopicClaims, claims: Sequence[DatedClaim]) -> str:
    """A day as precisely as those who stated something on it gave it."""
    precise = [one for one in claims if one.date.earliest == one.date.latest]
    if precise:
        return told.view.day_in_words(precise[0].date.earliest)
    return told.when(claims[0])
