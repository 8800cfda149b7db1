"""What all parts of the page of a topic go by: its claims with names, letters and signs of doubt."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import by_speaker, claims_on, unread_events
from timeline_tui.answers.statements import source_ids
from timeline_tui.drawing.figure_axis import figure_kind
from timeline_tui.drawing.lines import Line, Span, Target, paragraph
from timeline_tui.text.cells import cells
from timeline_tui.text.sanitize import fold, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.answers.claims import DatedClaim
    from timeline_tui.dates.date import Date
    from timeline_tui.drawing.figure_axis import FigureKind
    from timeline_tui.timeline.view import View

BESIDE = 60
"""Cells from which on names stand beside their rows, not above them."""
MOST = 2_000
"""Claims, days and speakers that are listed one by one, the last of those; no one reads more lines."""
_LETTERS = ascii_uppercase + ascii_lowercase
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Answer(NamedTuple):
    """A text that answers a topic's question, and everyone who gives it."""

    letter: str
    """`A` to `Z`, `a` to `z`, from there on the number of the answer."""
    text: str
    """As it was first written; visible, on one line."""
    claims: list[DatedClaim]


@dataclass(frozen=True)
class TopicClaims:
    """The claims of a view on one topic, chronological."""

    view: View
    topic: str
    claims: Sequence[DatedClaim]
    unread: int = 0
    """Earlier events whose claims are left out."""

    @cached_property
    def figures(self) -> list[DatedClaim]:
        """The claims that give a figure."""
        return [one for one in self.claims if one.figure is not None]

    @cached_property
    def texts(self) -> list[DatedClaim]:
        """The claims that give a text answer."""
        return [one for one in self.claims if one.figure is None]

    @cached_property
    def listed_figures(self) -> list[DatedClaim]:
        """The last of the claims that give a figure, no more than `MOST`."""
        return self.figures[-MOST:]

    @cached_property
    def listed_texts(self) -> list[DatedClaim]:
        """The last of the claims that give a text answer, no more than `MOST`."""
        return self.texts[-MOST:]

    @cached_property
    def speakers(self) -> list[tuple[str, list[DatedClaim]]]:
        """Each speaker's id and claims, by first appearance."""
        return by_speaker(self.claims)

    @cached_property
    def names(self) -> dict[str, str]:
        """The speakers' names by id, by first appearance; namesakes with their ids."""
        names = {id_: self.view.actor_name(id_) for id_, _ in self.speakers}
        counts = Counter(names.values())
        return {
            id_: name if counts[name] == 1 or name == id_ else f"{name} ({one_line(id_)})"
            for id_, name in names.items()
        }

    @cached_property
    def answers(self) -> list[Answer]:
        """The text answers by first appearance; those that are the same once folded are one."""
        grouped: defaultdict[str, list[DatedClaim]] = defaultdict(list)
        for one in self.texts:
            grouped[fold(one_line(one.claim.value))].append(one)
        return [
            Answer(_letter(place), one_line(claims[0].claim.value), claims)
            for place, claims in enumerate(grouped.values())
        ]

    @cached_property
    def letters(self) -> dict[tuple[int, int], str]:
        """The letter of each text answer, by event and place in it."""
        return {(one.key, one.number): answer.letter for answer in self.answers for one in answer.claims}

    @cached_property
    def satirical(self) -> frozenset[str]:
        """The ids of the sources that are satire."""
        return frozenset(id_ for id_, source in self.view.header.sources.items() if source.kind == "satire")

    @cached_property
    def _targets(self) -> dict[tuple[int, int], Target]:
        return {
            (one.key, one.number): Target(one.key, sources=source_ids(one.claim.sources), claim=one.number)
            for one in self.claims
        }

    def targets(self, claims: Sequence[DatedClaim]) -> tuple[Target, ...]:
        """The event of each claim, and the sources of the claim."""
        return tuple([self._targets[one.key, one.number] for one in claims])

    def is_satire(self, one: DatedClaim) -> bool:
        """Whether a claim rests on satire alone."""
        sources = one.claim.sources
        return bool(sources and self.satirical) and all(cited.id in self.satirical for cited in sources)

    @cached_property
    def kinds(self) -> frozenset[FigureKind]:
        """What kinds of figures there are."""
        return frozenset(figure_kind(one.figure) for one in self.claims if one.figure is not None)

    @cached_property
    def _whens(self) -> dict[Date, str]:
        return {}

    def when(self, one: DatedClaim) -> str:
        """The date of a claim in words."""
        words = self._whens.get(one.date)
        if words is None:
            words = self._whens[one.date] = one_line(self.view.date_in_words(one.date))
        return words

    def clashes(self, claims: Sequence[DatedClaim], what: str) -> list[str]:
        """For each day on which one speaker says different things: `two figures on one day: 1 May 2024`.

        Only of dates that are one day and no other can that be said.
        """
        days: defaultdict[int, set[object]] = defaultdict(set)
        for one in claims:
            if one.date.earliest == one.date.latest:
                said = one.figure or self.letters.get((one.key, one.number))
                days[one.date.earliest].add(said)
        return [
            f"{in_figures(len(said))} {what} on one day: {self.view.day_in_words(day)}"
            for day, said in days.items()
            if len(said) > 1
        ]


def topic_claims(view: View, topic: str) -> TopicClaims:
    """The claims of a view on a topic."""
    return TopicClaims(view, topic, claims_on(view, topic), unread_events(view, topic))


def in_figures(number: int) -> str:
    """`two` to `ten`, beyond that `11`."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def headed(name: str, notes: Sequence[str], width: int) -> list[Line]:
    """A name, and what is to be noted of it: beside it where there is room, else below."""
    note = "; ".join(notes)
    if note and cells(name) + 2 + cells(note) <= width:
        return [Line((Span(name, "name"), Span("  "), Span(note, "doubt")))]
    return paragraph(name, width, "name") + (paragraph(note, width, "doubt", 2) if note else [])


def _letter(place: int) -> str:
    return _LETTERS[place] if place < len(_LETTERS) else str(place + 1)
