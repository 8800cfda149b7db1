"""What each statement of an event rests on, by the rules of `docs/format.md`, section *Support*.

A statement is an event, a quote, a wording, a claim, a status, an update or an outcome. It rests on the
sources that it cites. A source is gone if it was taken away or retracted, or if everything that it repeats is
gone. Days are day numbers.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.model.histories import apply_histories, day_known, values_before_updates
from timeline_tui.model.known_on import (
    DateHistory,
    date_history,
    day_stated,
    event_as_known,
    known_and_came,
    publication_day,
)
from timeline_tui.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.model.records import (
        Citation,
        Claim,
        Outcome,
        Quote,
        Source,
        StatementStatusEntry,
        StatusEntry,
        Update,
    )

StatementKind = Literal["event", "quote", "wording", "claim", "status", "update", "outcome"]
STATEMENT_KINDS: Final[tuple[StatementKind, ...]] = (
    "event", "quote", "wording", "claim", "status", "update", "outcome",
)  # fmt: skip


_Entry = TypeVar("_Entry", "StatusEntry", "StatementStatusEntry", "Update", "Outcome")


class State(Enum):
    """Whether a statement has support on a day."""

    STANDING = "standing"
    """A source that can be cited on the day is left."""
    FALLEN = "fallen"
    """Sources can be cited on the day, and all of them are gone."""
    NO_SOURCE_YET = "no source yet"
    """It has sources, and none can be cited on the day."""
    UNSOURCED = "unsourced"
    """The file gives no source for it at all."""


class Ground(NamedTuple):
    """A source that a statement rests on."""

    source: str
    since: int = BEGINNING
    """The day from which it counts, if it can be cited: an event that cites nothing itself rests on what its
    quotes and claims cite, but not before they are known."""


Path: TypeAlias = tuple[str | int, ...]
"""Where a statement is in its event: `("quotes", 0, "wordings", 1)`; empty for the event itself."""


class Statement(NamedTuple):
    """One statement of an event."""

    kind: StatementKind
    path: Path
    """Where in the event it is."""
    grounds: tuple[Ground, ...]
    """Each source once, in the order of the file."""


class Origin(NamedTuple):
    """What the support of statements depends on, of one source."""

    published: int
    """The day from which it can be cited."""
    retracted: int
    """The day from which it supports nothing; `END` if it was never retracted."""
    parents: tuple[str, ...]
    """The sources that it repeats, described in the file or not."""


def origin_of(source: Source) -> Origin:
    """What the support of statements depends on, of a source."""
    retracted = END if source.retracted is None else day_known(source.retracted.known)
    return Origin(publication_day(source), retracted, source.derived_from)


class Support(NamedTuple):
    """What is left of the support of a statement."""

    state: State
    left: tuple[str, ...] = ()
    """Those of its sources that can be cited and are not gone."""
    lost: tuple[str, ...] = ()
    """Those of its sources that could be cited, but are gone."""


class Sources:
    """The sources of a file, and which of them repeat which.

    A circle of sources that repeat one another is cut open at the member that the file names first.

    Args:
        origins: By id, in the order of the file.
    """

    def __init__(self, origins: Mapping[str, Origin]) -> None:
        self._origins = origins
        self._parents, self._order = _without_circles(
            {id_: tuple(dict.fromkeys(origin.parents)) for id_, origin in origins.items()}
        )
        self._roots: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, sources: Mapping[str, Source]) -> Sources:
        """The sources of a header."""
        return cls({id_: origin_of(source) for id_, source in sources.items()})

    def __contains__(self, id_: str) -> bool:
        return id_ in self._origins

    def __iter__(self) -> Iterator[str]:
        return iter(self._origins)

    @cached_property
    def is_retracted(self) -> bool:
        """Whether any source was ever retracted."""
        return any(origin.retracted != END for origin in self._origins.values())

    def published(self, id_: str) -> int:
        """The day from which a source can be cited; one that the file does not describe always can."""
        return self._origins[id_].published if id_ in self._origins else BEGINNING

    def retracted_by(self, day: int) -> frozenset[str]:
        """The sources that had been retracted by a day."""
        return frozenset(
            id_
            for id_, origin in self._origins.items()
            if origin.retracted <= day and origin.retracted != END
        )

    def roots(self, id_: str) -> frozenset[str]:
        """The sources that a source comes from in the end: itself, if it repeats no other one."""
        if not self._roots:
            for each in self._order:
                above = [self._roots[parent] for parent in self._parents[each]]
                self._roots[each] = frozenset[str]().union(*above) if above else frozenset({each})
        return self._roots.get(id_, frozenset({id_}))

    def gone(self, without: Iterable[str], day: int = END) -> frozenset[str]:
        """The sources that support nothing on a day, if some are taken away.

        Args:
            without: The ids of those taken away.
            day: The day number; `END` for all that is known.
        """
        found = {*without, *self.retracted_by(day)}
        if found:
            for id_ in self._order:
                parents = self._parents[id_]
                if parents and found.issuperset(parents):
                    found.add(id_)
        return frozenset(found)

    def fatal(self, gone: frozenset[str]) -> dict[str, frozenset[str]]:
        """The sources each of which alone would take a source with it, by source; of those that are not gone.

        Args:
            gone: The sources that are gone anyway.
        """
        found: dict[str, frozenset[str]] = {}
        for id_ in self._order:
            if id_ not in gone:
                above = [found[parent] for parent in self._parents[id_] if parent not in gone]
                shared = above[0].intersection(*above[1:]) if above else frozenset[str]()
                found[id_] = shared | {id_}
        return found

    def support(self, grounds: Sequence[Ground], gone: frozenset[str], day: int = END) -> Support:
        """What is left of the support of a statement on a day.

        Args:
            grounds: What it rests on.
            gone: As `gone()` gives it for the same day.
            day: The day number; `END` for all that is known.
        """
        given = [ground.source for ground in grounds if ground.since <= day]
        if not given:
            return Support(State.UNSOURCED)
        citable = [id_ for id_ in given if self.published(id_) <= day]
        if not citable:
            return Support(State.NO_SOURCE_YET)
        left = tuple(id_ for id_ in citable if id_ not in gone)
        lost = tuple(id_ for id_ in citable if id_ in gone)
        return Support(State.STANDING if left else State.FALLEN, left, lost)

    def parents(self, id_: str) -> tuple[str, ...]:
        """The sources that a source repeats, without those that would make a circle."""
        return self._parents.get(id_, ())

    def roots_of(self, ids: Iterable[str]) -> frozenset[str]:
        """The origins of several sources together."""
        return frozenset[str]().union(*map(self.roots, ids))


def statements(event: Event, dates: DateHistory | None = None) -> Iterator[Statement]:
    """The statements of an event in the order of `parts_of()`, each after what holds it.

    Args:
        event: With all that is known.
        dates: What counts as its dates, if some of its own do not.
    """
    own = cited(event.sources)
    yield Statement("event", (), own or _of_statements(event, dates))
    yield from _statuses(event, ())
    for number, update in enumerate(event.updates):
        yield Statement("update", ("updates", number), cited(update.sources))
    for number, outcome in enumerate(event.outcomes):
        yield Statement("outcome", ("outcomes", number), cited(outcome.sources) or own)
    for number, quote in enumerate(event.quotes):
        of_quote = cited(quote.sources) or own
        yield Statement("quote", ("quotes", number), of_quote)
        yield from _statuses(quote, ("quotes", number))
        for place, wording in enumerate(quote.wordings):
            path = "quotes", number, "wordings", place
            yield Statement("wording", path, cited(wording.sources) or of_quote)
    for number, claim in enumerate(event.claims):
        yield Statement("claim", ("claims", number), cited(claim.sources) or own)
        yield from _statuses(claim, ("claims", number))


_STANDING: Final = ("status", "by", "title", "date", "place", "places", "actors", "outcome", "before_updates")
"""The fields of an event that its statuses, updates and outcomes change."""


def standing_dates(whole: Event, is_fallen: Callable[[Sequence[Ground]], bool]) -> DateHistory:
    """The dates of an event, without those that rest on an update or a status that has fallen.

    Args:
        whole: The event with all that is known.
        is_fallen: Whether a statement that rests on these sources has fallen on the day.
    """
    return date_history(
        whole, _standing(whole.updates, (), is_fallen), _standing(whole.statuses, (), is_fallen)
    )


def standing_event(
    whole: Event,
    event: Event,
    day: int,
    published: Mapping[str, int],
    is_fallen: Callable[[Sequence[Ground]], bool],
) -> Event:
    """An event in which what has fallen stays in its place, but changes nothing any more.

    A status that has fallen gives way to the last one that stands; where none does, it stays, unless the
    event is still to come. What has no day of its own is known when the event took place by what stands.

    Args:
        whole: The event with all that is known.
        event: As known on the day.
        day: The day number; `END` for all that is known.
        published: When each source can be cited, from `publication_days()`.
        is_fallen: Whether a statement that rests on these sources has fallen on the day.
    """
    dates = standing_dates(whole, is_fallen)
    if dates != date_history(whole):
        event = event_as_known(whole, day, published, dates)
    values = _fields_before_updates(whole) | {
        "statuses": _standing(whole.statuses, (), is_fallen),
        "updates": _standing(whole.updates, (), is_fallen),
        "outcomes": _standing(whole.outcomes, cited(whole.sources), is_fallen),
    }
    stands = event_as_known(_with_histories(values), day, published, dates)
    if event.statuses and not stands.statuses and not dates.is_ahead(day):
        stands = event_as_known(_with_histories(values | {"statuses": whole.statuses}), day, published, dates)
    changes: dict[str, Any] = {name: getattr(stands, name) for name in _STANDING}
    for name in ("quotes", "claims"):
        changes[name] = tuple(_standing_statement(each, is_fallen) for each in getattr(event, name))
    return msgspec.structs.replace(event, **changes)


def _fields_before_updates(whole: Event) -> dict[str, Any]:
    """The fields of an event before any update, status or outcome."""
    values = values_before_updates(whole)
    if whole.statuses:
        values |= {"status": "confirmed", "by": ()}
    if whole.outcomes:
        values["outcome"] = ""
    return values


def _with_histories(values: dict[str, Any]) -> Event:
    values = dict(values)
    apply_histories(Event, values)
    return Event(**values)


def _standing_statement(holder: Any, is_fallen: Callable[[Sequence[Ground]], bool]) -> Any:  # noqa: ANN401  a quote or a claim
    kept = [entry for entry in holder.statuses if not is_fallen(cited(entry.sources))]
    if not kept or len(kept) == len(holder.statuses):
        return holder
    return msgspec.structs.replace(holder, status=kept[-1].is_)


def _standing(
    entries: Sequence[_Entry], held: tuple[Ground, ...], is_fallen: Callable[[Sequence[Ground]], bool]
) -> tuple[_Entry, ...]:
    """The entries of a history that have not fallen.

    Args:
        entries: The oldest first.
        held: What an entry rests on that cites nothing itself.
        is_fallen: Whether a statement that rests on these sources has fallen on the day.
    """
    return tuple(entry for entry in entries if not is_fallen(cited(entry.sources) or held))


def _statuses(holder: Event | Quote | Claim, path: Path) -> Iterator[Statement]:
    for number in reversed(range(len(holder.statuses))):
        grounds = cited(holder.statuses[number].sources)
        yield Statement("status", (*path, "statuses", number), grounds)


def cited(citations: Sequence[Citation]) -> tuple[Ground, ...]:
    """What rests on these citations: each source once, in the order of the file."""
    if len(citations) == 1:
        return (Ground(citations[0].id),)
    return tuple(map(Ground, dict.fromkeys(citation.id for citation in citations)))


def _of_statements(event: Event, dates: DateHistory | None) -> tuple[Ground, ...]:
    """What an event that cites nothing rests on: what its quotes and claims cite, once they are known."""
    holders: list[Quote | Claim] = [
        *(quote for quote in event.quotes if quote.sources),
        *(claim for claim in event.claims if claim.sources),
    ]
    if not holders:
        return ()
    known, came = (dates.known, dates.came) if dates else known_and_came(event)
    found: dict[str, int] = {}
    for holder in holders:
        stated = day_stated(holder, known, came)
        since = stated if stated > known else BEGINNING
        for citation in holder.sources:
            found[citation.id] = min(since, found.get(citation.id, END))
    return tuple(Ground(id_, since) for id_, since in found.items())


def _without_circles(
    parents: Mapping[str, tuple[str, ...]],
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The parents of each source without circles, and all sources, each after its parents.

    A parent that the file does not describe is a source without parents.
    """
    left = {id_: set(above) for id_, above in parents.items()}
    for above in parents.values():
        for parent in above:
            left.setdefault(parent, set())
    made = {id_: parents.get(id_, ()) for id_ in left}
    children: dict[str, list[str]] = {}
    for id_, above in made.items():
        for parent in above:
            children.setdefault(parent, []).append(id_)
    rank = {id_: number for number, id_ in enumerate(left)}
    order: list[str] = []
    ready = [id_ for id_, above in left.items() if not above]
    waiting = iter(list(left))
    start = next(waiting, "")
    while len(order) < len(made):
        while ready:
            order.append(id_ := ready.pop())
            del left[id_]
            for child in children.get(id_, ()):
                if left.get(child):
                    left[child].discard(id_)
                    if not left[child]:
                        ready.append(child)
        if left:
            start = start if start in left else next(id_ for id_ in waiting if id_ in left)
            member, parent = _cut_of_circle(start, made, left, rank)
            made[member] = tuple(each for each in made[member] if each != parent)
            left[member].discard(parent)
            ready += () if left[member] else (member,)
    return made, order


def _cut_of_circle(
    start: str, parents: Mapping[str, tuple[str, ...]], left: Mapping[str, set[str]], rank: Mapping[str, int]
) -> tuple[str, str]:
    """Where to cut the circle that a source is in or leads to: its first member in the file, and a parent."""
    path: dict[str, None] = {}
    id_ = start
    while id_ not in path:
        path[id_] = None
        id_ = next(parent for parent in parents[id_] if parent in left)
    met = list(path)
    circle = met[met.index(id_) :]
    number = min(range(len(circle)), key=lambda place: rank[circle[place]])
    return circle[number], circle[(number + 1) % len(circle)]
