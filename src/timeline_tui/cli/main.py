"""The command line. Each command imports what it needs, so that none waits for another's imports."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.cli.printing import complain, let_go, open_streams, print_lines
from timeline_tui.errors import BrokenOff, TimelineError, UsageError
from timeline_tui.model.problems import Severity
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.loading.loader import Loading
    from timeline_tui.loading.open_timeline import Opened
    from timeline_tui.timeline.view import View

SHOWN_PROBLEMS = 100
"""How many problems of a file are told one by one where nobody asked for them."""

_PATIENCE = 0.25
"""Seconds that an empty terminal is waited before, for the timeline itself to be the first thing on it."""

FINE, FAULTY, UNREADABLE = 0, 1, 2
"""Exit codes: no errors; errors in the file; no file, or a wrong command line."""


class Asked(NamedTuple):
    """What a command line asks to be shown of a timeline."""

    query: str = ""
    """As it was typed."""
    known_on: int | None = None
    """The day number that the timeline is to be shown as known on; None for all of it."""
    days_from: str | None = None
    """The date that dates are to be counted from, or the id of an event, which only the file can tell."""


def run() -> None:
    """The program: exit with the code of the command, whoever listens to what it prints."""
    open_streams()
    try:
        code = main(sys.argv[1:])
    except SystemExit as end:
        # argparse ends so once it has printed its help.
        code = end.code if isinstance(end.code, int) else FINE
    try:
        let_go()
    except TimelineError as error:
        complain(f"timeline-tui: {error}")
        code = UNREADABLE
    sys.exit(code)


def main(arguments: Sequence[str]) -> int:
    """Do what `arguments` say and return the exit code; what went wrong is one line on stderr."""
    words = list(arguments)
    command: Callable[[Sequence[str]], int] = _open
    commands = {**COMMANDS, **_ASKED_BY_SHELLS}
    if words and words[0] in commands:
        command = commands[words.pop(0)]
    try:
        return command(words)
    except TimelineError as error:
        complain(f"timeline-tui: {error}")
        return UNREADABLE
    except OSError as error:
        complain(f"timeline-tui: {(error.strerror or 'it cannot be read or written').lower()}")
        return UNREADABLE
    except KeyboardInterrupt:
        return 130


def _open(words: Sequence[str]) -> int:
    if len(words) < 2 and not "".join(words).startswith("-"):
        # What most people type needs no parser, which takes as long to load as the file to read.
        return _present(words[0] if words else None, Asked(), None)
    from timeline_tui.cli.arguments import parser_for

    options = parser_for("").parse_args(words)
    if options.version:
        print_lines([_version()])
        return FINE
    go_to = None if options.goto is None else _date("--goto", options.goto)
    return _present(options.file, asked_for(options), go_to)


def _present(name: str | None, asked: Asked, go_to: Date | None) -> int:
    """On a terminal and in a browser the screen, else the plain list."""
    if sys.stdout is not None and (sys.stdout.isatty() or os.environ.get("TEXTUAL_DRIVER")):
        return _show(name, asked, go_to)
    return _print_list(opened_file(name), asked)


def _show(name: str | None, asked: Asked, go_to: Date | None) -> int:
    """Open the screen, while another process reads the file."""
    import gc

    from timeline_tui.cli.can_paint import can_paint
    from timeline_tui.dates.date import today
    from timeline_tui.loading.loader import Loading, bundled_timeline

    if reason := can_paint():
        complain(f"timeline-tui: {reason}; here is the plain list")
        return _print_list(opened_file(name), asked)
    # First of all, so that reading goes on beside the imports.
    path = bundled_timeline() if name is None else _path(name)
    if str(path) == "-" and sys.stdin is not None and sys.stdin.isatty():
        raise UsageError("standard input is the terminal; pipe a timeline into it")
    loading = Loading(path, today=today())
    # Nothing becomes garbage before the first frame; the app turns it on again.
    gc.disable()
    try:
        code = _run_app(loading, asked, go_to)
        if code is None:
            loading.stop()
            loading = Loading(path, today=today(), damaged=True)
            code = _run_app(loading, asked, go_to)
        return FAULTY if code is None else code
    finally:
        loading.stop()


def _run_app(loading: Loading, asked: Asked, go_to: Date | None) -> int | None:
    """The app's exit code; None if what it was given was damaged."""
    import msgspec

    from timeline_tui.index.errors import DatabaseError
    from timeline_tui.tui.app import TimelineApp
    from timeline_tui.tui.terminal.run import run_app

    if loading.wait(_PATIENCE):
        # A wrong query, or an event that is not there, is told before the screen is taken.
        try:
            view_of(loading.opened(), asked)
        except (DatabaseError, msgspec.MsgspecError, ValueError):
            if loading.found_damaged():
                return None
            raise
    app = TimelineApp(loading, lambda opened: view_of(opened, asked), go_to=go_to)
    return run_app(app, loading.found_damaged)


