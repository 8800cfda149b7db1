"""The program: find the command in the table, run it, return its exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, cast

from timeline_tui.cli.pipes import with_pipes
from timeline_tui.cli.printing import complain, flush, open_streams
from timeline_tui.cli.table import CANCELLED, COMMANDS, COMPLETE_LINE, DONE, FAILED
from timeline_tui.errors import TimelineError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence


def run() -> None:
    """Run the program and exit with its code, even if nobody reads what it prints."""
    open_streams()
    try:
        code = main(sys.argv[1:])
    except SystemExit as end:
        # argparse raises this after it has printed its help.
        code = end.code if isinstance(end.code, int) else DONE
    try:
        flush()
    except TimelineError as error:
        complain(f"timeline-tui: {error}")
        code = FAILED
    sys.exit(code)


def main(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; an error is one line on standard error."""
    try:
        return _run(with_pipes(list(arguments)))
    except TimelineError as error:
        complain(f"timeline-tui: {error}")
        return FAILED
    except OSError as error:
        complain(f"timeline-tui: {(error.strerror or 'a file cannot be read or written').lower()}")
        return FAILED
    except KeyboardInterrupt:
        return CANCELLED


def _run(words: list[str]) -> int:
    if words[:1] == [COMPLETE_LINE]:
        from timeline_tui.cli.completion import print_answer

        return print_answer(words[1:])
    command = words.pop(0) if words and words[0] and words[0] in COMMANDS else ""
    if not command and len(words) < 2 and not "".join(words).startswith("-"):
        # What most people type needs no parser: loading argparse takes as long as reading the file.
        from timeline_tui.cli.show import show

        return show(words[0] if words else None)
    from timeline_tui.cli.parser import parser_for

    options = parser_for(command).parse_args(words)
    module, _, name = COMMANDS[command].function.partition(":")
    # Each command is in a module with its own imports, so that none waits for those of another.
    run_it = cast("Callable[[Namespace], int]", getattr(import_module(f"timeline_tui.cli.{module}"), name))
    return _with_columns(run_it, options) if getattr(options, "map", None) else run_it(options)


def _with_columns(run_it: Callable[[Namespace], int], options: Namespace) -> int:
    """Run a command that says with `--map` what columns are; raises as `_take_columns()`."""
    from timeline_tui.storage.mappings import forget_what_was_said

    try:
        _take_columns(options)
        return run_it(options)
    finally:
        forget_what_was_said()


def _take_columns(options: Namespace) -> None:
    """Take columns of the files of a command line for what its `--map` says, from now on.

    Raises:
        TimelineError: A file cannot be read, or has no such column.
    """
    from pathlib import Path

    from timeline_tui.cli.common import TableOptions, table_named, table_options
    from timeline_tui.loading.mapping_choices import choose
    from timeline_tui.mapping.columns import choices

    chosen = choices(options.map)
    if getattr(options, "over", None):
        # They are columns of the table behind the timeline.
        return
    files = options.files if hasattr(options, "files") else [options.file]
    for file in files:
        if not file:
            raise UsageError("--map: the bundled timeline has no columns; name a file")
        how = table_options(options) if hasattr(options, "engine") else TableOptions()
        if table_named(file, how) is not None:
            continue
        if notice := choose(Path(file), chosen, None):
            complain(f"timeline-tui: {notice}")
