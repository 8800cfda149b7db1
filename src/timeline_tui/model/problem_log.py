"""What can be wrong with a file: the codes of its problems, and where they are gathered."""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline_tui.model.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PROBLEMS = 10_000
"""How many problems of one file are kept; what comes after is only counted."""

_MANY = 1_000
_LEFTOVER = 3
_SHORT = 5


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
    EFFECT_FIRST = "effect-first"
    UNFINDABLE_SOURCE = "unfindable-source"
    EARLY_SOURCE = "early-source"
    STALE_PLAN = "stale-plan"
    FUTURE_CONFIRMED = "future-confirmed"
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


_MORE = re.compile(r"([0-9,]+) more problems are not listed")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of one file, found by several, by line and column; no more than are listed of one file."""
    found: list[Problem] = []
    beyond = 0
    for problem in problems:
        if problem.code == Code.TOO_MANY and (more := _MORE.fullmatch(problem.message)):
            beyond += int(more[1].replace(",", ""))
        else:
            found.append(problem)
    return _listed(found, beyond)


def _listed(found: list[Problem], beyond: int) -> list[Problem]:
    found = sorted(found, key=lambda problem: (problem.line, problem.column))
    beyond += max(0, len(found) - MOST_PROBLEMS)
    if not beyond:
        return found
    message = f"{beyond:,} more problems are not listed"
    whole = Problem(found[0].path, 0, 0, Severity.ERROR, Code.TOO_MANY, message)
    return [whole, *found[:MOST_PROBLEMS]]


class Faults:
    """The problems of one file, as they are found."""

    __slots__ = ("_beyond", "_found", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: list[Problem] = []
        self._beyond = 0

    def error(self, code: Code, place: tuple[int, int], message: str, hint: str = "") -> None:
        """A record is left out; `place` is line and column, from 1."""
        self._add(Problem(self.path, *place, Severity.ERROR, code, message, hint))

    def warning(self, code: Code, place: tuple[int, int], message: str, hint: str = "") -> None:
        """A record is doubtful, but kept."""
        self._add(Problem(self.path, *place, Severity.WARNING, code, message, hint))

    def __bool__(self) -> bool:
        return bool(self._found)

    def in_order(self) -> list[Problem]:
        """All problems by line and column, the one about the whole file first."""
        return _listed(self._found, self._beyond)

    def _add(self, problem: Problem) -> None:
        if len(self._found) < MOST_PROBLEMS:
            self._found.append(problem)
        else:
            self._beyond += 1


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate that `word` is probably a slip of, or an empty text.

    Among many candidates, only those that begin or end like `word` are looked at.
    """
    known = list(candidates)
    if word.lower() in known:
        return word.lower()
    if len(known) > _MANY:
        head, tail = word[:_LEFTOVER], word[-_LEFTOVER:]
        alike = (name for name in known if abs(len(name) - len(word)) < _LEFTOVER)
        known = [name for name in alike if name.startswith(head) or name.endswith(tail)][:_MANY]
    likeness = 0.6 if len(word) < _SHORT else 0.75
    found = difflib.get_close_matches(word[:100], known, n=1, cutoff=likeness)
    return found[0] if found else ""


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint that offers the nearest candidate, or an empty text."""
    found = nearest(word, candidates)
    return f"did you mean {found}?" if found else ""
