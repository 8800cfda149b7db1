"""A timeline on the screen, as plain text where there is no screen, or in a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.cli.common import (
    TableOptions,
    ViewOptions,
    date_of,
    open_any,
    path_of,
    print_problems,
    table_named,
    table_options,
    view_of,
    view_options,
)
from timeline_tui.cli.printing import complain, print_lines
from timeline_tui.cli.table import DONE, EVENTS, FAULTY, PICTURES
from timeline_tui.errors import UsageError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable

    from timeline_tui.cli.first_picture import FirstPicture
    from timeline_tui.dates.date import Date
    from timeline_tui.loading.loader import Loading
    from timeline_tui.loading.opened import Opened
    from timeline_tui.loading.opened_table import OpenedTable
    from timeline_tui.storage.kept_pictures import Picture
    from timeline_tui.storage.remembered import Remembered
    from timeline_tui.storage.settings import Settings
    from timeline_tui.timeline import TimelineView
    from timeline_tui.tui.terminal.early import EarlyTerminal

_PATIENCE = 0.25
"""Seconds to wait for the timeline before a loading screen is painted."""
_PATIENCE_AT_A_GLANCE = 2.0
"""As before, while a kept picture is shown, and for a file that is read in a moment unless others keep the
processors busy: a loading screen would delay its first frame by its own."""
_EVERYTHING = ViewOptions()
_AS_NAMED = TableOptions()


def open_or_list(options: Namespace) -> int:
    """The program without a command."""
    if options.version:
        print_lines([_version()])
        return DONE
    go_to = None if options.goto is None else date_of("--goto", options.goto)
    if options.example is not None:
        from timeline_tui.loading.bundled import example_timeline

        if options.file is not None:
            raise UsageError("--example opens a timeline of its own; leave out FILE")
        options.file = str(example_timeline(options.example))
    return show(options.file, view_options(options), go_to, table_options(options))


def show(
    name: str | None,
    options: ViewOptions = _EVERYTHING,
    go_to: Date | None = None,
    how: TableOptions = _AS_NAMED,
) -> int:
    """Show a timeline on the screen of a terminal or browser; elsewhere list its events.

    Args:
        name: The file as typed; None for the bundled timeline.
        options: The part of it that is shown.
        go_to: The date of the event that is selected first.
        how: How a table is to be read.
    """
    if sys.stdout is not None and (sys.stdout.isatty() or os.environ.get("TEXTUAL_DRIVER")):
        return _show(name, options, go_to, how)
    return _print_list(open_any(name, how), options)


def present_story(options: Namespace) -> int:
    """Present a story of a timeline; without a terminal, print its steps."""
    name, story, shown = options.file, options.story or "", view_options(options)
    if sys.stdout is not None and (sys.stdout.isatty() or os.environ.get("TEXTUAL_DRIVER")):
        return _show(name, shown, None, story=story)
    from timeline_tui.telling.path import story_or_events
    from timeline_tui.telling.printed import printed_steps

    return _print_list(
        open_any(name, _AS_NAMED), shown, lambda view: printed_steps(story_or_events(view, story))
    )


def can_paint() -> str:
    """Why the screen cannot be painted here, in words; empty if it can.

    Textual reads from standard input and asks standard output for its size. In the process of a web server
    (TEXTUAL_DRIVER is set) no terminal is needed.
    """
    if os.environ.get("TEXTUAL_DRIVER"):
        return ""
    for stream, name in ((sys.__stdin__, "input"), (sys.__stdout__, "output")):
        if stream is None or stream.closed or not stream.isatty():
            return f"standard {name} is not a terminal"
    term = os.environ.get("TERM", "")
    if sys.platform != "win32" and term in ("", "dumb", "unknown"):
        return f"the terminal cannot move its cursor (TERM is {term or 'not set'})"
    return ""


def _version() -> str:
    from importlib.metadata import version

    return f"timeline-tui {version('timeline-tui')}"


def _show(
    name: str | None,
    options: ViewOptions,
    go_to: Date | None,
    how: TableOptions = _AS_NAMED,
    story: str | None = None,
) -> int:
    """Paint the screen while another process reads the file; present a story unless it is None."""
    import gc

    from timeline_tui.loading.bundled import bundled_timeline
    from timeline_tui.storage.settings import read_settings, settings_path

    if reason := can_paint():
        complain(f"timeline-tui: {reason}; listing the events instead")
        return _print_list(open_any(name, how), options)
    if table_named(name, how) is not None:
        return _show_table(name, options, go_to, how)
    path = bundled_timeline() if name is None else path_of(name)
    if str(path) == "-" and sys.stdin is not None and sys.stdin.isatty():
        raise UsageError("standard input is the terminal; pipe a timeline into it")
    # Nothing becomes garbage before the first frame; the app turns it on again.
    gc.disable()
    start = _Start(path, options, go_to, read_settings(settings_path()), story=story, how=how)
    if story is not None or how.over or sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return _paint(start)
    from timeline_tui.cli.first_picture import FirstPicture
    from timeline_tui.tui.terminal.early import EarlyTerminal

    first = FirstPicture(path, (options, go_to), start.settings)
    with EarlyTerminal() as early:
        if picture := first.read():
            early.show(picture)
        return _paint(start._replace(first=first, early=early))


class _Start(NamedTuple):
    """What the screen begins with."""

    path: Path
    options: ViewOptions
    go_to: Date | None
    settings: Settings
    first: FirstPicture | None = None
    early: EarlyTerminal | None = None
    story: str | None = None
    """The id of a story to present, empty for the first one; None to show the timeline."""
    how: TableOptions = _AS_NAMED
    """Which table stands behind the timeline, if one does, and how it is read."""

    def keep(self, picture: Picture, notes: bytes, place: bytes) -> None:
        """Keep what a start shows first while so much is stored."""
        if self.first is not None:
            from timeline_tui.cli.first_picture import Stored

            self.first.keep(picture, Stored(notes, place))


def _first_options(start: _Start, remembered: Remembered) -> ViewOptions:
    """What was typed; else order and time zone as chosen for this timeline, else as in the settings."""
    from timeline_tui.dates.zones import find_zone

    options = start.options
    chosen = start.settings["zone"] if remembered.zone is None else remembered.zone
    zone = options.zone or (chosen if chosen and find_zone(chosen) else "")
    return options._replace(sort=options.sort or remembered.sort or start.settings["sort"], zone=zone)


def _paint(start: _Start) -> int:
    from timeline_tui.dates.date import today
    from timeline_tui.loading.loader import Loading

    # Before Textual is imported, so that both happen at the same time.
    loading = Loading(start.path, today=today())
    try:
        code = _run_app(loading, start)
        if code is None:
            loading.stop()
            loading = Loading(start.path, today=today(), damaged=True)
            code = _run_app(loading, start)
        return FAULTY if code is None else code
    finally:
        loading.stop()


def _show_table(name: str | None, options: ViewOptions, go_to: Date | None, how: TableOptions) -> int:
    """Paint the screen with a table; what keeps it from being opened is said first."""
    from timeline_tui.storage.settings import read_settings, settings_path

    opened = open_any(name, how)
    view_of(opened, options)
    from timeline_tui.storage.remembered import RememberedFile
    from timeline_tui.tui.app import Start, TimelineApp
    from timeline_tui.tui.terminal.run import run_app

    is_served = bool(os.environ.get("TEXTUAL_DRIVER"))
    # Nothing is kept about a server on this machine.
    is_private = is_served or "://" in opened.path
    place = RememberedFile(Path("-" if is_private else opened.path))
    start = Start(
        read_settings(settings_path()),
        go_to,
        place=place,
        kept=place.read(),
        has_notes=not is_private,
        is_taken_up=go_to is None and options == _EVERYTHING,
    )
    code = run_app(TimelineApp(opened, lambda shown: view_of(shown, options), start), lambda: False)
    return FAULTY if code is None else code


def _table_behind(how: TableOptions) -> OpenedTable | None:
    """The table that was typed after `--over`, if one was; after other processes have been started."""
    from timeline_tui.loading.opened_table import OpenedTable

    if not how.over:
        return None
    opened = open_any(how.over, how)
    if not isinstance(opened, OpenedTable):
        raise UsageError(f"--over takes a table, as in events.parquet; {one_line(how.over)} is a timeline")
    return opened


def _run_app(loading: Loading, start: _Start) -> int | None:
    """The app's exit code; None if the cached index is damaged."""
    import msgspec

    from timeline_tui.index.errors import DatabaseError
    from timeline_tui.storage.remembered import RememberedFile
    from timeline_tui.storage.visit_files import is_first_visit
    from timeline_tui.text.byte_sizes import NOTICEABLE
    from timeline_tui.tui.app import Start, TimelineApp
    from timeline_tui.tui.terminal.run import run_app

    # Before the program shows it, and so counts as a visit.
    first_visit = is_first_visit(loading.path)
    is_taken = start.early is not None and start.early.is_taken
    is_soon_there = is_taken or 0 < loading.size < NOTICEABLE
    if loading.wait(_PATIENCE_AT_A_GLANCE if is_soon_there else _PATIENCE):
        # A wrong query or event id is reported before the terminal is taken over.
        try:
            view = view_of(loading.opened(), start.options)
            if start.story:
                from timeline_tui.telling.path import story_or_events

                story_or_events(view, start.story)
        except (DatabaseError, msgspec.MsgspecError, ValueError):
            if loading.found_damaged():
                return None
            raise
    # Who looks at it in a browser may sit at another machine, and is not told what this user made of it.
    is_served = bool(os.environ.get("TEXTUAL_DRIVER"))
    place = RememberedFile(Path("-") if is_served else loading.path)
    kept = place.read()
    options = _first_options(start, kept.remembered)
    app = TimelineApp(
        loading,
        lambda opened: view_of(opened, options),
        Start(
            start.settings,
            start.go_to,
            first_visit,
            start.keep,
            place,
            kept,
            has_notes=not is_served,
            story=start.story,
            over=_table_behind(start.how),
            is_taken_up=start.go_to is None and start.options._replace(sort="", zone="") == _EVERYTHING,
        ),
    )
    return run_app(app, loading.found_damaged, start.early)


