"""Two sides of a story: what two queries find, what both of them do, and what only one does, day by day."""

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
    from timeline_tui.timeline.view import View

BETWEEN = " | "
"""Stands between two queries where they are typed as one text."""

_LEFT, _RIGHT, _BOTH = 1, 2, 3
_LIKELY = 12
"""So many values of a field with most events are looked at more closely."""
_QUOTED_OR_BAR = re.compile(r'"(?:[^"]|"")*"?|(\|)')


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    query: Query
    words: str
    """What it shows, visible and on one line: `actor: Russia · kind: vote`."""
    count: int
    """Events of the view that the query finds."""


class Pair(NamedTuple):
    """A row: an event on both sides, or what only the left and only the right have on the same day."""

    left: int | None
    """Key of an event; None for none."""
    right: int | None
    both: bool
    """Whether it is one event that both have; `left` and `right` are the same then."""


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


def compare(view: View, left: Query, right: Query) -> Sides:
    """What two queries find of the events of a view, whose own filter stays in force."""
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
    """The two queries that a text `QUERY | QUERY` means, or what is wrong with it first.

    Any text may be given. A `|` within quotation marks stands for itself, and one within a word too
    where another stands alone. Told apart by `isinstance(…, QueryProblem)`.
    """
    bars = _bars(text)
    if not bars:
        whole = parse_query(text, vocabulary)
        missing = "two queries are needed, with | between them: actor:one | actor:other"
        return next(iter(whole.problems), QueryProblem(0, len(text), missing))
    if len(bars) > 1:
        return QueryProblem(bars[1], bars[1] + 1, f"two sides are compared, not {len(bars) + 1}")
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


def suggestions(view: View) -> list[tuple[Query, Query]]:
    """Sides worth comparing: the two actors with most events of the view, then the two languages.

    Only what there is: two, one or none.
    """
    actors = sorted(view.actors(), key=lambda actor: -(actor.count or 0))
    tongues = view.vocabulary.values.get("language", {})
    spoken = sorted(tongues, key=lambda tongue: -len(view.keys_with("language", folded(tongue))))
    return [
        *_two_with_most(view, "actor", (actor.id for actor in actors[:_LIKELY])),
        *_two_with_most(view, "language", spoken[:_LIKELY]),
    ]


def _two_with_most(view: View, field: str, values: Iterable[str]) -> Iterator[tuple[Query, Query]]:
    """The two values of a field with most events, if there are two that do not mean the same."""
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
        # A variety of a language is a part of it and no other side.
        if not matches(field, one, other) and not matches(field, other, one):
            yield left, right
            return


def _pairs(view: View, marks: bytearray) -> Iterator[Pair]:
    """The rows; an event of both parts what was before it on its day from what is after it."""
    keys, standing = view.keys, view.order.standing
    lefts: list[int] = []
    rights: list[int] = []
    until = 0
    for position, mark in zip(compress(count(), marks), filter(None, marks), strict=True):
        if position >= until:
            yield from _side_by_side(lefts, rights)
            lefts, rights = [], []
            # Asked for once a day, not once an event.
            until = view.order.first_from(standing[position] + 1)
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
    """Where a `|` parts the text: those that stand alone, or if there is none, those within words."""
    bars = [match.start() for match in _QUOTED_OR_BAR.finditer(text) if match[1]]
    alone = [bar for bar in bars if not f"{text[:bar][-1:]}{text[bar + 1 :][:1]}".strip()]
    return alone or bars


def _in_words(view: View, query: Query) -> str:
    return " · ".join(query.in_words(view.label)) or "everything"
