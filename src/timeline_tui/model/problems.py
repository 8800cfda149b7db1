"""What is wrong with a file, said so that its author can put it right."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from timeline_tui.text.sanitize import one_line


class Severity(StrEnum):
    """How much a problem costs."""

    ERROR = "error"
    """The record is left out."""
    WARNING = "warning"
    """The record is kept as it is."""


class Problem(NamedTuple):
    """One thing wrong at one place of one file.

    `line` and `column` count from 1; 0 stands for the file as a whole.
    Texts may hold words of the file: they are raw here and made visible by `str()`.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """`path:line:column: severity code message (hint)`, on one line and safe to print."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        hint = f" ({self.hint})" if self.hint else ""
        return one_line(f"{place}: {self.severity} {self.code} {self.message}{hint}")