def list_events(options: Namespace) -> int:
    """`list`: the events, or what `--show` or `--picture` names.

    Raises:
        UsageError: An option does not go with what is shown.
    """
    for option, what in (("topic", "claims"), ("sides", "sides")):
        if getattr(options, option) is not None and options.show != what:
            raise UsageError(f"--{option} goes with --show {what}; see timeline-tui list --help")
    part = view_options(options)
    if part.sort and options.show != EVENTS:
        raise UsageError(f"--sort goes with --show {EVENTS}; see timeline-tui list --help")
    if options.picture is not None:
        if options.show != EVENTS:
            raise UsageError("--picture and --show name two different things; give one of them")
        from timeline_tui.pictures.printed import printed_picture

        name, by, width = options.picture, options.by or "", options.width
        if by and by not in PICTURES[name]:
            ways = (
                f"can be --by {', '.join(PICTURES[name])}, but not by {by}"
                if PICTURES[name]
                else "has no --by"
            )
            raise UsageError(f"--picture {name} {ways}")
        return _print_list(
            open_any(options.file, table_options(options)),
            part,
            lambda view: printed_picture(view, name, by, width),
        )
    if options.by is not None:
        raise UsageError("--by goes with --picture; see timeline-tui list --help")
    if options.show == EVENTS:
        from timeline_tui.pages.event_list import listing

        return _print_list(
            open_any(options.file, table_options(options)), part, lambda view: listing(view, options.width)
        )
    from timeline_tui.pages.printed import PageRequest, printed_page

    request = PageRequest(options.show, options.file, options.topic, options.sides, options.width)
    return _print_list(
        open_any(options.file, table_options(options)), part, lambda view: printed_page(view, request)
    )


def _print_list(
    opened: Opened | OpenedTable,
    options: ViewOptions,
    lines_of: Callable[[TimelineView], Iterable[str]] | None = None,
) -> int:
    """Print a view as the lines that `lines_of` makes of it; by default, one line for each event."""
    from timeline_tui.pages.event_list import listing

    view = view_of(opened, options)
    lines = (lines_of or listing)(view)
    if opened.notice:
        complain(f"timeline-tui: {opened.notice}")
    print_problems(opened)
    print_lines(lines)
    return FAULTY if opened.errors else DONE


def serve(options: Namespace) -> int:
    """`serve`: the same program in browsers, until it is stopped."""
    from timeline_tui.loading.bundled import bundled_timeline
    from timeline_tui.web.serving import serve as serve_file

    path = Path(options.file) if options.file else bundled_timeline()
    serve_file(path, options.host, options.port, show_line=complain)
    return DONE
