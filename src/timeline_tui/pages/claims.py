"""The page of a topic: its claims over time, as figures on one axis, as a range for each day, as answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import by_speaker, day_stated, spreads, topic_claims
from timeline_tui.answers.history import question_history, settled_answers
from timeline_tui.answers.settled import settlement_of
from timeline_tui.answers.statements import claim_in_words, source_ids
from timeline_tui.answers.support import reason_fallen
from timeline_tui.dates.edtf import BEGINNING, END
from timeline_tui.drawing.figure_axis import (
    FIGURE_DRAWINGS,
    FIGURE_SIGNS,
    FigureAxis,
    figure_kind,
    figure_without_sign,
)
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.drawing.time_axis import TimeAxis
from timeline_tui.model.support import State, Support
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, padded, wrapped
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.answers.claims import DatedClaim, Spread, TextAnswer, TopicClaims
    from timeline_tui.answers.settled import EarlierAnswer, Settlement
    from timeline_tui.dates.date import Date
    from timeline_tui.drawing.figure_axis import FigureKind
    from timeline_tui.drawing.lines import Part
    from timeline_tui.timeline.protocol import TimelineView

MOST = 2_000
"""Number of claims, days and speakers that a page lists at most; of claims and days the last ones."""
_NAMES_BESIDE = 60
"""Width in cells from which names stand beside their rows instead of above them."""
_LEAST_AXIS = 32
"""Width in cells that an axis needs beside the date and figure; with less it is drawn below them."""
_LEAST_ANSWERS = 24
"""Width in cells that the dated answers need beside the grid of answers; with less they follow below it."""
_GUTTER = 2
_SATIRE = "satire"
_CUT_OFF = (
    f"Not everything is listed: only the last {MOST:,} claims and days, and the first {MOST:,} speakers. "
    "Narrow the filter to see the others."
)
_SPREAD_MEANS = "Lowest and highest of everyone's latest figure on that day."
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_SEVERAL = "✱"
_NUMBERED = "#"
"""Sign of an answer that is numbered, because the letters are used up."""
_EXTENT = "┄"
_JOIN = "─"
_MEANINGS = {
    _SEVERAL: "several claims in one place",
    _EXTENT: "some day in this period",
    _JOIN: "the same speaker again",
}
_MOST_LABELLED = 4
"""Number of claims in one cell up to which their figures are written beside it."""

_GIVEN = "●"
_NOT_GIVEN = "·"
_NEXT = " → "


def claims_page(view: TimelineView, topic: str, width: int, *, in_short: bool = False) -> Page:
    """The claims of a view on a topic, in lines of at most `width` cells (30 and more).

    If nobody in the view makes a claim on the topic, or the file does not know it, the page says so.

    Args:
        view: The claims.
        topic: Its id.
        width: In cells.
        in_short: Only what the question came to, who said what when, and what the answers are.
    """
    record = view.topic(topic)
    title = one_line(record.question) if record else one_line(topic)
    shown = _ShownClaims(topic_claims(view, topic), width)
    if not shown.topic.claims:
        return Page(title, tuple(paragraph(_absence(view, topic), width)))
    found = spreads(shown.topic.figures)
    lines = paragraph(_summary(shown, found), width)
    if record and record.description:
        lines += paragraph(one_line(record.description), width, "detail")
    for sentence in question_history(view, record) if record else ():
        lines += paragraph(sentence, width, "detail")
    counts = len(shown.topic.figures), len(shown.topic.texts), len(shown.topic.names), len(found)
    if max(counts) > MOST:
        lines += paragraph(_CUT_OFF, width, "doubt")
    panels = [_settled_panel(shown), _time_panel(shown)]
    if in_short:
        panels.append(_answers(shown))
    else:
        panels += [_figure_panel(shown), _spread_panel(shown, found), _answer_panel(shown)]
    for panel in panels:
        if panel:
            lines += [BLANK, *panel]
    return Page(title, tuple(lines))


def _settled_panel(shown: _ShownClaims) -> list[Line]:
    """What the question came to, who had said what before, and what was said since; empty if it never did."""
    view, width = shown.topic.view, shown.width
    record = view.topic(shown.topic.topic)
    if record is None or not record.settled:
        return []
    found = settlement_of(shown.topic)
    heading = "Settled" if found is not None else "Open again"
    lines = [line(heading, "heading")]
    for sentence in settled_answers(view, record):
        lines += paragraph(f"{sentence}.", width)
    if found is None:
        return lines
    if lost := _lost(view, found):
        lines += paragraph(f"{FALLEN} {lost}.", width, "doubt")
    if found.before:
        lines += paragraph("What each had said last before that:", width, "detail")
    for earlier in found.before:
        lines += _earlier_answer(shown, earlier)
    for title, claims in (
        ("Of later days, and so not compared:", found.other_days),
        ("Resting only on satire:", found.satire),
        ("Resting only on sources that repeat others:", found.reposts),
        ("Said since it was settled:", found.since),
    ):
        if claims:
            lines += paragraph(title, width, "detail")
        for one in claims[-MOST:]:
            words = f"{_said(shown, one)} · {shown.date(one)}"
            lines += paragraph(words, width, "text", 2, *shown.targets([one]))
    return lines


def _earlier_answer(shown: _ShownClaims, earlier: EarlierAnswer) -> list[Line]:
    one = earlier.claim
    words = [_said(shown, one), *filter(None, [earlier.distance]), f"{shown.date(one)}, {earlier.ahead}"]
    if earlier.revised:
        before = _NEXT.join(f"{_value(shown, each)} ({shown.date(each)})" for each in earlier.revised[-MOST:])
        words.append(f"revised from {before}")
    return paragraph(" · ".join(words), shown.width, "text", 2, *shown.targets([one]))


def _said(shown: _ShownClaims, one: DatedClaim) -> str:
    return f"{shown.topic.names[one.claim.by]}: {_value(shown, one)}"


def _value(shown: _ShownClaims, one: DatedClaim) -> str:
    return claim_in_words(shown.topic.view, one.claim)


def _lost(view: TimelineView, found: Settlement) -> str:
    """Why the answer has lost all its sources; empty while it has one, or never had any."""
    lost = tuple(id_ for id_ in source_ids(found.answer.sources) if id_ in view.gone)
    if not lost or len(lost) < len(found.answer.sources):
        return ""
    return reason_fallen(view, Support(State.FALLEN, lost=lost))


@dataclass(frozen=True)
class _ShownClaims:
    """What all panels of the page are made from."""

    topic: TopicClaims
    width: int
    """In cells."""

    @cached_property
    def figures(self) -> list[DatedClaim]:
        """The claims with a figure that are listed."""
        return self.topic.figures[-MOST:]

    @cached_property
    def texts(self) -> list[DatedClaim]:
        """The claims with a text answer that are listed."""
        return self.topic.texts[-MOST:]

    @cached_property
    def kinds(self) -> frozenset[FigureKind]:
        """The kinds of figures that there are."""
        return frozenset(figure_kind(one.figure) for one in self.topic.figures if one.figure)

    @property
    def unit(self) -> str:
        """What the figures count; empty if the topic names no unit."""
        record = self.topic.view.topic(self.topic.topic)
        return one_line(record.unit) if record else ""

    @cached_property
    def _targets(self) -> dict[tuple[int, int], Target]:
        return {
            (one.key, one.number): Target(one.key, sources=source_ids(one.claim.sources), claim=one.number)
            for one in self.topic.claims
        }

    def targets(self, claims: Sequence[DatedClaim]) -> tuple[Target, ...]:
        """The event and the sources of each claim."""
        return tuple([self._targets[one.key, one.number] for one in claims])

    @cached_property
    def _dates(self) -> dict[Date, str]:
        return {}

    def date(self, one: DatedClaim) -> str:
        """The date of a claim in words."""
        words = self._dates.get(one.date)
        if words is None:
            words = self._dates[one.date] = one_line(self.topic.view.date_in_words(one.date))
        return words

    def conflicts(self, claims: Sequence[DatedClaim], what: str) -> list[str]:
        """What one speaker contradicts themselves in: `two figures on one day: 1 May 2024`."""
        return [
            f"{_number_in_words(number)} {what} on one day: {self.topic.view.day_in_words(day)}"
            for day, number in self.topic.conflicting_days(claims)
        ]


def _absence(view: TimelineView, topic: str) -> str:
    """Why there is nothing to show; a view as known on a day reveals nothing that became known later."""
    if blank := view.nothing_known:
        return blank
    if view.known_on is not None:
        shown = " in the events shown" if view.query else ""
        return f"No claim on this was known by {view.day_in_words(view.known_on)}{shown}."
    count = len(view.all_keys_with("topic", topic))
    if count:
        do = "does" if count == 1 else "do"
        return f"None of the events shown has a claim on this; {count_of(count, 'event')} of the story {do}."
    if view.topic(topic) is None:
        return "The story has no such topic."
    return "Nobody in the story makes a claim on this."


def _summary(shown: _ShownClaims, found: Sequence[Spread]) -> str:
    topic = shown.topic
    parts = [f"{count_of(len(topic.claims), 'claim')} by {count_of(len(topic.names), 'speaker')}"]
    if shown.unit:
        parts.insert(0, shown.unit)
    if found:
        parts.append(f"latest figures: {found[-1]}")
    if satire := sum(map(topic.is_satire, topic.claims)):
        rests = "rests" if satire == 1 else "rest"
        parts.append(f"{count_of(satire, 'claim')} {rests} only on satire (counted like the others)")
    if topic.unread:
        parts.append(f"{count_of(topic.unread, 'earlier event')} with claims on this left out")
    return " · ".join(parts)


def _heading(name: str, notes: Sequence[str], width: int) -> list[Line]:
    """A speaker's name with notes: beside it if there is room, else below."""
    note = "; ".join(notes)
    if note and cells(name) + 2 + cells(note) <= width:
        return [Line((Span(name, "name"), Span("  "), Span(note, "doubt")))]
    return paragraph(name, width, "name") + (paragraph(note, width, "doubt", 2) if note else [])


