"""What several commands do alike: open a file, make the view that was asked for, print problems."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.cli.printing import complain
from timeline_tui.errors import UsageError
from timeline_tui.model.problems import Severity
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from timeline_tui.dates.date import Date
    from timeline_tui.loading.opened import Opened
    from timeline_tui.storage.reader_notes import ReaderNotes
    from timeline_tui.timeline import View

MOST_PROBLEMS = 100
"""How many problems of a file are printed by commands other than `check`."""


class ViewOptions(NamedTuple):
    """The part of a timeline that a command line asks for."""

    query: str = ""
    """As typed."""
    known_on: int | None = None
    """The day number; None for everything that is known."""
    days_from: str | None = None
    """As typed: a date, or the id of an event, which can only be looked up in the file."""
    without: tuple[str, ...] = ()
    """The ids, as typed, of the sources that are taken away."""
    sort: str = ""
    """`oldest` or `newest`; empty if not given."""
    zone: str = ""
    """The name of a time zone; empty if not given."""


def view_options(options: Namespace) -> ViewOptions:
    """The options `--filter`, `--known-on`, `--days-from`, `--without`, `--sort` and `--zone`.

    Raises:
        UsageError: The date of `--known-on` is not valid, or lies in the future; or there is no such zone.
    """
    known_on = None if options.known_on is None else _known_on(options.known_on)
    return ViewOptions(
        options.filter,
        known_on,
        options.days_from,
        tuple(options.without or ()),
        getattr(options, "sort", None) or "",
        _zone(getattr(options, "zone", None) or ""),
    )


def _zone(name: str) -> str:
    """The name of a time zone.

    Raises:
        UsageError: There is none of that name.
    """
    if name:
        from timeline_tui.dates.zones import find_zone, zone_names
        from timeline_tui.text.similar import did_you_mean

        if find_zone(name) is None:
            hint = did_you_mean(name, zone_names()) or "write it like Europe/Kyiv"
            raise UsageError(f"--zone: there is no time zone {one_line(name)}; {hint}")
    return name


def view_of(opened: Opened, options: ViewOptions) -> View:
    """The view of a timeline that a command line asks for.

    Raises:
        UsageError: The query is wrong, or there is no such source or no such day to count from, at least not
            in the part of the file that has been read.
    """
    from timeline_tui.dates.date import today
    from timeline_tui.query import parse_query
    from timeline_tui.query.language import IS, MARKED
    from timeline_tui.timeline import View

    view = View(opened.index, today=today())
    if options.query:
        parsed = parse_query(options.query, view.vocabulary)
        for problem in parsed.problems:
            raise UsageError(f"--filter: {problem}")
        if (IS, MARKED) in ((term.field, term.value) for term in parsed.query):
            view = view.with_reader(reader_notes(opened.path))
        view = view.with_query(parsed.query)
    view = view.known_by(options.known_on).without_sources(_sources(view, options.without))
    view = view.sorted_by(newest=options.sort == "newest").in_zone(options.zone)
    return view if options.days_from is None else view.counted_from(_first_day(view, options.days_from))


def reader_notes(path: str) -> ReaderNotes:
    """What the reader made of the timeline at a path; what is wrong with it is printed."""
    from timeline_tui.storage.reader_notes import NotesFile

    kept = NotesFile(Path(path)).read()
    if kept.notice:
        complain(f"timeline-tui: {kept.notice}")
    return kept.notes


def open_with_progress(name: str | None) -> Opened:
    """Open a file in this process and show the progress on a terminal; the bundled timeline if None."""
    from timeline_tui.cli.progress_line import ProgressLine
    from timeline_tui.dates.date import today
    from timeline_tui.loading.bundled import bundled_timeline
    from timeline_tui.loading.opened import open_timeline

    path = bundled_timeline() if name is None else path_of(name)
    with ProgressLine(path, sys.stderr) as line:
        return open_timeline(path, today=today(), report=line.show)


def path_of(name: str) -> Path:
    """The path that was typed.

    Raises:
        UsageError: It is empty, which `Path` would take for the current folder.
    """
    if not name:
        raise UsageError("the name of the file is empty")
    return Path(name)


def date_of(option: str, text: str) -> Date:
    """The date that was typed for an option.

    Raises:
        UsageError: It is not a date.
    """
    from timeline_tui.dates.date import DateError, today
    from timeline_tui.dates.typed import read_typed

    try:
        return read_typed(text, today=today()).date
    except DateError as error:
        raise UsageError(f"{option}: {error}") from error


def _known_on(text: str) -> int:
    """The last day of the date that was typed, but at most today."""
    from timeline_tui.dates.date import today
    from timeline_tui.dates.wording import in_words

    now = today()
    date = date_of("--known-on", text)
    if date.earliest > now:
        raise UsageError(f"--known-on: {in_words(date)} is in the future; choose a date up to today")
    return min(date.latest, now)


def _sources(view: View, ids: Iterable[str]) -> list[str]:
    """The ids of sources, as typed.

    Raises:
        UsageError: The file has no such source.
    """
    from timeline_tui.query.language import WITHOUT

    for id_ in ids:
        if id_ not in view.vocabulary.values[WITHOUT]:
            nearest = view.vocabulary.nearest(WITHOUT, id_)
            meant = f" — did you mean {one_line(nearest)}?" if nearest else ""
            raise UsageError(f"--without: this timeline has no source {one_line(id_)}{meant}")
    return list(ids)


def _first_day(view: View, text: str) -> int:
    """The first day of a typed date, else of the event with that id.

    Dates are tried first, because an event may not have been read yet. The event has the date of the view;
    one that is not known in the view yet has the date of the file, since its id was typed by somebody who
    knows of it.
    """
    from timeline_tui.dates.date import BEGINNING, DateError
    from timeline_tui.dates.typed import read_typed

    try:
        day = read_typed(text, today=view.today).date.earliest
    except DateError as error:
        # An id contains nothing hidden, and SQLite refuses some of what does.
        key = view.key_of(one_line(text))
        if key is None:
            raise UsageError(f"--days-from: {error}; and no event has that id") from error
        day = view.event(key).date.earliest
    if day == BEGINNING:
        raise UsageError(f"--days-from: {one_line(text)} has no known start date")
    return day


def print_problems(opened: Opened) -> None:
    """Print the errors and warnings of a file, and what is missing because of them, to standard error."""
    found = [problem for problem in opened.problems if problem.severity is not Severity.REMARK]
    for problem in found[:MOST_PROBLEMS]:
        complain(str(problem))
    if len(found) > MOST_PROBLEMS:
        more = len(found) - MOST_PROBLEMS
        complain(f"timeline-tui: {more:,} more; see timeline-tui check")
    print_left_out(opened)


def print_left_out(opened: Opened, *, each: bool = False) -> None:
    """Print how many records of a file are missing because of errors, or because they cannot be converted.

    Args:
        opened: The file.
        each: Whether to print these problems one by one first.
    """
    from timeline_tui.loading.foreign_file import LEFT_OUT

    found = [one for one in opened.problems if one.severity is Severity.ERROR or one.code == LEFT_OUT]
    for problem in found[:MOST_PROBLEMS] if each else ():
        complain(str(problem))
    if found:
        counts = sorted(opened.left_out.items(), key=lambda count: (count[0] != "event", count[0]))
        missing = ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in counts)
        word = "error" if opened.errors else "problem"
        total = f"{len(found):,} {word}{'' if len(found) == 1 else 's'} in {opened.path}"
        complain(f"timeline-tui: {total}; left out because of this: {missing or 'nothing'}")
