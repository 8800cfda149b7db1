"""What can go wrong with a table on an engine; each text says what to do."""

from __future__ import annotations

from timeline_tui.errors import TimelineError


class TableError(TimelineError):
    """A table cannot be opened or read."""


class PasswordNeeded(TableError):  # noqa: N818  reads as what it says
    """The server wants a password, and there is none, or the one that was typed is wrong."""


class TooSlow(TableError):  # noqa: N818  reads as what it says
    """A query took longer than its limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the engine did not answer within {seconds:g} s; filter by a shorter time, or see docs/tables.md"
            " on indexes"
        )
