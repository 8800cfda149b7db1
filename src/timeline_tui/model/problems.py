"""What can be wrong with a file: problems, their codes, and the log that collects them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PROBLEMS = 10_000
"""The number of problems of one file that are kept; further ones are only counted."""

_MORE = re.compile(r"([0-9,]+) more problems are not listed")


class Severity(StrEnum):
    """How serious a problem is."""

    ERROR = "error"
    """A record or an entry is left out, or a value is not used."""
    WARNING = "warning"
    """The record is kept as it is."""
    REMARK = "remark"
    """Nothing may be wrong at all; a strict check passes."""


class Code(StrEnum):
    """The stable names of problems; `docs/format.md` says what each means."""

    EMPTY_FILE = "empty-file"
    NOT_A_TIMELINE = "not-a-timeline"
    BAD_ENCODING = "bad-encoding"
    BAD_CHARACTER = "bad-character"
    YAML_SYNTAX = "yaml-syntax"
    BAD_INDENT = "bad-indent"
    BAD_TAG = "bad-tag"
    BAD_ALIAS = "bad-alias"
    MERGE_KEY = "merge-key"
    BAD_KEY = "bad-key"
    DUPLICATE_KEY = "duplicate-key"
    SECOND_DOCUMENT = "second-document"
    TOO_DEEP = "too-deep"
    TOO_MANY = "too-many"
    MISSING_KEY = "missing-key"
    UNKNOWN_KEY = "unknown-key"
    WRONG_SHAPE = "wrong-shape"
    EMPTY_VALUE = "empty-value"
    BAD_DATE = "bad-date"
    BAD_ID = "bad-id"
    BAD_URL = "bad-url"
    BAD_WORD = "bad-word"
    BAD_LANGUAGE = "bad-language"
    BAD_NUMBER = "bad-number"
    BAD_VERSION = "bad-version"
    NEWER_KEY = "newer-key"
    HIDDEN_CHARACTER = "hidden-character"
    DUPLICATE_ID = "duplicate-id"
    DANGLING_ID = "dangling-id"
    CIRCLE = "circle"
    NOT_A_FIGURE = "not-a-figure"
    UNUSED_ID = "unused-id"
    FALSE_PRECISION = "false-precision"
    TWIN_EVENT = "twin-event"
    NEAR_SPELLING = "near-spelling"
    NEAR_MISS = "near-miss"
    EFFECT_FIRST = "effect-first"
    UNFINDABLE_SOURCE = "unfindable-source"
    EARLY_SOURCE = "early-source"
    STALE_PLAN = "stale-plan"
    FUTURE_CONFIRMED = "future-confirmed"
    CHANGED_PLAN = "changed-plan"
    UNMARKED_QUOTE = "unmarked-quote"
    NO_ORIGINAL = "no-original"
    SATIRE_ONLY = "satire-only"
    OUT_OF_ORDER = "out-of-order"
    SAME_DAY = "same-day"
    EARLY_ENTRY = "early-entry"
    TWICE_SAID = "twice-said"
    ENDS_FIRST = "ends-first"
    EARLY_RETRACTION = "early-retraction"
    RETRACTED_SOURCE = "retracted-source"
    EARLY_ANSWER = "early-answer"
    EMPTY_STEP = "empty-step"
    LONG_NAME = "long-name"
    HINDSIGHT = "hindsight"
    SAME_WORDS = "same-words"


class Problem(NamedTuple):
    """A problem at one place in a file.

    `line` and `column` count from 1; 0 means the file as a whole. The message and the hint can contain raw
    text from the file; `str()` makes it safe to print.
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


class ProblemLog:
    """Collects the problems of one file."""

    __slots__ = ("_beyond", "_found", "_known", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: list[Problem] = []
        self._beyond = 0
        self._known = set[str]()

    def error(self, code: Code, place: tuple[int, int], message: str, hint: str = "") -> None:
        """Add an error; `place` is line and column, from 1."""
        self._add(Problem(self.path, *place, Severity.ERROR, code, message, hint))

    def warning(self, code: Code, place: tuple[int, int], message: str, hint: str = "") -> None:
        """Add a warning; `place` is line and column, from 1."""
        self._add(Problem(self.path, *place, Severity.WARNING, code, message, hint))

    def remark(self, code: Code, place: tuple[int, int], message: str, hint: str = "") -> None:
        """Something that the keeper of the file may want to know."""
        self._add(Problem(self.path, *place, Severity.REMARK, code, message, hint))

    def __bool__(self) -> bool:
        return bool(self._found)

    def by_line(self) -> list[Problem]:
        """All problems by line and column, the one about the whole file first."""
        return _listed(self._found, self._beyond)

    def _add(self, problem: Problem) -> None:
        if _is_of_a_column(problem):
            if problem.message in self._known:
                return
            self._known.add(problem.message)
        if len(self._found) < MOST_PROBLEMS:
            self._found.append(problem)
        else:
            self._beyond += 1


def _is_of_a_column(problem: Problem) -> bool:
    """Whether it is about a key that many records have on purpose, so that reporting it once is enough."""
    return problem.code == Code.UNKNOWN_KEY and not problem.hint


def by_line(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of one file from several logs, by line and column, at most `MOST_PROBLEMS` of them."""
    found: list[Problem] = []
    beyond = 0
    for problem in problems:
        if problem.code == Code.TOO_MANY and (more := _MORE.fullmatch(problem.message)):
            beyond += int(more[1].replace(",", ""))
        else:
            found.append(problem)
    return _listed(found, beyond)


def _listed(found: list[Problem], beyond: int) -> list[Problem]:
    found = _once(sorted(found, key=lambda problem: (problem.line, problem.column)))
    beyond += max(0, len(found) - MOST_PROBLEMS)
    if not beyond:
        return found
    message = f"{beyond:,} more problems are not listed"
    whole = Problem(found[0].path, 0, 0, Severity.ERROR, Code.TOO_MANY, message)
    return [whole, *found[:MOST_PROBLEMS]]


def _once(found: list[Problem]) -> list[Problem]:
    """Problems by line, those of a column once: several readers may each have met it."""
    known = set[str]()
    kept = []
    for problem in found:
        if _is_of_a_column(problem):
            if problem.message in known:
                continue
            known.add(problem.message)
        kept.append(problem)
    return kept
