"""`export` and `import`: a timeline in other formats, and files of other formats as timelines."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.cli.common import (
    MOST_PROBLEMS,
    TableOptions,
    exported_view,
    open_any,
    print_left_out,
    reader_notes,
    table_named,
    table_options,
    view_options,
)
from timeline_tui.cli.printing import complain, print_file, print_lines
from timeline_tui.cli.table import DONE, FAULTY, PICTURES
from timeline_tui.errors import AlreadyThere, UsageError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from timeline_tui.exchange.contract import Imported
    from timeline_tui.exchange.drawn import Drawing
    from timeline_tui.pages.printed import PageRequest


def export(options: Namespace) -> int:
    """`export`: write a view of a timeline in another format."""
    from timeline_tui.exchange import registry

    name = registry.named(options.to, options.output or "")
    made = registry.MADE.get(name)
    if (made is not None or name in registry.BINARY) and not options.output:
        raise UsageError(f"{name} is not for a terminal; say where to write it with -o FILE")
    wanted, name = name, made.of if made is not None else name
    drawing = _drawing(options, name)
    beside = _beside(options, name)
    version = _version_of_output(options)
    opened = open_any(options.file, table_options(options))
    view = exported_view(opened, view_options(options))
    if options.notes:
        view = view.with_reader(reader_notes(opened.path))
    exported = registry.write(
        view, name, raw=options.raw, notes=options.notes, drawing=drawing, beside=beside
    )
    if opened.notice:
        complain(f"timeline-tui: {opened.notice}")
    _write_beside(exported.beside, options)
    content = exported.data or exported.pieces()
    _write(registry.made(wanted, exported.text) if made is not None else content, options, version)
    for note in exported.notes:
        complain(f"timeline-tui: {note}")
    _print_lost(exported.lost)
    print_left_out(opened, each=True)
    if not view.count:
        complain(f"timeline-tui: the export contains no events: {view.sentence}")
    return FAULTY if opened.errors else DONE


def _beside(options: Namespace, name: str) -> str:
    """What the names of the pictures beside a report begin with; empty where none are wanted.

    Raises:
        UsageError: The format has no pictures beside it, or it is not said where it is written to.
    """
    if not options.pictures:
        return ""
    if name != "markdown":
        raise UsageError("--pictures goes with --to markdown; a page in HTML has its pictures in it")
    if not options.output:
        raise UsageError("--pictures writes files beside the report; say where to write it with -o FILE")
    return Path(options.output).stem


def _write_beside(files: Mapping[str, str], options: Namespace) -> None:
    """Write the files that belong beside the output; none of them if one is there and may not be replaced."""
    paths = {Path(options.output).with_name(name): text for name, text in files.items()}
    if paths and not options.force:
        for path in (Path(options.output), *paths):
            if os.path.lexists(path):
                raise UsageError(f"{one_line(str(path))} exists already and was not overwritten{_HOW_TO}")
    for path, text in paths.items():
        _write_whole(path, text, options)


def _write_whole(
    path: Path, content: str | bytes | Iterable[bytes], options: Namespace, version: str | None = None
) -> None:
    """Write a file; where one is there that may not be replaced, say how it may be."""
    from timeline_tui.editing.atomic_write import write_whole

    try:
        write_whole(path, content, replace=options.force, version=version)
    except AlreadyThere as error:
        raise UsageError(f"{error}{_HOW_TO}") from None


_HOW_TO = "; --force overwrites it"
_OF_DRAWINGS = ("picture", "by", "size", "page", "topic", "sides", "theme")
"""The options that say what is drawn."""


def _drawing(options: Namespace, name: str) -> Drawing | None:
    """What is to be drawn in a format; None for its usual picture.

    Raises:
        UsageError: The format draws nothing, or no page, or the picture cannot be by that.
    """
    given = [option for option in _OF_DRAWINGS if getattr(options, option) is not None]
    if not given:
        return None
    from timeline_tui.exchange import registry
    from timeline_tui.exchange.drawn import THEME, Drawing, Size

    format_ = registry.FORMATS.get(name) or registry.BINARY[name]
    for option in given:
        is_of_pages = option not in ("picture", "by", "size")
        if not (format_.has_pages if is_of_pages else format_.is_drawn):
            able = (
                each
                for each, other in registry.FORMATS.items()
                if (other.has_pages if is_of_pages else other.is_drawn)
            )
            raise UsageError(f"--{option} goes with --to {' or '.join((*able, registry.PNG))}")
    size = None if options.size is None else Size(*options.size)
    theme = options.theme or THEME
    if options.page is not None:
        return Drawing(size=size, theme=theme, page=_page(options))
    for option in ("topic", "sides"):
        if option in given:
            raise UsageError(f"--{option} goes with --page {_PAGES_OF[option]}")
    picture = options.picture or "list"
    if options.by is not None and options.by not in PICTURES.get(picture, ()):
        raise UsageError(f"--picture {picture} cannot be --by {options.by}")
    return Drawing(picture, options.by or "", size, theme)


_PAGES_OF = {"topic": "claims", "sides": "sides"}
"""The page that an option is for."""


def _page(options: Namespace) -> PageRequest:
    """The page that is to be drawn.

    Raises:
        UsageError: Other options do not go with it.
    """
    from timeline_tui.pages.printed import PageRequest

    for option in ("picture", "by"):
        if getattr(options, option) is not None:
            raise UsageError(f"--page and --{option} name two different things; give one of them")
    for option, page in _PAGES_OF.items():
        if getattr(options, option) is not None and options.page != page:
            raise UsageError(f"--{option} goes with --page {page}")
    return PageRequest(options.page, options.file, options.topic, options.sides)


def import_file(options: Namespace) -> int:
    """`import`: convert a file or folder of another format to YAML, or to JSON."""
    from timeline_tui.exchange import folder, registry
    from timeline_tui.exchange.native.yaml import write
    from timeline_tui.loading.mapping_choices import mapping_of
    from timeline_tui.loading.opened_table import open_table
    from timeline_tui.mapping.columns import choices, explain
    from timeline_tui.reading.unpack import day_of_change, read_source, without_packing
    from timeline_tui.storage.mappings import choices_for, remember_what_was_said

    path = Path(options.file)
    table = None if path.is_dir() else table_named(options.file, TableOptions())
    if table is not None and not options.explain:
        raise UsageError("a table is not imported as a whole; take rows of it with export --to yaml -o FILE")
    if options.explain:
        chosen = choices(options.map or ())
        mapping = (
            mapping_of(path, options.format)
            if table is None
            else open_table(table, chosen).table.described.mapping
        )
        print_lines(explain(mapping))
        return DONE
    if not options.output:
        raise UsageError("import: say which file to write with -o FILE, or look first with --explain")
    version = _version_of_output(options)
    if path.is_dir():
        imported = folder.read(path, choices_for)
    else:
        choose = partial(choices_for, path)
        name = without_packing(path.name)
        data = bytes(read_source(path))
        imported = registry.read(data, name, options.format, choose, modified=day_of_change(path))
        remember_what_was_said(path, None if imported.mapping is None else imported.mapping.header)
    is_json = Path(options.output).suffix.lower() == ".json"
    text = _as_json(imported) if is_json else write(imported)
    _write(text, options, version)
    for guess in imported.guesses:
        complain(f"timeline-tui: guessed: {guess}")
    _print_entries_left_out(imported, options.file)
    _print_lost(imported.lost)
    count = len(imported.events)
    events = "1 event" if count == 1 else f"{count:,} events"
    print_lines([f"wrote {events} to {one_line(options.output)}"])
    return DONE


def _as_json(imported: Imported) -> str:
    """An imported timeline as JSON of the same structure as its YAML."""
    from timeline_tui.exchange.losses import count_missing_statuses
    from timeline_tui.exchange.native.json import write
    from timeline_tui.exchange.native.yaml import header_of
    from timeline_tui.index import Index
    from timeline_tui.model.records import Header
    from timeline_tui.reading.reader import read_plain
    from timeline_tui.timeline import View

    count_missing_statuses(imported)
    lines = imported.lines or [0] * len(imported.events)
    reading = read_plain(header_of(imported), imported.events, lines, "")
    return write(View(Index.build(reading.header or Header(title=""), reading.events))).text


def _print_entries_left_out(imported: Imported, name: str) -> None:
    for entry in imported.left_out[:MOST_PROBLEMS]:
        place = f":{entry.line}" if entry.line else ""
        complain(f"{name}{place}: left out: {entry.reason}")
    if imported.left_out:
        complain(f"timeline-tui: {len(imported.left_out):,} left out in total")


def _print_lost(lost: Mapping[str, int]) -> None:
    """Print how much of what the other side has no place for is lost."""
    if counts := ", ".join(f"{count:,} {words}" for words, count in lost.items() if count):
        complain(f"timeline-tui: left out (not supported by this format): {counts}")


def _version_of_output(options: Namespace) -> str | None:
    """What identifies the file that is going to be overwritten; None if nothing may be overwritten."""
    if not (options.output and options.force):
        return None
    from timeline_tui.editing.atomic_write import version_of

    return version_of(Path(options.output))


def _encoded(content: str | Iterable[str]) -> Iterator[bytes]:
    """The pieces of a text in UTF-8."""
    for piece in [content] if isinstance(content, str) else content:
        yield piece.encode("utf-8", "backslashreplace")


def _write(content: str | bytes | Iterable[str], options: Namespace, version: str | None) -> None:
    """Write a file to `--output`, whole or not at all; without that option, print its text.

    Args:
        content: Of the file, or the pieces of its text.
        options: With `output` and `force`.
        version: From `_version_of_output()`, before anything was read.
    """
    if options.output:
        data = content if isinstance(content, bytes) else _encoded(content)
        _write_whole(Path(options.output), data, options, version)
    elif not isinstance(content, bytes):
        print_file([content] if isinstance(content, str) else content)