def _list(words: Sequence[str]) -> int:
    from timeline_tui.cli.arguments import EVENTS, parser_for

    parser = parser_for("list")
    options = parser.parse_args(words)
    for option, what in (("topic", "claims"), ("sides", "sides")):
        if getattr(options, option) is not None and options.show != what:
            parser.error(f"--{option} goes with --show {what}")
    asked = asked_for(options)
    if options.show == EVENTS:
        from timeline_tui.pages.event_list import listing

        return _print_list(opened_file(options.file), asked, lambda view: listing(view, options.width))
    from timeline_tui.pages.printed import PageRequest, printed_page

    wanted = PageRequest(options.show, options.file, options.topic, options.sides, options.width)
    return _print_list(opened_file(options.file), asked, lambda view: printed_page(view, wanted))


def _check(words: Sequence[str]) -> int:
    from timeline_tui.cli.arguments import parser_for

    options = parser_for("check").parse_args(words)
    from timeline_tui.cli.problem_report import report

    verdict = FINE
    for name in options.files:
        code = _check_one(name, report(options.format), strict=options.strict)
        verdict = max(verdict, code)
    return verdict


def _check_one(name: str, lines: Callable[..., Iterable[str]], *, strict: bool) -> int:
    from timeline_tui.cli.progress_line import ProgressLine
    from timeline_tui.dates.date import today
    from timeline_tui.loading.read_and_check import check_file
    from timeline_tui.reading.open_file import CannotRead

    try:
        with ProgressLine(Path(name), sys.stderr) as line:
            problems = check_file(Path(name), today=today(), report=line.show)
    except (BrokenOff, CannotRead) as error:
        # There may be other files to check.
        complain(f"timeline-tui: {error}")
        return UNREADABLE
    print_lines(lines(problems))
    faulty = bool(problems) if strict else any(problem.severity is Severity.ERROR for problem in problems)
    return FAULTY if faulty else FINE


def _new(words: Sequence[str]) -> int:
    from timeline_tui.cli.arguments import parser_for

    options = parser_for("new").parse_args(words)
    import platformdirs

    from timeline_tui.editing.starter import write_starter
    from timeline_tui.model.json_schema import schema_for

    path = Path(options.file)
    write_starter(path, schema_for(path, platformdirs.user_data_path("timeline-tui")))
    print_lines([f"{one_line(options.file)} is written; open it with: timeline-tui {one_line(options.file)}"])
    return FINE


def _schema(words: Sequence[str]) -> int:
    from timeline_tui.cli.arguments import parser_for

    parser_for("schema").parse_args(words)
    from timeline_tui.model.json_schema import schema_text

    print_lines(schema_text().splitlines())
    return FINE


def _cache(words: Sequence[str]) -> int:
    from timeline_tui.cli.arguments import parser_for

    options = parser_for("cache").parse_args(words)
    from timeline_tui.cli.cache import cache_lines, cleared_lines
    from timeline_tui.storage.index_cache import Cache

    cache = Cache.of_user()
    if cache.notice:
        complain(f"timeline-tui: {cache.notice}")
    print_lines(cleared_lines(cache) if options.clear else cache_lines(cache))
    return FINE


def _further(command: str) -> Callable[[Sequence[str]], int]:
    """A command of the module that has those which are used less often."""

    def run_it(words: Sequence[str]) -> int:
        from timeline_tui.cli.commands import FURTHER

        return FURTHER[command](words)

    return run_it


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "list": _list,
    "check": _check,
    "new": _new,
    "schema": _schema,
    "cache": _cache,
    **{name: _further(name) for name in ("export", "import", "add", "fmt", "serve", "completion")},
}
"""The commands that people type."""
_ASKED_BY_SHELLS = {"complete-line": _further("complete-line")}


def _version() -> str:
    from importlib.metadata import version

    return f"timeline-tui {version('timeline-tui')}"


def opened_file(name: str | None) -> Opened:
    """A file opened in this process, with its progress on a terminal; without a name, what is bundled."""
    from timeline_tui.cli.progress_line import ProgressLine
    from timeline_tui.dates.date import today
    from timeline_tui.loading.loader import bundled_timeline
    from timeline_tui.loading.open_timeline import open_timeline

    path = bundled_timeline() if name is None else _path(name)
    with ProgressLine(path, sys.stderr) as line:
        return open_timeline(path, today=today(), report=line.show)


