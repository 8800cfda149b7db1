"""What the columns of a table are taken for."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.errors import UsageError
from timeline_tui.tables.moments import TimeColumn
from timeline_tui.text.sanitize import one_line
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline_tui.tables.engines.base import EngineColumn

FIELDS: Final = ("date", "title", "text", "kind", "status", "place", "actors", "tags", "source", "known", "id")
"""What a column can be taken for; several columns can be actors or tags."""
FACETS: Final = {"actor": "actors", "kind": "kind", "status": "status", "place": "place", "tag": "tags", "source": "source"}
"""By field of the search language what its columns are taken for."""


class Roles(NamedTuple):
    """What each column is taken for."""

    time: TimeColumn
    title: str
    """A template: `{kind} in {place}`."""
    columns: Mapping[str, tuple[str, ...]]
    """By field of an event the columns that it comes from."""
    known: TimeColumn | None = None

    def of(self, field: str) -> tuple[str, ...]:
        """The columns of a field of an event."""
        return self.columns.get(field, ())

    def searched(self, field: str) -> tuple[str, ...]:
        """The columns of a field of the search language."""
        return self.of(FACETS.get(field, ""))

    @property
    def title_columns(self) -> tuple[str, ...]:
        """The columns that a title is made of."""
        return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(self.title) if name))

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that a list shows, without the time."""
        fields = ("kind", "status", "place", "actors", "known", "id")
        held = (self.known.name,) if self.known else ()
        named = (name for field in fields for name in self.of(field))
        return tuple(dict.fromkeys((*self.title_columns, *named, *held)))


def title_of(template: str, values: Mapping[str, object]) -> str:
    """The title of a row, on one line; what is missing leaves nothing behind."""
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        parts.append(text)
        if name:
            value = values.get(name)
            parts.append("" if value is None else str(value))
    return " ".join(one_line("".join(parts)).split())


def check_columns(names: Iterable[str], columns: Sequence[EngineColumn]) -> None:
    """Say which column is not there.

    Raises:
        UsageError: One is not.
    """
    known = [column.name for column in columns]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are: {one_line(', '.join(known[:30]))}"
            raise UsageError(f"--map: the table has no column {one_line(name)}; {hint}")
