"""What an importer makes of a file, and what an exporter makes of a view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.errors import TimelineError
from timeline_tui.model.records import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline_tui.mapping.columns import Mapping
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View


class CannotImport(TimelineError):  # noqa: N818  # reads as what it says
    """A file cannot be imported; the text says why and what to do."""


class LeftOut(NamedTuple):
    """A row or record that could not be read."""

    line: int
    """Its line in the file, from 1; 0 if that is not known."""
    reason: str


@dataclass
class Imported:
    """A timeline as plain data: texts, lists and dicts under the keys of `docs/format.md`, in their order."""

    title: str
    events: list[dict[str, object]]
    """Each has `title`, `date` as EDTF, and any other fields; keys that the format does not know are kept.

    An entry without a readable date has the date `UNDATED`.
    """
    lines: list[int] = field(default_factory=list)
    """The line of each event in the file, from 1; 0 if that is not known. As many as there are events."""
    header: dict[str, object] = field(default_factory=dict)
    """`description`, `language`, `sources`, `actors`, `topics`: maps from id to plain records."""
    guesses: list[str] = field(default_factory=list)
    """What was guessed, each a sentence without a full stop: "dates are taken from `year`"."""
    left_out: list[LeftOut] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)
    """What this program's format has no field for, as a plural noun, and how often it occurred."""
    version: str = FORMAT
    """The version of the format that it is to be read in; empty for version 1."""
    is_ours: bool = False
    """Whether the file or files were in this program's format already."""
    mapping: Mapping | None = None
    """What keys or columns were taken for, where the format does not tell."""


class Exported:
    """The text of an exported file, to be saved as UTF-8, with the line ends that the format requires.

    Args:
        text: The text, or what gives it piece by piece, so that it need never be held as a whole.
        lost: What was left out, as plural nouns (`quotes`, `other wordings`), and how often.
        beside: The files that it refers to and that belong into the same folder: their texts by their names.
        notes: What else a person should know before opening the file in its program; a clause each.
        data: The file itself if it is no text; `text` is empty then.
    """

    def __init__(
        self,
        text: str | Callable[[], Iterable[str]],
        lost: Counter[str] | None = None,
        *,
        beside: dict[str, str] | None = None,
        notes: list[str] | None = None,
        data: bytes = b"",
    ) -> None:
        self._text = text
        self.lost: Counter[str] = Counter() if lost is None else lost
        self.beside: dict[str, str] = {} if beside is None else beside
        self.notes: list[str] = [] if notes is None else notes
        self.data = data

    @property
    def text(self) -> str:
        """The whole text."""
        if not isinstance(self._text, str):
            self._text = "".join(self._text())
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self._text = text

    def pieces(self) -> Iterable[str]:
        """The text piece by piece."""
        return [self._text] if isinstance(self._text, str) else self._text()


def events_of(view: View) -> Iterator[Event]:
    """The events of a view in its order, as known on its day."""
    return map(view.event, view.keys)
