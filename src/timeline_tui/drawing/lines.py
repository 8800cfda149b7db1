"""Lines of text in parts: what pages and pictures are made of, and what each line leads to.

Every text in a line is visible already (`text.sanitize`). No Textual here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from timeline_tui.text.cells import wrapped

Part = Literal[
    "words", "title", "name", "text", "detail", "doubt", "heading", "address", "gap",
    "differs", "figure", "faint", "found",
]  # fmt: skip
"""The part that a text plays: the screen gives each its look, never without a sign or word beside it."""


class Span(NamedTuple):
    """A piece of a line."""

    text: str
    part: Part = "text"


class Target(NamedTuple):
    """What a line tells of, and leads to."""

    key: int = -1
    """Key of an event; -1 for none."""
    quote: int = 0
    """Which quote of it, from 0."""
    sources: tuple[str, ...] = ()
    """Ids of the sources of what the line says; empty: those of the event."""
    choice: str = ""
    """Something that the page itself offers: the id of a topic or an actor, a query."""
    claim: int = -1
    """Which claim of the event, from 0, where the line tells of one and not of a quote; -1 for none."""


class Line(NamedTuple):
    """One line of a page."""

    spans: tuple[Span, ...] = ()
    targets: tuple[Target, ...] = ()
    """What it tells of, from left to right; nothing for headings and blank lines."""

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(span.text for span in self.spans)


def line(text: str, part: Part = "text", *targets: Target) -> Line:
    """A line that plays one part."""
    return Line((Span(text, part),), targets)


BLANK = Line()


def paragraph(text: str, width: int, part: Part = "text", indent: int = 0, *targets: Target) -> list[Line]:
    """A text in lines of `width` cells, each with so many cells of blank in front; none for an empty text."""
    blank = " " * indent
    rows = wrapped(text, max(width - indent, 1)) if text else []
    return [line(blank + row, part, *targets) for row in rows]


def count_of(number: int, noun: str) -> str:
    """`1 claim`, `1,200 claims`; of nouns that have an s at the end where there are more."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
