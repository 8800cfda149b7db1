"""Lines of text in styled pieces, which pages and pictures are made of, and what each line leads to.

Every text in a line has been made visible already (`text.sanitize`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from timeline_tui.text.cells import wrapped

Part = Literal[
    "words", "title", "name", "text", "detail", "doubt", "heading", "address", "gap",
    "differs", "figure", "faint", "found", "fallen", "certain", "ahead", "doubt-1", "doubt-2", "doubt-3",
]  # fmt: skip
"""What a text is, which decides its look on the screen; looks never carry meaning without a sign or word."""


class Span(NamedTuple):
    """A piece of a line in one look."""

    text: str
    part: Part = "text"
    target: Target | None = None
    """What the piece alone leads to; None for nothing, or for what its whole line leads to."""


Leads = Literal[
    "event", "quote", "claim", "link", "wordings", "actor", "topic", "source", "tag", "kind", "place",
    "filter", "sides", "problem", "addresses", "view", "notes", "story", "column", "rows",
]  # fmt: skip
"""What a target leads to: the first five to an event, the others to what `Target.id` names."""


class Target(NamedTuple):
    """What a piece of a line is about, and what it leads to."""

    key: int = -1
    """Key of the event that the piece is about; -1 for none."""
    quote: int = 0
    """0-based index of a quote of the event."""
    sources: tuple[str, ...] = ()
    """Ids of the sources of what the piece says; empty for those of the event."""
    claim: int = -1
    """0-based index of a claim of the event, if the piece is about a claim; -1 for none."""
    leads: Leads = "event"
    """What kind of thing it leads to; `link` is the event at the other end of a link."""
    id: str = ""
    """Of an actor, topic, source or story: its id. Of a tag, kind or place: its value in the search language.

    A query for `filter`, two queries with | between them for `sides`, a line of the file for `problem`, a
    name for `view`, the name of a stored file for `notes`; for `column`, what it is to be taken for, a = and
    its name; for `rows`, the days whose rows a table behind the timeline has.
    """


class Line(NamedTuple):
    """One line of a page."""

    spans: tuple[Span, ...] = ()
    targets: tuple[Target, ...] = ()
    """What the line is about, from left to right; empty for headings and blank lines."""

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(span.text for span in self.spans)


def line(text: str, part: Part = "text", *targets: Target) -> Line:
    """A line in one look."""
    return Line((Span(text, part),), targets)


BLANK = Line()


def paragraph(text: str, width: int, part: Part = "text", indent: int = 0, *targets: Target) -> list[Line]:
    """A text wrapped to lines of `width` cells, indented by `indent` cells; no lines for an empty text."""
    blank = " " * indent
    rows = wrapped(text, max(width - indent, 1)) if text else []
    return [line(blank + row, part, *targets) for row in rows]


def count_of(number: int, noun: str) -> str:
    """`1 claim`, `1,200 claims`; only for nouns whose plural ends in s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
