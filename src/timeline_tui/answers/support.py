"""What rests on each source alone, and what has fallen with the sources that are taken away."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline_tui.answers.provenance import source_name
from timeline_tui.answers.statements import claim_in_words, quoted
from timeline_tui.dates.date import END
from timeline_tui.model.records import (
    Claim,
    Outcome,
    Quote,
    StatementStatusEntry,
    StatusEntry,
    Update,
    Wording,
)
from timeline_tui.model.support import STATEMENT_KINDS, State
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import status_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.model.records import Event, QuoteKind
    from timeline_tui.model.support import Path, Support
    from timeline_tui.timeline.protocol import TimelineView

_PLURALS: Final = {"status": "statuses"}
_LONGEST: Final = 300
"""Number of characters of a statement that are read to show its beginning."""


class SourceWeight(NamedTuple):
    """How much of a view rests on a source."""

    id: str
    alone: int
    """Number of statements that would fall if this source alone were taken away; of one that is gone, those
    that would stand again with it."""
    resting: int
    """Number of statements that rest on it at all: that cite it, or a source that repeats it."""
    is_gone: bool
    """Whether it supports nothing: taken away, retracted, or repeating only such sources."""


class FallenStatement(NamedTuple):
    """A statement that has lost all that it rested on."""

    key: int
    """Key of its event."""
    path: Path
    """Where it is in the event."""
    text: str
    """`claim by Southland: 9,000 shells`; visible, on one line."""
    reason: str
    """`rests only on The Daily, taken away`; visible."""


def source_weights(view: TimelineView) -> list[SourceWeight]:
    """The sources that the statements of a view rest on, those on which most rests alone first."""
    rules, gone = view.support_rules, view.gone
    alone: Counter[str] = Counter()
    resting: Counter[str] = Counter()
    fatal = rules.fatal(gone)
    above = {id_: _ancestors(view, id_) for id_ in rules}
    has_copies = any(above.values())
    fallen: Counter[tuple[str, ...]] = Counter()
    for ids, number in view.resting():
        repeated = chain.from_iterable(above.get(id_, ()) for id_ in ids) if has_copies else ()
        for id_ in {*ids, *repeated} if has_copies else ids:
            resting[id_] += number
        left = [id_ for id_ in ids if id_ not in gone] if gone else ids
        if left:
            first, *others = [fatal.get(id_) or frozenset({id_}) for id_ in left]
            for id_ in first.intersection(*others) if others else first:
                alone[id_] += number
        elif ids:
            fallen[tuple(ids)] += number
    alone.update({id_: _regained(view, fallen, id_) for id_ in view.without})
    day = _day(view)
    shown = [id_ for id_ in resting if id_ not in view.without and rules.published(id_) <= day]
    weights = [SourceWeight(id_, alone[id_], resting[id_], id_ in gone) for id_ in (*shown, *view.without)]
    return sorted(weights, key=lambda one: (-one.alone, -one.resting, one.id))


def fallen_in_words(counts: Mapping[str, int]) -> str:
    """`12 statements fall: 5 events, 4 claims, 3 statuses`; `No statement falls`."""
    total = sum(counts.values())
    if not total:
        return "No statement falls"
    kinds = [_count(counts[kind], kind) for kind in STATEMENT_KINDS if counts.get(kind)]
    return f"{_count(total, 'statement')} {'falls' if total == 1 else 'fall'}: {', '.join(kinds)}"


def fallen_counts(view: TimelineView) -> Counter[str]:
    """How many statements of a view have fallen, by kind."""
    return Counter({kind: len(keys) for kind, keys in view.fallen().items() if keys})


def fallen_statements(view: TimelineView, most: int) -> list[FallenStatement]:
    """The statements of a view that have fallen, by event in chronological order; at most so many."""
    found = set(chain.from_iterable(view.fallen().values()))
    return list(islice(_fallen(view, view.chronological(sorted(found))), most))


def _fallen(view: TimelineView, keys: Sequence[int]) -> Iterator[FallenStatement]:
    for key in keys:
        event = view.event(key)
        for path, support in view.support(key).items():
            if support.state is State.FALLEN:
                text = statement_in_words(view, event, path)
                yield FallenStatement(key, path, text, reason_fallen(view, support))


def missing_support(support: Support | None) -> str:
    """That a statement has no source, in words; empty for one that has one, fallen or not."""
    if support is None:
        return ""
    return {
        State.UNSOURCED: "No source is given.",
        State.NO_SOURCE_YET: "No source yet: all of its sources were published later.",
    }.get(support.state, "")


def reason_fallen(view: TimelineView, support: Support | None) -> str:
    """Why a statement has fallen: `rests only on The Daily, taken away`; empty for one that has not.

    Of sources that only repeat others, these are named: `The Daily, which repeats Atlas Wire, taken away`.
    """
    if support is None or support.state is not State.FALLEN:
        return ""
    own: defaultdict[str, list[str]] = defaultdict(list)
    repeating: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_ in support.lost:
        if why := _why_gone(view, id_):
            own[why].append(source_name(view, id_))
        else:
            above = tuple(each for each in _ancestors(view, id_) if _why_gone(view, each))
            repeating[above].append(source_name(view, id_))
    parts = [f"{_and(names)}, {why}" for why, names in own.items()]
    for above, names in repeating.items():
        origins = [f"{source_name(view, id_)}, {_why_gone(view, id_)}" for id_ in above]
        parts.append(
            f"{_and(names)}, which {'repeats' if len(names) == 1 else 'repeat'} {'; '.join(origins)}"
        )
    return f"rests only on {'; '.join(parts)}"


def without_in_words(view: TimelineView) -> str:
    """The names of the sources that are taken away: `Atlas Wire, The Daily`."""
    return ", ".join(sorted(source_name(view, id_) for id_ in view.without))


def state_of_source(view: TimelineView, id_: str) -> str:
    """`Taken away in this view: it supports nothing`; empty for a source that is not."""
    return "Taken away in this view: it supports nothing" if id_ in view.without else ""


def _why_gone(view: TimelineView, id_: str) -> str:
    """Why a source itself supports nothing; empty if it stands, or is gone only with what it repeats."""
    if id_ in view.without:
        return "taken away"
    source = view.source(id_) if id_ in view.support_rules.retracted_by(_day(view)) else None
    if source is None or source.retracted is None:
        return ""
    return f"retracted on {view.date_in_words(source.retracted.known)}"


def _ancestors(view: TimelineView, id_: str) -> list[str]:
    """The sources that a source repeats, and those that they repeat, nearest first."""
    found: dict[str, None] = {}
    ahead = list(view.support_rules.parents(id_))
    while ahead:
        here = ahead.pop(0)
        if here not in found:
            found[here] = None
            ahead += view.support_rules.parents(here)
    return list(found)


def _regained(view: TimelineView, fallen: Mapping[tuple[str, ...], int], id_: str) -> int:
    """How many statements that have fallen would stand again with a source that is taken away."""
    back = view.support_rules.gone(view.without - {id_}, _day(view))
    return sum(number for ids, number in fallen.items() if not back.issuperset(ids))


def _day(view: TimelineView) -> int:
    return END if view.known_on is None else view.as_of


def statement_in_words(view: TimelineView, event: Event, path: Path) -> str:
    """A statement of an event: `claim by Southland: 9,000 shells`; visible, on one line."""
    part: Any = event
    for step in path:
        part = part[step] if isinstance(step, int) else getattr(part, step)
    match part:
        case Quote():
            text = f"quote of {view.actor_name(part.speaker)}: {_beginning(part.text, part.kind)}"
        case Wording():
            text = f"wording: {_beginning(part.text, event.quotes[int(path[1])].kind)}"
        case Claim():
            text = f"claim by {view.actor_name(part.by)}: {claim_in_words(view, part, _LONGEST)}"
        case Update():
            text = f"update of {view.date_in_words(part.known)}"
        case Outcome():
            text = f"outcome: {_beginning(part.text, 'paraphrase')}"
        case StatusEntry() | StatementStatusEntry():
            by = f" by {_and([view.actor_name(id_) for id_ in part.by])}" if part.by else ""
            text = f"status: {status_word(part.is_)}{by}"
        case _:
            text = "event"
    return text


def _beginning(text: str, kind: QuoteKind) -> str:
    return quoted(kind, one_line(text[:_LONGEST]))


def _count(number: int, kind: str) -> str:
    return f"{number:,} {kind if number == 1 else _PLURALS.get(kind, f'{kind}s')}"


def _and(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