def _path(name: str) -> Path:
    """The path that a name means; an empty one is not the folder that one is in."""
    if not name:
        raise UsageError("an empty name is no file")
    return Path(name)


def view_of(opened: Opened, asked: Asked) -> View:
    """What is asked for of a timeline.

    Raises:
        UsageError: It cannot be shown, at least not of so much of the file.
    """
    from timeline_tui.dates.date import today
    from timeline_tui.query.language import parse_query
    from timeline_tui.timeline.view import View

    view = View(opened.index, today=today())
    if asked.query:
        parsed = parse_query(asked.query, view.vocabulary)
        for problem in parsed.problems:
            raise UsageError(f"--filter: {problem}")
        view = view.with_query(parsed.query)
    view = view.known_by(asked.known_on)
    return view if asked.days_from is None else view.counted_from(_origin(view, asked.days_from))


def asked_for(options: Namespace) -> Asked:
    """What is to be shown, as the command line says."""
    known_on = None if options.known_on is None else _known_on(options.known_on)
    return Asked(options.filter, known_on, options.days_from)


def _known_on(text: str) -> int:
    """The last day of what was typed; today of what is not over yet."""
    from timeline_tui.dates.date import today
    from timeline_tui.dates.wording import in_words

    now = today()
    date = _date("--known-on", text)
    if date.earliest > now:
        raise UsageError(
            f"--known-on: {in_words(date)} is still to come; nobody knows yet what will be known then"
        )
    return min(date.latest, now)


def _origin(view: View, text: str) -> int:
    """The first day of a date as people type it, else of the event with that id.

    The date goes first: of a file that is read beside the screen, an event may be there later. An event is
    where the view has it; one that is not known there yet, where the file has it: who names it knows of it.
    """
    from timeline_tui.dates.date import BEGINNING, DateError
    from timeline_tui.dates.typed import read_typed

    try:
        day = read_typed(text, today=view.today).date.earliest
    except DateError as error:
        # An id has nothing hidden in it; anything else SQLite may not even take.
        key = view.key_of(one_line(text))
        if key is None:
            raise UsageError(f"--days-from: {error}; nor is there an event with that id") from error
        day = view.event(key).date.earliest
    if day == BEGINNING:
        raise UsageError(f"--days-from: {one_line(text)} has no first day to count from")
    return day


def _date(option: str, text: str) -> Date:
    from timeline_tui.dates.date import DateError, today
    from timeline_tui.dates.typed import read_typed

    try:
        return read_typed(text, today=today()).date
    except DateError as error:
        raise UsageError(f"{option}: {error}") from error


def _tell_problems(opened: Opened) -> None:
    for problem in opened.problems[:SHOWN_PROBLEMS]:
        complain(str(problem))
    if len(opened.problems) > SHOWN_PROBLEMS:
        complain(f"timeline-tui: and {len(opened.problems) - SHOWN_PROBLEMS} more; see timeline-tui check")
    tell_left_out(opened)


def tell_left_out(opened: Opened, *, errors: bool = False) -> None:
    """Say what of a file is missing in what was made of it, for its errors or as it cannot be read.

    Args:
        opened: The file.
        errors: Whether to tell one by one what is wrong, too, and where.
    """
    from timeline_tui.loading.foreign_file import LEFT_OUT

    found = [each for each in opened.problems if each.severity is Severity.ERROR or each.code == LEFT_OUT]
    for problem in found[:SHOWN_PROBLEMS] if errors else ():
        complain(str(problem))
    if found:
        counts = sorted(opened.left_out.items(), key=lambda each: (each[0] != "event", each[0]))
        missing = ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in counts)
        word = "error" if opened.errors else "problem"
        many = f"{len(found):,} {word}{'' if len(found) == 1 else 's'} in {opened.path}"
        complain(f"timeline-tui: {many}; left out for them: {missing or 'nothing'}")


def _print_list(opened: Opened, asked: Asked, account: Callable[[View], Iterable[str]] | None = None) -> int:
    """Print what is asked for, as `account` has it; a line an event, if it is None."""
    from timeline_tui.pages.event_list import listing

    view = view_of(opened, asked)
    lines = (account or listing)(view)
    if opened.notice:
        complain(f"timeline-tui: {opened.notice}")
    _tell_problems(opened)
    print_lines(lines)
    return FAULTY if opened.errors else FINE
