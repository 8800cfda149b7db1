"""Two sides of a story: the events that two queries find, both of them or only one, day by day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress, count, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.query.language import Query, QueryProblem, parse_query
from timeline_tui.query.vocabulary import folded, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.query.vocabulary import Vocabulary
    from timeline_tui.timeline.protocol import TimelineView

BETWEEN = " | "
"""Separates two queries that are typed as one text."""

_LEFT, _RIGHT, _BOTH = 1, 2, 3
_LIKELY = 12
"""Number of values of a field, those with most events, that are considered for a suggestion."""
_QUOTED_OR_BAR = re.compile(r'"(?:[^"]|"")*"?|(\|)')


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides."""

    query: Query
    words: str
    """The query in words, visible and on one line: `actor: Russia · kind: vote`."""
    count: int
    """Events of the view that the query finds."""


class Pair(NamedTuple):
    """A row: one event on both sides, or an event only on the left beside one only on the right."""

    left: int | None
    """Key of an event; None for none."""
    right: int | None
    both: bool
    """Whether it is one event on both sides; `left` and `right` are equal then."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides on one axis of time."""

    left: Side
    right: Side
    pairs: Sequence[Pair]
    """In chronological order, as the events of each side are."""
    both: int
    only_left: int
    only_right: int


def compare(view: TimelineView, left: Query, right: Query) -> Sides:
    """Compare what two queries find among the events of a view; the view's own filter stays in force."""
    on_left, on_right = view.find(left), view.find(right)
    marks = bytearray(view.count)
    for position in on_left:
        marks[position] = _LEFT
    for position in on_right:
        marks[position] |= _RIGHT
    both = marks.count(_BOTH)
    return Sides(
        Side(left, _in_words(view, left), len(on_left)),
        Side(right, _in_words(view, right), len(on_right)),
        list(_pairs(view, marks)),
        both,
        len(on_left) - both,
        len(on_right) - both,
    )


def sides_as_typed(left: Query, right: Query) -> str:
    """Two sides as they are typed: `parse_sides(written(left, right), None) == (left, right)`."""
    return f"{left}{BETWEEN}{right}"


def parse_sides(text: str, vocabulary: Vocabulary | None) -> tuple[Query, Query] | QueryProblem:
    """The two queries that a text `QUERY | QUERY` means, or the first problem in it.

    Any text may be given. A `|` within quotation marks is part of the text, and so is one within a word if
    another one stands alone.
    """
    bars = _bars(text)
    if not bars:
        whole = parse_query(text, vocabulary)
        missing = "type two queries with | between them, for example actor:one | actor:other"
        return next(iter(whole.problems), QueryProblem(0, len(text), missing))
    if len(bars) > 1:
        return QueryProblem(bars[1], bars[1] + 1, f"only two sides can be compared, not {len(bars) + 1}")
    (bar,) = bars
    sides = []
    for start, end, name in ((0, bar, "before"), (bar + 1, len(text), "after")):
        query, problems = parse_query(text[start:end], vocabulary)
        for problem in problems:
            return problem._replace(start=problem.start + start, end=problem.end + start)
        if not query:
            return QueryProblem(bar, bar + 1, f"there is no query {name} the |")
        sides.append(query)
    return sides[0], sides[1]


def suggestions(view: TimelineView) -> list[tuple[Query, Query]]:
    """Sides worth comparing: the two actors with most events in the view, then the two languages.

    None, one or two pairs.
    """
    actors = sorted(view.actors(), key=lambda actor: -(actor.count or 0))
    languages = view.vocabulary.values.get("language", {})
    most_used = sorted(languages, key=lambda language: -len(view.keys_with("language", folded(language))))
    return [
        *_two_with_most(view, "actor", (actor.id for actor in actors[:_LIKELY])),
        *_two_with_most(view, "language", most_used[:_LIKELY]),
    ]


def _two_with_most(view: TimelineView, field: str, values: Iterable[str]) -> Iterator[tuple[Query, Query]]:
    """The two values of a field with most events, if there are two with different meanings."""
    counted = []
    for value in filter(None, values):
        query = Query().with_term(field, value)
        if found := view.count_of(query):
            counted.append((found, value, query))
    counted.sort(key=lambda each: -each[0])
    if not counted:
        return
    _, first, left = counted[0]
    one = folded(first)
    for _, value, right in counted[1:]:
        other = folded(value)
        # A variety of a language is part of that language, not another side.
        if not matches(field, one, other) and not matches(field, other, one):
            yield left, right
            return


def _pairs(view: TimelineView, marks: bytearray) -> Iterator[Pair]:
    """The rows; an event on both sides separates the events before it on its day from those after it."""
    keys = view.keys
    lefts: list[int] = []
    rights: list[int] = []
    until = 0
    for position, mark in zip(compress(count(), marks), filter(None, marks), strict=True):
        if position >= until:
            yield from _side_by_side(lefts, rights)
            lefts, rights = [], []
            # Asked for once a day, not once an event.
            until = view.end_of_day(position)
        key = keys[position]
        if mark == _LEFT:
            lefts.append(key)
        elif mark == _RIGHT:
            rights.append(key)
        else:
            yield from _side_by_side(lefts, rights)
            lefts, rights = [], []
            yield Pair(key, key, both=True)
    yield from _side_by_side(lefts, rights)


def _side_by_side(lefts: list[int], rights: list[int]) -> Iterator[Pair]:
    for left, right in zip_longest(lefts, rights):
        yield Pair(left, right, both=False)


def _bars(text: str) -> list[int]:
    """Positions of the `|` that separate sides: those that stand alone, or if there are none, all."""
    bars = [match.start() for match in _QUOTED_OR_BAR.finditer(text) if match[1]]
    alone = [bar for bar in bars if not f"{text[:bar][-1:]}{text[bar + 1 :][:1]}".strip()]
    return alone or bars


def _in_words(view: TimelineView, query: Query) -> str:
    return " · ".join(query.in_words(view.label)) or "everything"
