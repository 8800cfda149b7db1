"""A table on an engine, opened as a timeline is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline_tui.mapping.columns import Role
    from timeline_tui.model.problems import Problem
    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.table import Table


@dataclass(frozen=True)
class OpenedTable:
    """A table that was opened; what `Opened` is for a file."""

    path: str
    """Its address, without a password."""
    table: Table
    chosen: Mapping[Role, str]
    """What a person says that columns are."""
    problems: tuple[Problem, ...] = ()
    notice: str = ""
    """What the user should know: rows that are left out."""
    errors: int = 0
    is_foreign: bool = True
    is_table: bool = True
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def index(self) -> Table:
        """Where its rows are."""
        return self.table

    def answer_beside(self, told: Callable[[], object]) -> None:
        """Have the thread that calls this wait no longer than a moment for the engine.

        Args:
            told: Called in another thread when an answer has come that was not waited for.
        """
        self.table.answer_beside(told)

    def again(self) -> OpenedTable:
        """The same table as it is now; raises as `open_table()`."""
        return open_table(self.table.described.address, self.chosen)

    def taking(self, typed: str) -> OpenedTable:
        """The same, to be opened again with a column taken for something else: `date=occurred_at`.

        Raises:
            UsageError: That is not what was typed.
        """
        from timeline_tui.mapping.columns import choices  # noqa: PLC0415  not before the first frame

        chosen = {**self.chosen, **choices([typed.strip()], ":mapping")}
        return replace(self, chosen={role: name for role, name in chosen.items() if name})


def open_table(address: TableAddress, chosen: Mapping[Role, str]) -> OpenedTable:
    """Open a table.

    Args:
        address: Where it is.
        chosen: What a person says that columns are.

    Raises:
        TableError: It cannot be opened or read, or what it needs is not installed.
        UsageError: No column is a date, or a column that was named is not there.
    """
    try:
        from timeline_tui.tables.table import opened  # noqa: PLC0415  of an extra
    except ImportError as error:
        from timeline_tui.tables.errors import TableError  # noqa: PLC0415  as above

        raise TableError(
            "reading tables needs more: install it with pip install 'timeline-tui[tables]'"
        ) from error
    table = opened(address, chosen)
    return OpenedTable(address.shown, table, chosen, notice=table.about)
