"""The vocabulary of a timeline: the values that a query can use, and how people spell them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import one_line, words
from timeline_tui.text.similar import most_like

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

IDENTIFIED = frozenset({"actor", "speaker", "to", "against", "source", "topic", "without", "at"})
"""Fields whose values are ids; the values of other fields are words, compared folded."""

TOGETHER = "+"
"""Joins values of a field that asks for ids, where an event must have all of them; no id has this sign."""

PAIRED = frozenset({"to", "against"})
"""Fields whose values may be two ids with `ARROW` between them: who says it, and to or against whom."""

ARROW = ">"
"""Stands between the two ids of a pair; no id has this sign."""

BY_PART = frozenset({"place", "publisher", "language", "hour", "file"})
"""Fields that match a part of the value, so that one term may match several values."""

_MANY = 5_000
"""The most values that are compared with a misspelling; more would take noticeable time."""


@lru_cache(maxsize=8192)  # the words of a file repeat: places, publishers, tags
def folded(text: str) -> str:
    """The folded words of a text, the form in which spellings are compared; not empty unless `text` is."""
    return " ".join(words(text)) or text


def matches(field_name: str, term: str, value: str) -> bool:
    """Whether the value of a term matches a value of the timeline; both are folded.

    For a place, a publisher and a file the term is the beginning of any of its words; a language also matches
    its varieties, as `pt` does `pt-BR` (basic filtering of RFC 4647); an hour of the week is found by its day
    or its hour as well; other values match as a whole.
    """
    if field_name in ("place", "publisher", "file"):
        return f" {term}" in f" {value}"
    if field_name == "language":
        return f"{value} ".startswith(f"{term} ")
    if field_name == "hour":
        return f" {term} " in f" {value} "
    return term == value


@dataclass(frozen=True)
class Vocabulary:
    """The values of each field of the search language."""

    values: Mapping[str, Mapping[str, str]]
    """By field and value as it is typed: the name to show; raw text."""
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field and folded spelling (a name, an alias, a word): the value that it means."""
    is_known: Callable[[str, str], bool] | None = None
    """Whether something known has a value of a field; None if all is known. No other value is suggested."""

    def known(self, field_name: str, values: Iterable[str]) -> Iterator[str]:
        """Of values of a field, those that may be suggested."""
        for value in values:
            if self.is_known is None or self.is_known(field_name, value):
                yield value

    def resolve(self, field_name: str, text: str) -> str | None:
        """The value that `text` means: itself, or the value with that name; None if there is none."""
        values = self.values.get(field_name)
        if values is None or text in values:
            return text
        if found := self._joined(field_name, text):
            return found
        needle = folded(text)
        if value := self.spellings.get(field_name, {}).get(needle):
            return value
        if field_name in BY_PART:
            return text if any(matches(field_name, needle, folded(value)) for value in values) else None
        return None

    def _joined(self, field_name: str, text: str) -> str | None:
        """The value that several values joined together mean, or a pair; None if it is neither."""
        if field_name in IDENTIFIED and TOGETHER in text:
            found = [self.resolve(field_name, part.strip()) for part in text.split(TOGETHER)]
            known = [part for part in found if part]
            return TOGETHER.join(dict.fromkeys(known)) if len(known) == len(found) else None
        if field_name in PAIRED and ARROW in text:
            ends = [self.resolve("actor", part.strip()) for part in text.split(ARROW)]
            pair = ARROW.join(part or "" for part in ends)
            is_known = all(ends) if field_name == "against" else pair in self.values[field_name]
            return pair if is_known else None
        return None

    def nearest(self, field_name: str, text: str) -> str:
        """The value that a misspelling may mean; empty if none is similar."""
        if field_name in IDENTIFIED and TOGETHER in text:
            parts = list(filter(None, text.split(TOGETHER)))
            near = [self.resolve(field_name, part) or self.nearest(field_name, part) for part in parts]
            return TOGETHER.join(near) if all(near) else ""
        needle = folded(text)
        spelt = dict(self._spelt(field_name))
        begun = (value for spelling, value in spelt.items() if f" {needle}" in f" {spelling}")
        for value in self.known(field_name, begun):
            return value
        some = spelt if len(spelt) <= _MANY else [spelling for spelling in spelt if spelling[0] == needle[0]]
        alike = (spelt[spelling] for spelling in most_like(needle, list(some)[:_MANY]))
        return next(self.known(field_name, alike), "")

    def label(self, field_name: str, value: str) -> str:
        """The name to show for a value, visible and on one line."""
        return one_line(self.values.get(field_name, {}).get(value, value))

    def _spelt(self, field_name: str) -> Iterator[tuple[str, str]]:
        yield from ((folded(value), value) for value in self.values.get(field_name, {}) if value)
        yield from (
            (text, value) for text, value in self.spellings.get(field_name, {}).items() if text and value
        )
