"""What is searched: texts as the full-text table takes them, and what the header adds to events."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import Precision
from timeline_tui.dates.day_numbers import weekday
from timeline_tui.dates.edtf import Moment, bounds, moments
from timeline_tui.dates.months import WEEKDAYS
from timeline_tui.model.known_on import publication_days
from timeline_tui.query.vocabulary import ARROW
from timeline_tui.text.sanitize import syllable_pairs, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Event, Header, Place, Quote

# Put between texts, so that no phrase matches across two of them; it is not a word of any text.
_BOUNDARY = " ¶ "
_MARK = "\x01"


class HeaderFacts(NamedTuple):
    """What preparing an event needs of its sources and places, by their ids."""

    languages: dict[str, str]
    publishers: dict[str, str]
    days: dict[str, int]
    """The result of `publication_days()`."""
    places: dict[str, tuple[str, ...]]
    """The name of a place and those of the places that it is within, each once."""


def header_facts(header: Header) -> HeaderFacts:
    """What preparing events needs of a header."""
    sources, places = header.sources, header.places
    return HeaderFacts(
        {id_: source.language for id_, source in sources.items()},
        {id_: source.publisher for id_, source in sources.items()},
        publication_days(sources),
        {id_: tuple(dict.fromkeys(places[each].name for each in _containers(places, id_))) for id_ in places},
    )


def _containers(places: Mapping[str, Place], id_: str) -> Iterator[str]:
    """The ids of a place and of those that it is within, each once."""
    met: set[str] = set()
    while id_ in places and id_ not in met:
        met.add(id_)
        yield id_
        id_ = places[id_].within


def places_of(places: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """The names of an event's places and of those that they are within, each once."""
    return dict.fromkeys(name for place in places for name in known.get(place, (place,)))


def ids_of(places: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """The ids of an event's places that are ids, each once."""
    return dict.fromkeys(place for place in places if place in known)


def searchable(texts: Iterable[str]) -> str:
    """Texts for the full-text table: words in ASCII or folded, with boundaries between texts.

    These are the words of `sanitize.words()`, as in queries, and then those of `sanitize.syllable_pairs()`.
    """
    joined = f" {_MARK} ".join(filter(None, texts))
    if not joined.isascii():
        together = syllable_pairs(joined)
        joined = " ".join([chunk if chunk.isascii() else _folded_chunk(chunk) for chunk in joined.split()])
        joined = f" {_MARK} ".join([joined, *together])
    return joined.replace(_MARK, _BOUNDARY)


def folded_texts(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts as the full-text table finds words in them: those of `searchable()`, each between two spaces.

    The texts stay apart, as no phrase is found across two of them.
    """
    return tuple(f" {' '.join(words(each))} " for each in searchable(texts).split(_BOUNDARY))


def file_of(event: Event) -> str:
    """The file of a folder that an event is from, as its own key `file` tells; empty for none."""
    file = event.extra.get("file") if event.extra else None
    return file if isinstance(file, str) else ""


def said_to(quote: Quote) -> Iterator[str]:
    """What `to:` finds a quote by: each actor it is said to, and the pair of speaker and actor."""
    for id_ in quote.to:
        yield id_
        yield f"{quote.speaker}{ARROW}{id_}"


def hour_of(date: Date) -> str:
    """The hour of the week that a date lies in, as it is searched for: `mon-14`; empty without a time of day.

    It is the local time as the file has it.
    """
    if date.precision is not Precision.TIME or date.earliest != date.latest:
        return ""
    form = date.form
    if not isinstance(form, Moment) or form.time is None:
        return ""
    return f"{WEEKDAYS[weekday(date.earliest)].lower()}-{form.time.hour}"


def second_of(date: Date) -> int:
    """The second of its first day at which a date with a time of day begins; -1 for one without.

    It is the local time as the file has it.
    """
    if date.precision is not Precision.TIME:
        return -1
    form = date.form
    first = next((moment for moment in moments(form) if bounds(moment).first == date.key[:2]), None)
    if first is None or first.time is None:
        return -1
    time = first.time
    return time.hour * 3600 + time.minute * 60 + min(time.second or 0, 59)


@lru_cache(maxsize=65_536)
def _folded_chunk(chunk: str) -> str:
    return " ".join(words(chunk))
