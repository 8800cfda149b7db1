"""On which line of a list a row is, where all rows have one height but for one of them."""

from __future__ import annotations

from typing import NamedTuple


class RowLines(NamedTuple):
    """The lines of `rows` rows, numbered from 0. Every question takes the same time, however many rows."""

    rows: int = 0
    height: int = 1
    """Lines of a row."""
    tall: int = -1
    """The row that has more lines; -1 for none."""
    extra: int = 0
    """How many more."""

    @property
    def total(self) -> int:
        """The number of lines of all rows."""
        return self.rows * self.height + (self.extra if self.tall >= 0 else 0)

    def line_of(self, row: int) -> int:
        """The first line of a row."""
        return row * self.height + (self.extra if 0 <= self.tall < row else 0)

    def lines_in(self, row: int) -> int:
        """The number of lines of a row."""
        return self.height + (self.extra if 0 <= self.tall == row else 0)

    def at(self, line: int) -> tuple[int, int]:
        """The row that a line belongs to, and which of its lines it is, from 0.

        Beyond the last row, the rows that would follow.
        """
        if self.tall < 0 or line < self.line_of(self.tall):
            return divmod(line, self.height)
        part = line - self.line_of(self.tall)
        if part < self.lines_in(self.tall):
            return self.tall, part
        return divmod(line - self.extra, self.height)
