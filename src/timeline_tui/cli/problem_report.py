"""Problems as text, JSON, or annotations of a pull request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline_tui.model.problems import Problem


def report(form: str) -> Callable[[Iterable[Problem]], Iterator[str]]:
    """The function that writes problems in `form`: `text`, `json` (a line each) or `github`."""
    return {"text": _as_text, "json": _as_json, "github": _as_github}[form]


def _as_text(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        yield str(problem)


def _as_json(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        # ASCII only: what is hidden in a text of the file stays escaped.
        yield json.dumps(problem._asdict())


def _as_github(problems: Iterable[Problem]) -> Iterator[str]:
    """Workflow commands, as GitHub reads them: `::error file=…,line=…,col=…::message`."""
    for problem in problems:
        message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        line = f",line={problem.line},col={problem.column}" if problem.line else ""
        place = f"file={_escaped(problem.path)}{line},title={problem.code}"
        yield f"::{problem.severity} {place}::{one_line(message).replace('%', '%25')}"


def _escaped(value: str) -> str:
    """A property of a workflow command; white space stays, as a file is found by its name."""
    for character in "%\n:,":
        value = value.replace(character, f"%{ord(character):02X}")
    return visible(value)
