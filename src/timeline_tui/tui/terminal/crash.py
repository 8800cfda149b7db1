"""Crash reports: one line for the user, and a report in a file that only its owner can read."""

from __future__ import annotations

import os
import platform
import sys
import time
import traceback
from importlib.metadata import PackageNotFoundError, version

from textual.worker import WorkerFailed

from timeline_tui.text.sanitize import one_line, visible

_PACKAGES = ("timeline-tui", "textual", "rich", "msgspec", "PyYAML")
_TERMINAL_VARIABLES = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "STY", "NO_COLOR",
    "COLUMNS", "LINES", "LANG", "LC_ALL", "LC_CTYPE",
)  # fmt: skip
_MAX_LINE = 300
_MAX_MESSAGE = 200


def report_crash(error: BaseException) -> str:
    """Write a report on `error`; returns one line about it that is safe to print.

    Never fails: if the report cannot be written, the line says so.
    """
    cause = _cause(error)
    kind = f"{type(cause).__name__}: {_text(cause)}".rstrip(": ")
    kind = one_line(kind)[:_MAX_MESSAGE]
    try:
        where = f"a report is in {_write(_report(cause))}"
    except OSError as refusal:
        where = f"no report could be written ({refusal.strerror or refusal})"
    return one_line(f"timeline-tui: something went wrong: {kind}; {where}")


def _cause(error: BaseException) -> BaseException:
    return _cause(error.error) if isinstance(error, WorkerFailed) else error


def _text(error: BaseException) -> str:
    """`str(error)`, or an empty text if even that raises an exception."""
    return traceback.format_exception_only(error)[-1].partition(":")[2].strip()


def _report(error: BaseException) -> str:
    """The traceback (without values of variables), the versions, and facts about the terminal."""
    packages = "\n".join(f"{name} {_version(name)}" for name in _PACKAGES)
    terminal = "\n".join(f"{name}={os.environ[name]}" for name in _TERMINAL_VARIABLES if name in os.environ)
    text = (
        "A report on a crash of timeline-tui.\n"
        "Read it before you send it to anyone: the last lines may quote your timeline.\n\n"
        f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')}\n"
        f"Python {platform.python_version()} on {platform.platform()}\n"
        f"{packages}\n{terminal}\nsize {_size()}\n\n"
        f"{''.join(traceback.format_exception(error))}"
    )
    return "".join(f"{line[:_MAX_LINE]}\n" for line in visible(text).split("\n"))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(unknown version)"


def _size() -> str:
    for stream in (sys.__stderr__, sys.__stdout__, sys.__stdin__):
        if stream is not None and stream.isatty():
            size = os.get_terminal_size(stream.fileno())
            return f"{size.columns}x{size.lines}"
    return "unknown"


def _write(report: str) -> str:
    """Write `report` to a new file in the user's log folder; returns its path.

    Raises:
        OSError: It cannot be written.
    """
    import platformdirs  # noqa: PLC0415 (only after a crash)

    folder = platformdirs.user_log_path("timeline-tui")
    if not folder.is_absolute():
        raise OSError("there is no home folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(report)
    return str(path)
