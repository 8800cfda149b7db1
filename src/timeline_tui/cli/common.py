"""What several commands do alike: open a file, make the view that was asked for, print problems."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from timeline_tui.cli.printing import complain
from timeline_tui.errors import UsageError
from timeline_tui.model.problems import Severity
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from timeline_tui.dates.date import Date
    from timeline_tui.loading.opened import Opened
    from timeline_tui.loading.opened_table import OpenedTable
    from timeline_tui.storage.reader_notes import ReaderNotes
    from timeline_tui.tables.address import Secret, TableAddress
    from timeline_tui.timeline import TimelineView, View

MOST_PROBLEMS = 100
"""How many problems of a file are printed by commands other than `check`."""


_PASSWORDS = 3
"""So many times somebody is asked for the password of a server."""
_MAY_BE_TABLE = re.compile(r"://|#|[*?\[]|\.(?:parquet|parq|pq|duckdb|ddb)$", re.IGNORECASE)
"""What the names of tables have in them; others are not looked at any further."""


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


class TableOptions(NamedTuple):
    """How a table is to be read."""

    engine: str = ""
    """As typed; empty for the one that the name says."""
    chosen: tuple[str, ...] = ()
    """As typed, what columns are: `date=occurred_at`."""
    over: str = ""
    """The table that stands behind a timeline, as typed; empty for none."""


def table_options(options: Namespace) -> TableOptions:
    """The options `--engine`, `--map` and `--over`."""
    return TableOptions(options.engine or "", tuple(options.map or ()), getattr(options, "over", None) or "")


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


def view_of(opened: Opened | OpenedTable, options: ViewOptions) -> TimelineView:
    """The view of a timeline or of a table that a command line asks for; raises as `index_view_of()`."""
    from timeline_tui.loading.opened import Opened

    if isinstance(opened, Opened):
        return index_view_of(opened, options)
    from timeline_tui.dates.date import today
    from timeline_tui.tables.view import TableView

    if options.without:
        raise UsageError("--without: a table holds no sources that could be taken away")
    return _as_asked(TableView(opened.table, today=today()), opened.path, options)


def exported_view(opened: Opened | OpenedTable, options: ViewOptions) -> View:
    """The view that a command line asks for, in an index; rows of a table are taken out of it.

    Raises:
        UsageError: As `view_of()`.
        TableError: The rows are too many, or the engine does not answer.
    """
    from timeline_tui.loading.opened import Opened

    if isinstance(opened, Opened):
        return index_view_of(opened, options)
    from timeline_tui.tables.taking import in_index
    from timeline_tui.tables.view import TableView

    view = view_of(opened, options)
    if not isinstance(view, TableView):
        raise TypeError("a table has a view of its own")
    return in_index(view)


def index_view_of(opened: Opened, options: ViewOptions) -> View:
    """The view of a timeline that a command line asks for.

    Raises:
        UsageError: The query is wrong, or there is no such source or no such day to count from, at least not
            in the part of the file that has been read.
    """
    from timeline_tui.dates.date import today
    from timeline_tui.timeline import View

    return _as_asked(View(opened.index, today=today()), opened.path, options)


_AnyView = TypeVar("_AnyView", bound="TimelineView")


def _as_asked(view: _AnyView, path: str, options: ViewOptions) -> _AnyView:
    from timeline_tui.query import parse_query
    from timeline_tui.query.language import IS, MARKED

    view = view.known_by(options.known_on)
    if options.query:
        parsed = parse_query(options.query, view.vocabulary)
        for problem in parsed.problems:
            raise UsageError(f"--filter: {problem}")
        if (IS, MARKED) in ((term.field, term.value) for term in parsed.query):
            view = view.with_reader(reader_notes(path))
        view = view.with_query(parsed.query)
    view = view.without_sources(_sources(view, options.without))
    view = view.sorted_by(newest=options.sort == "newest").in_zone(options.zone)
    return view if options.days_from is None else view.counted_from(_first_day(view, options.days_from))


def reader_notes(path: str) -> ReaderNotes:
    """What the reader made of the timeline at a path; what is wrong with it is printed."""
    from timeline_tui.storage.reader_notes import NotesFile

    kept = NotesFile(Path(path)).read()
    if kept.notice:
        complain(f"timeline-tui: {kept.notice}")
    return kept.notes


def table_named(name: str | None, how: TableOptions) -> TableAddress | None:
    """The table that was typed; None for a file that an index of ours is made of.

    Raises:
        UsageError: It names a table, but not one that can be opened.
    """
    if name is None or not (how.engine or _MAY_BE_TABLE.search(name) or Path(name).is_dir()):
        return None
    from timeline_tui.tables.address import table_address

    return table_address(name, how.engine)


def open_any(name: str | None, how: TableOptions) -> Opened | OpenedTable:
    """Open a file as `open_with_progress()` does, or a table.

    Raises:
        TableError: The table cannot be opened or read.
        UsageError: What a table needs is not said, or wrongly.
    """
    address = table_named(name, how)
    if address is None:
        return open_with_progress(name)
    from timeline_tui.loading.opened_table import open_table
    from timeline_tui.mapping.columns import choices
    from timeline_tui.tables.errors import PasswordNeeded, TableError

    chosen = choices(how.chosen)
    for _ in range(_PASSWORDS):
        try:
            return open_table(address, chosen)
        except PasswordNeeded as error:
            password = _typed_password(address.shown, again=bool(address.password))
            if not password:
                raise TableError(str(error)) from None
            address = address._replace(password=password)
    return open_table(address, chosen)


def _typed_password(name: str, *, again: bool) -> Secret:
    """The password that somebody types, on a line that shows nothing; empty where nobody can be asked."""
    from getpass import getpass

    from timeline_tui.tables.address import Secret

    streams = (sys.stdin, sys.stderr)
    if os.environ.get("TEXTUAL_DRIVER") or any(each is None or not each.isatty() for each in streams):
        return Secret()
    wrong = "That password is wrong. " if again else ""
    try:
        return Secret(getpass(f"{wrong}Password for {one_line(name)} (nothing is shown): "))
    except EOFError:
        return Secret()


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


def _sources(view: TimelineView, ids: Iterable[str]) -> list[str]:
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


def _first_day(view: TimelineView, text: str) -> int:
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


def print_problems(opened: Opened | OpenedTable) -> None:
    """Print the errors and warnings of a file, and what is missing because of them, to standard error."""
    found = [problem for problem in opened.problems if problem.severity is not Severity.REMARK]
    for problem in found[:MOST_PROBLEMS]:
        complain(str(problem))
    if len(found) > MOST_PROBLEMS:
        more = len(found) - MOST_PROBLEMS
        complain(f"timeline-tui: {more:,} more; see timeline-tui check")
    print_left_out(opened)


def print_left_out(opened: Opened | OpenedTable, *, each: bool = False) -> None:
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
