"""What is searched: texts as the full-text table takes them, and what the header adds to events."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.model.known_on import publication_days
from timeline_tui.text.sanitize import couples, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline_tui.model.records import Header, Place

# Stands between texts, so that no phrase is found across two of them; no text has it as a word.
_BOUNDARY = " ¶ "
_MARK = "\x01"


class Cited(NamedTuple):
    """What the index takes of the sources, by their ids."""

    languages: dict[str, str]
    publishers: dict[str, str]
    days: dict[str, int]
    """As `known.published()` gives them."""
    places: dict[str, tuple[str, ...]]
    """By the id of a place, its name and those of the places that it lies within."""


def cited_of(header: Header) -> Cited:
    """What the index takes of the sources and places."""
    sources, places = header.sources, header.places
    return Cited(
        {id_: source.language for id_, source in sources.items()},
        {id_: source.publisher for id_, source in sources.items()},
        publication_days(sources),
        {id_: tuple(places[each].name for each in _containers(places, id_)) for id_ in places},
    )


def _containers(places: Mapping[str, Place], id_: str) -> Iterator[str]:
    """A place and those that it lies within, each once."""
    met: set[str] = set()
    while id_ in places and id_ not in met:
        met.add(id_)
        yield id_
        id_ = places[id_].within


def places_of(places: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Where an event was: its places by name, and those that they lie within; each once."""
    return dict.fromkeys(name for place in places for name in known.get(place, (place,)))


def searchable(texts: Iterable[str]) -> str:
    """Texts as the full-text table takes them: words in ASCII or folded, with boundaries between texts.

    It holds the words of `text.words()`, so that what is typed and what is searched always agree, and behind
    them what `text.couples()` makes of them.
    """
    joined = f" {_MARK} ".join(filter(None, texts))
    if not joined.isascii():
        together = couples(joined)
        joined = " ".join([chunk if chunk.isascii() else _folded_chunk(chunk) for chunk in joined.split()])
        joined = f" {_MARK} ".join([joined, *together])
    return joined.replace(_MARK, _BOUNDARY)


@lru_cache(maxsize=65_536)
def _folded_chunk(chunk: str) -> str:
    return " ".join(words(chunk))
