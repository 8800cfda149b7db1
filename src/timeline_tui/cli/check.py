"""`check` and `schema`: what is wrong in a timeline, and what is right in any."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.cli.printing import complain, print_lines
from timeline_tui.cli.table import DONE, FAILED, FAULTY
from timeline_tui.errors import BrokenOff
from timeline_tui.model.problems import Severity
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator

    from timeline_tui.model.problems import Problem


def check(options: Namespace) -> int:
    """`check`: print the problems of files."""
    report = reporter(options.format)
    return max(_check_file(name, report, strict=options.strict) for name in options.files)


def _check_file(name: str, report: Callable[[Iterable[Problem]], Iterator[str]], *, strict: bool) -> int:
    from timeline_tui.cli.progress_line import ProgressLine
    from timeline_tui.dates.date import today
    from timeline_tui.loading.source_file import check_file
    from timeline_tui.reading.open_file import CannotRead

    try:
        with ProgressLine(Path(name), sys.stderr) as line:
            problems = check_file(Path(name), today=today(), report=line.show)
    except (BrokenOff, CannotRead) as error:
        # There may be other files to check.
        complain(f"timeline-tui: {error}")
        return FAILED
    print_lines(report(problems))
    costly = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    faulty = any(problem.severity in costly for problem in problems)
    return FAULTY if faulty else DONE


def reporter(form: str) -> Callable[[Iterable[Problem]], Iterator[str]]:
    """The function that makes lines of problems: `text`, `json` (JSON Lines) or `github` (annotations)."""
    return {"text": _as_text, "json": _as_json, "github": _as_github}[form]


def _as_text(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        yield str(problem)


def _as_json(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        # ASCII only, so that hidden characters of the file stay escaped.
        yield json.dumps(problem._asdict())


def _as_github(problems: Iterable[Problem]) -> Iterator[str]:
    """Workflow commands, as GitHub reads them: `::error file=…,line=…,col=…::message`, or `::notice`."""
    for problem in problems:
        message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        line = f",line={problem.line},col={problem.column}" if problem.line else ""
        place = f"file={_escaped(problem.path)}{line},title={problem.code}"
        command = "notice" if problem.severity is Severity.REMARK else problem.severity
        yield f"::{command} {place}::{one_line(message).replace('%', '%25')}"


def _escaped(value: str) -> str:
    """A property of a workflow command; white space stays, because a file is found by its name."""
    for character in "%\n:,":
        value = value.replace(character, f"%{ord(character):02X}")
    return visible(value)


def schema(_: Namespace) -> int:
    """`schema`: print the JSON Schema of the format."""
    from timeline_tui.model.json_schema import schema_text

    print_lines(schema_text().splitlines())
    return DONE
