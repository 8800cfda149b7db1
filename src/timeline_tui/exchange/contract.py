"""What an importer makes of a file, and what an exporter makes of a view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View


class CannotImport(TimelineError):  # noqa: N818  # reads as what it says
    """A file is none that an importer reads; the text says why and what to do."""


class LeftOut(NamedTuple):
    """A row or a record that could not be read."""

    line: int
    """Where it stands in the file, from 1; 0 if that is not known."""
    reason: str


@dataclass
class Imported:
    """A timeline as plain data: text, lists and dicts under the keys of `docs/format.md`, in their order."""

    title: str
    events: list[dict[str, object]]
    """Each has `title`, `date` as EDTF, and what else there is; keys that the format does not know are kept.

    The date of an entry that has none to be read is `UNDATED`.
    """
    lines: list[int] = field(default_factory=list)
    """Where each event stands in the file, from 1, 0 if that is not known; as many as events."""
    header: dict[str, object] = field(default_factory=dict)
    """`description`, `language`, `sources`, `actors`, `topics`: maps from id to plain records."""
    guesses: list[str] = field(default_factory=list)
    """What was guessed, a sentence without a full stop each: "dates are taken from `year`"."""
    left_out: list[LeftOut] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)
    """What the format cannot hold, in words for people in the plural, and how often it was met."""
    is_ours: bool = False
    """Whether it was in our format already, in several files or in one."""


UNDATED = "XXXX"
"""EDTF for a year of which no digit is known."""


@dataclass
class Exported:
    """A text for a file, UTF-8 with the line ends that the format wants."""

    text: str
    lost: Counter[str] = field(default_factory=Counter)
    """What was left out, in words for people in the plural (`quotes`, `other wordings`), and how often."""
    notes: list[str] = field(default_factory=list)
    """What else somebody who opens the file in its program had better know, each a sentence's worth."""


def events_of(view: View) -> Iterator[Event]:
    """The events of a view in its order, as they are known under its clock."""
    return map(view.event, view.keys)
