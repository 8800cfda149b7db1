"""What an importer makes of a file: a timeline in plain data of the format, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from timeline_tui.errors import TimelineError


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