def _number_in_words(number: int) -> str:
    """`two` to `ten`, then `11`."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


class _Group(NamedTuple):
    """The claims of one speaker in one cell of the time axis."""

    cell: int
    first: int
    """The first cell that their dates can mean."""
    last: int
    """The last cell that their dates can mean."""
    sign: str
    label: str


def _time_panel(shown: _ShownClaims) -> list[Line]:
    """The claims on an axis of days: a row for each speaker, a sign for each claim, revisions joined.

    Empty if no date of the claims is known.
    """
    topic, width = shown.topic, shown.width
    days = [day for one in topic.claims for day in _days(one) if BEGINNING < day < END]
    if not days:
        return []
    first, last = min(days), max(days)
    name_room = _name_room(shown)
    rows = topic.speakers[:MOST]
    room = width - name_room
    axis = TimeAxis(first, last, max(room - _label_room(topic, rows, room), 1))
    period = topic.view.day_in_words(first)
    if last > first:
        period += f" to {topic.view.day_in_words(last)}"
    drawn = [_time_row(topic, claims, axis, room) for _, claims in rows]
    lines = [*paragraph(f"When: {period}", width, "heading"), *_time_legend(shown, "".join(drawn))]
    lines.append(line(" " * name_room + axis.text(topic.view.origin, room), "faint"))
    for (speaker, claims), row in zip(rows, drawn, strict=True):
        name, targets = topic.names[speaker], shown.targets(claims)
        if name_room:
            spans = (Span(padded(name, name_room - 1), "name"), Span(" "), Span(row, "figure"))
            lines.append(Line(spans, targets))
        else:
            lines += [*_heading(name, [], width), line(row, "figure", *targets)]
    return lines


def _name_room(shown: _ShownClaims) -> int:
    """Cells for the names and the blank after them; 0 if the names stand above their rows."""
    if shown.width < _NAMES_BESIDE:
        return 0
    return min(max(map(cells, shown.topic.names.values())) + 1, shown.width * 2 // 5)


def _days(one: DatedClaim) -> tuple[int, int]:
    return day_stated(one.date), one.date.latest


def _label_room(topic: TopicClaims, rows: Sequence[tuple[str, list[DatedClaim]]], room: int) -> int:
    """Cells to keep free on the right for each speaker's latest figure."""
    longest = max(len(_sign_and_label(topic, claims[-1])[1]) for _, claims in rows)
    return min(longest, room // 4)


def _sign_and_label(topic: TopicClaims, one: DatedClaim) -> tuple[str, str]:
    """The sign of a claim, and its figure."""
    if one.figure is None:
        letter = topic.letter(one)
        return (letter, "") if len(letter) == 1 else (_NUMBERED, letter)
    return FIGURE_SIGNS[figure_kind(one.figure)], figure_without_sign(one.figure)


def _time_row(topic: TopicClaims, claims: Sequence[DatedClaim], axis: TimeAxis, room: int) -> str:
    groups = list(_groups(topic, claims, axis))
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


def _groups(topic: TopicClaims, claims: Sequence[DatedClaim], axis: TimeAxis) -> Iterator[_Group]:
    placed = sorted(((axis.cell(day_stated(one.date)), one) for one in claims), key=lambda pair: pair[0])
    for cell, found in groupby(placed, key=lambda pair: pair[0]):
        group = [one for _, one in found]
        first = 0 if any(one.date.earliest == BEGINNING for one in group) else cell
        last = axis.cell(max([one.date.latest for one in group]))
        labelled = group if len(group) <= _MOST_LABELLED else []
        signs = list(dict.fromkeys(_sign_and_label(topic, one) for one in labelled))
        if len(signs) == 1:
            yield _Group(cell, first, last, *signs[0])
        else:
            yield _Group(cell, first, last, _SEVERAL, " ".join(sign + label for sign, label in signs))


def _time_legend(shown: _ShownClaims, drawn: str) -> list[Line]:
    entries = [f"{sign} {name}" for name, sign in FIGURE_SIGNS.items() if name in shown.kinds]
    if answers := shown.topic.answers:
        letters = dict.fromkeys((answers[0].letter, answers[-1].letter))
        entries.append(f"{' to '.join(letters)}: the answers below")
    entries += [f"{sign} {meaning}" for sign, meaning in _MEANINGS.items() if sign in drawn]
    return paragraph(" · ".join(entries), shown.width, "detail")


class _Columns(NamedTuple):
    """Widths in cells of what stands before the drawing of a figure."""

    date: int
    figure: int
    before: int
    is_beside: bool
    """Whether date and figure stand beside the drawing, not above it."""


def _figure_panel(shown: _ShownClaims) -> list[Line]:
    """Each speaker's name, then their figures in words and drawn on one axis."""
    if not shown.figures:
        return []
    columns = _columns(shown)
    axis = FigureAxis((one.figure for one in shown.topic.figures if one.figure), shown.width - columns.before)
    lines = _figure_heading(shown, axis)
    lines.append(line(" " * columns.before + axis.text(), "faint"))
    for speaker, claims in by_speaker(shown.figures):
        lines += _heading(shown.topic.names[speaker], shown.conflicts(claims, "figures"), shown.width)
        for index, one in enumerate(claims):
            drawing = Span(axis.draw(one.figure) if one.figure else "", "figure")
            joints = _joints(index, len(claims))
            if columns.is_beside:
                lines.append(_figure_beside(shown, one, joints[0], columns, drawing))
            else:
                lines += _figure_below(shown, one, joints, drawing)
            lines += _note(one, joints[1], shown.width)
    return lines


def _columns(shown: _ShownClaims) -> _Columns:
    date = max(cells(shown.date(one)) for one in shown.figures)
    figure = max(len(_figure(shown, one)) for one in shown.figures)
    before = _GUTTER + date + 1 + figure + 1
    is_beside = shown.width - before >= _LEAST_AXIS
    return _Columns(date, figure, before if is_beside else _GUTTER, is_beside)


def _figure(shown: _ShownClaims, one: DatedClaim) -> str:
    return ", ".join([str(one.figure), *_remarks(shown, one)])


def _remarks(shown: _ShownClaims, one: DatedClaim) -> list[str]:
    """What is to be known of a claim beside what it says."""
    remarks = [_SATIRE] if shown.topic.is_satire(one) else []
    if not one.is_standing:
        remarks.append("withdrawn" if one.claim.status == "withdrawn" else f"{FALLEN} fallen")
    return remarks


def _figure_heading(shown: _ShownClaims, axis: FigureAxis) -> list[Line]:
    unit = f" ({shown.unit})" if shown.unit else ""
    lines = paragraph(f"Figures{unit}, all on one scale", shown.width, "heading")
    legend = [f"{sign} {name}" for name, sign in FIGURE_DRAWINGS.items() if name in shown.kinds]
    lines += paragraph(" · ".join(legend), shown.width, "detail")
    remarks = []
    if axis.low > 0 or axis.high < 0:
        remarks.append("the scale does not begin at 0")
    if axis.merges():
        remarks.append("nearby figures overlap")
    figures = (one.figure for one in shown.topic.figures if one.figure)
    if any(figure.about and figure_kind(figure) != "about" for figure in figures):
        remarks.append("≈ at an end: about that figure")
    return lines + (paragraph("; ".join(remarks), shown.width, "detail") if remarks else [])


def _figure_beside(
    shown: _ShownClaims, one: DatedClaim, joint: str, columns: _Columns, drawing: Span
) -> Line:
    date = Span(f"{padded(shown.date(one), columns.date)} ", "detail")
    look: Part = "text" if one.is_standing else "fallen"
    figure = Span(f"{padded(_figure(shown, one), columns.figure)} ", look)
    return Line((Span(joint, "faint"), date, figure, drawing), shown.targets([one]))


def _figure_below(shown: _ShownClaims, one: DatedClaim, joints: tuple[str, str], drawing: Span) -> list[Line]:
    first, *rest = wrapped(f"{shown.date(one)}: {_figure(shown, one)}", shown.width - _GUTTER)
    down = Span(joints[1], "faint")
    look: Part = "text" if one.is_standing else "fallen"
    return [
        Line((Span(joints[0], "faint"), Span(first, look)), shown.targets([one])),
        *(Line((down, Span(row))) for row in rest),
        Line((down, drawing)),
    ]


def _joints(index: int, count: int) -> tuple[str, str]:
    """What joins one speaker's figures, earlier above later: on the figure's row, and on rows below it."""
    if index == count - 1:
        return ("└ " if index else "  "), "  "
    return ("├ " if index else "┌ "), "│ "


def _note(one: DatedClaim, down: str, width: int) -> list[Line]:
    """The author's note on a claim: figures that differ may count different things."""
    note = one_line(one.claim.note)
    rows = wrapped(note, width - _GUTTER - 2) if note else []
    return [Line((Span(down, "faint"), Span(f"  {row}", "detail"))) for row in rows]


def _spread_panel(shown: _ShownClaims, found: Sequence[Spread]) -> list[Line]:
    """The lowest and highest figure on each day on which somebody gave one."""
    if not found:
        return []
    by_day: defaultdict[int, list[DatedClaim]] = defaultdict(list)
    for one in shown.topic.figures:
        by_day[day_stated(one.date)].append(one)
    listed = found[-MOST:]
    dates = [_day(shown, by_day[spread.day]) for spread in listed]
    counts = [count_of(spread.speakers, "speaker") for spread in listed]
    date_room, count_room = max(map(cells, dates)), max(map(cells, counts))
    indent = date_room + count_room + 4
    lines = [line("The spread, day by day", "heading"), *paragraph(_SPREAD_MEANS, shown.width, "detail")]
    for spread, date, count in zip(listed, dates, counts, strict=True):
        targets = shown.targets(by_day[spread.day])
        if shown.width - indent >= _LEAST_AXIS:
            words, *rest = wrapped(str(spread), shown.width - indent)
            head = Span(f"{padded(date, date_room)}  {padded(count, count_room)}  ", "detail")
            lines.append(Line((head, Span(words, "figure")), targets))
            lines += [line(" " * indent + row, "figure") for row in rest]
        else:
            first, *rows = wrapped(f"{date}, {count}", shown.width)
            lines.append(line(first, "detail", *targets))
            lines += [line(row, "detail") for row in rows]
            lines += paragraph(str(spread), shown.width, "figure", 2)
    return lines


def _day(shown: _ShownClaims, claims: Sequence[DatedClaim]) -> str:
    """The date of claims that count from one day, as precise as the most precise of them."""
    precise = [one for one in claims if one.date.earliest == one.date.latest]
    if precise:
        return shown.topic.view.day_in_words(precise[0].date.earliest)
    return shown.date(claims[0])


def _answer_panel(shown: _ShownClaims) -> list[Line]:
    """The answers in words, then who gave which of them on which days; empty if there are none.

    If the grid of speakers and answers leaves no room for the dates, or does not fit itself, it is drawn in
    pieces and the dates follow.
    """
    if not shown.texts:
        return []
    width, answers = shown.width, _given_answers(shown)
    lines = [*_answers(shown), BLANK, line("Who gave which answer", "heading")]
    grid = _Grid(shown, by_speaker(shown.texts), _name_room(shown), len(answers[-1].letter) + 1)
    if grid.name_room and grid.name_room + grid.pitch * len(answers) + _LEAST_ANSWERS <= width:
        return lines + grid.with_dates(answers)
    return lines + grid.in_pieces(answers) + grid.dates()


def _given_answers(shown: _ShownClaims) -> list[TextAnswer]:
    given = {shown.topic.letter(one) for one in shown.texts}
    return [answer for answer in shown.topic.answers if answer.letter in given]


def _answers(shown: _ShownClaims) -> list[Line]:
    """The answers in words under their letters; empty if there are none."""
    answers = _given_answers(shown)
    lines = [line("Answers", "heading")] if answers else []
    for answer in answers:
        lines += _answer(shown, answer)
    return lines


def _answer(shown: _ShownClaims, answer: TextAnswer) -> list[Line]:
    speakers = len({one.claim.by for one in answer.claims})
    shared = f" ({count_of(speakers, 'speaker')})" if speakers > 1 else ""
    indent = len(answer.letter) + 2
    look: Part = "text" if any(one.is_standing for one in answer.claims) else "fallen"
    has_fallen = look == "fallen" and any(one.claim.status != "withdrawn" for one in answer.claims)
    text = f"{FALLEN} {answer.text}" if has_fallen else answer.text
    first, *rest = wrapped(text + shared, shown.width - indent) or [""]
    spans = (Span(f"{answer.letter}  ", "figure"), Span(first, look))
    return [Line(spans, shown.targets(answer.claims)), *(line(" " * indent + row, look) for row in rest)]


class _Grid(NamedTuple):
    """Speakers and answers, with a sign for each answer that a speaker gave."""

    shown: _ShownClaims
    rows: list[tuple[str, list[DatedClaim]]]
    name_room: int
    """Cells for the names and the blank after them; 0 if the names stand above their rows."""
    pitch: int
    """Cells from one answer to the next."""

    def with_dates(self, answers: Sequence[TextAnswer]) -> list[Line]:
        """The whole grid, with the dated answers beside each row."""
        lines = [self._header(answers)]
        before = self.name_room + self.pitch * len(answers) + 1
        for speaker, claims in self.rows:
            first, *rest = self._dated_answers(claims, self.shown.width - before)
            name = Span(f"{padded(self.shown.topic.names[speaker], self.name_room - 1)} ", "name")
            signs = Span(f"{self._signs(claims, answers)} ", "figure")
            lines.append(Line((name, signs, Span(first, "detail")), self.shown.targets(claims)))
            lines += [line(" " * before + row, "detail") for row in rest]
        return lines

    def in_pieces(self, answers: Sequence[TextAnswer]) -> list[Line]:
        """As many answers at a time as fit, each time with the speakers who gave one of them."""
        lines = []
        fitting = max((self.shown.width - self.name_room) // self.pitch, 1)
        for start in range(0, len(answers), fitting):
            piece = answers[start : start + fitting]
            speakers = {one.claim.by for answer in piece for one in answer.claims}
            lines.append(self._header(piece))
            for speaker, claims in self.rows:
                if speaker in speakers:
                    lines += self._row(speaker, claims, piece)
            lines.append(BLANK)
        return lines

    def dates(self) -> list[Line]:
        """Each speaker's answers with their dates, below the name."""
        lines = []
        for speaker, claims in self.rows:
            first, *rest = self._dated_answers(claims, self.shown.width - 2)
            lines += _heading(self.shown.topic.names[speaker], [], self.shown.width)
            lines.append(line(f"  {first}", "detail", *self.shown.targets(claims)))
            lines += [line(f"  {row}", "detail") for row in rest]
        return lines

    def _row(self, speaker: str, claims: Sequence[DatedClaim], answers: Sequence[TextAnswer]) -> list[Line]:
        name = self.shown.topic.names[speaker]
        signs = Span(self._signs(claims, answers).rstrip(), "figure")
        targets = self.shown.targets(claims)
        if not self.name_room:
            return [*_heading(name, [], self.shown.width), Line((signs,), targets)]
        return [Line((Span(f"{padded(name, self.name_room - 1)} ", "name"), signs), targets)]

    def _header(self, answers: Sequence[TextAnswer]) -> Line:
        letters = "".join(answer.letter.ljust(self.pitch) for answer in answers)
        return line(f"{' ' * self.name_room}{letters}".rstrip(), "faint")

    def _signs(self, claims: Sequence[DatedClaim], answers: Sequence[TextAnswer]) -> str:
        given = {self.shown.topic.letter(one) for one in claims}
        signs = (_GIVEN if answer.letter in given else _NOT_GIVEN for answer in answers)
        return "".join(sign.ljust(self.pitch) for sign in signs)

    def _dated_answers(self, claims: Sequence[DatedClaim], room: int) -> list[str]:
        """`B 10 October 2024 → F 21 October 2024`, in lines."""
        entries = []
        for one in claims:
            remarks = _remarks(self.shown, one)
            beside = f" ({', '.join(remarks)})" if remarks else ""
            entries.append(f"{self.shown.topic.letter(one)} {self.shown.date(one)}{beside}")
        words = _NEXT.join(entries)
        if conflicts := self.shown.conflicts(claims, "answers"):
            words += f" ({'; '.join(conflicts)})"
        return wrapped(words, room)
