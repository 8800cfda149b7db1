"""A row of a table as an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.mapping.columns import filled_in
from timeline_tui.model.records import Citation, Event
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.mapping.columns import Role
    from timeline_tui.model.records import Status
    from timeline_tui.tables.moments import TimeColumn
    from timeline_tui.tables.roles import Roles

_WORDS: Final[dict[str, Status]] = {"happened": "confirmed"}
_LONGEST: Final = 20_000
"""Characters of a value that are shown."""


class Records:
    """Makes events of rows.

    Args:
        roles: What the columns are taken for.
        columns: The names of all columns.
    """

    def __init__(self, roles: Roles, columns: Sequence[str]) -> None:
        self._roles = roles
        used = {roles.time.name, *(name for role in roles.columns for name in roles.of(role))}
        self._others = [name for name in columns if name not in used]

    def event(self, time: object, values: Mapping[str, object], id_: str) -> Event:
        """The event of a row.

        Args:
            time: The value of the column of time.
            values: By column the others that were read.
            id_: The id to use if the row has none.
        """
        roles = self._roles
        held = self._own_id(values)
        texts = self._all(values, "text")
        title = self.title(values)
        return Event(
            id=held or id_,
            date=_date(roles.time, time) or parse_date("0001-01-01"),
            title=title or "(no title)",
            text="\n\n".join(text for text in texts if text != title),
            kind=self._first(values, "kind"),
            status=self.status(values),
            known=_date(roles.known, values.get(roles.known.name)) if roles.known else None,
            place=self._first(values, "place"),
            actors=dict.fromkeys(self._all(values, "actors"), ""),
            tags=tuple(self._all(values, "tags")),
            sources=tuple(Citation(id=text) for text in self._all(values, "source")),
            extra={name: _text(values[name]) for name in self._others if values.get(name) is not None},
        )

    def title(self, values: Mapping[str, object]) -> str:
        """The title of a row, raw."""
        if self._roles.template:
            texts = {name: _text(value) for name, value in values.items() if value is not None}
            return filled_in(self._roles.template, texts)
        return self._first(values, "title")

    def status(self, values: Mapping[str, object]) -> Status:
        """The status of a row; `confirmed` where it gives none that is known."""
        word = self._first(values, "status").strip().lower()
        known: dict[str, Status] = {name: name for name in STATUS_SIGNS} | _WORDS  # type: ignore[assignment]
        return known.get(word, "confirmed")

    def shown_status(self, values: Mapping[str, object]) -> str:
        """The status that is shown; empty where a row gives none that is known."""
        word = self._first(values, "status").strip().lower()
        return word if word in STATUS_SIGNS else _WORDS.get(word, "")

    def _own_id(self, values: Mapping[str, object]) -> str:
        return one_line(self._first(values, "id"))

    def _first(self, values: Mapping[str, object], role: Role) -> str:
        return next(iter(self._all(values, role)), "")

    def _all(self, values: Mapping[str, object], role: Role) -> list[str]:
        found = (values.get(name) for name in self._roles.of(role))
        return [text for value in found if value is not None and (text := _text(value))]


def _date(column: TimeColumn, value: object) -> Date | None:
    try:
        edtf = column.edtf(value)
        return parse_date(edtf) if edtf else None
    except DateError:
        return None


def _text(value: object) -> str:
    return str(value)[:_LONGEST]
