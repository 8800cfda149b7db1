"""What a timeline knows: the values that a query can ask for, and how people spell them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import one_line, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

IDENTIFIED = frozenset({"actor", "speaker", "source", "topic", "without"})
"""Fields whose values are ids; those of the others are words, compared folded."""

BY_PART = frozenset({"place", "publisher", "language"})
"""Fields that are asked for by a part of the value, so that one question may mean several values."""

_MANY = 5_000
"""So many values are compared with a slip in no time that anybody notices."""


def folded(text: str) -> str:
    """`text` as its folded words, the form in which spellings are compared; never empty for a text."""
    return " ".join(words(text)) or text


def is_meant(field_name: str, wanted: str, value: str) -> bool:
    """Whether a value is what a query's value asks for; both are folded.

    A place and a publisher are asked for by beginnings of their words; a language also takes its varieties,
    `pt` as well as `pt-BR` (basic filtering of RFC 4647); all else is asked for by its whole name.
    """
    if field_name in ("place", "publisher"):
        return f" {wanted}" in f" {value}"
    if field_name == "language":
        return f"{value} ".startswith(f"{wanted} ")
    return wanted == value


@dataclass(frozen=True)
class Vocabulary:
    """The values of each field of the search language."""

    values: Mapping[str, Mapping[str, str]]
    """Field to value, as it is typed, to the name to show; raw text."""
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field to folded spelling (a name, an alias, a word) to the value it means."""

    def resolve(self, field_name: str, text: str) -> str | None:
        """The value that `text` means: itself, or what it is a name of; None if there is none."""
        values = self.values.get(field_name)
        if values is None or text in values:
            return text
        wanted = folded(text)
        if value := self.spellings.get(field_name, {}).get(wanted):
            return value
        if field_name in BY_PART:
            return text if any(is_meant(field_name, wanted, folded(value)) for value in values) else None
        return None

    def nearest(self, field_name: str, text: str) -> str:
        """The value that a slip may stand for; empty if none is near."""
        from difflib import get_close_matches  # noqa: PLC0415  only for a mistake

        wanted = folded(text)
        spelt = dict(self._spelt(field_name))
        for spelling, value in spelt.items():
            if f" {wanted}" in f" {spelling}":
                return value
        near = spelt if len(spelt) <= _MANY else [spelling for spelling in spelt if spelling[0] == wanted[0]]
        match = get_close_matches(wanted, list(near)[:_MANY], n=1)
        return spelt[match[0]] if match else ""

    def label(self, field_name: str, value: str) -> str:
        """The name to show for a value, visible and on one line."""
        return one_line(self.values.get(field_name, {}).get(value, value))

    def _spelt(self, field_name: str) -> Iterator[tuple[str, str]]:
        yield from ((folded(value), value) for value in self.values.get(field_name, {}) if value)
        yield from (
            (text, value) for text, value in self.spellings.get(field_name, {}).items() if text and value
        )
