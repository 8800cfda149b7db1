"""`export` and `import`: a timeline in other formats, and files of other formats as timelines."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.cli.common import (
    MOST_PROBLEMS,
    exported_view,
    open_any,
    print_left_out,
    reader_notes,
    table_options,
    view_options,
)
from timeline_tui.cli.printing import complain, print_file, print_lines
from timeline_tui.cli.table import DONE, FAULTY, PICTURES
from timeline_tui.errors import UsageError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping

    from timeline_tui.exchange.contract import Imported
    from timeline_tui.exchange.drawn import Drawing
    from timeline_tui.pages.printed import PageRequest


def export(options: Namespace) -> int:
    """`export`: write a view of a timeline in another format."""
    from timeline_tui.exchange import registry

    name = registry.named(options.to, options.output or "")
    is_png = name == registry.PNG
    if is_png and not options.output:
        raise UsageError("a PNG is not for a terminal; say where to write it with -o FILE")
    name = "svg" if is_png else name
    drawing = _drawing(options, name)
    version = _version_of_output(options)
    opened = open_any(options.file, table_options(options))
    view = exported_view(opened, view_options(options))
    if options.notes:
        view = view.with_reader(reader_notes(opened.path))
    exported = registry.write(view, name, raw=options.raw, notes=options.notes, drawing=drawing)
    if opened.notice:
        complain(f"timeline-tui: {opened.notice}")
    _write(_as_png(exported.text) if is_png else exported.pieces(), options, version)
    for note in exported.notes:
        complain(f"timeline-tui: {note}")
    _print_lost(exported.lost)
    print_left_out(opened, each=True)
    if not view.count:
        complain(f"timeline-tui: the export contains no events: {view.sentence}")
    return FAULTY if opened.errors else DONE


def _as_png(drawing: str) -> bytes:
    from timeline_tui.exchange.drawn import png

    return png(drawing)


_OF_DRAWINGS = ("picture", "by", "size", "page", "topic", "sides", "theme")
"""The options that say what is drawn."""


def _drawing(options: Namespace, name: str) -> Drawing | None:
    """What is to be drawn in a format; None for its usual picture.

    Raises:
        UsageError: The format draws nothing, or no page, or the picture cannot be by that.
    """
    from timeline_tui.exchange import registry
    from timeline_tui.exchange.drawn import THEME, Drawing, Size

    given = [option for option in _OF_DRAWINGS if getattr(options, option) is not None]
    if not given:
        return None
    format_ = registry.FORMATS[name]
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
    from timeline_tui.exchange import registry
    from timeline_tui.exchange.native.yaml import write
    from timeline_tui.loading.mapped import mapping_of
    from timeline_tui.mapping.columns import explain
    from timeline_tui.reading.unpack import read_source, without_packing
    from timeline_tui.storage.mappings import choices_for

    path = Path(options.file)
    if options.explain:
        print_lines(explain(mapping_of(path, options.format)))
        return DONE
    if not options.output:
        raise UsageError("import: say which file to write with -o FILE, or look first with --explain")
    version = _version_of_output(options)
    if path.is_dir():
        imported = registry.read_folder(path)
    else:
        choose = partial(choices_for, path)
        name = without_packing(path.name)
        imported = registry.read(bytes(read_source(path)), name, options.format, choose)
    text = write(imported)
    if Path(options.output).suffix.lower() == ".json":
        text = _as_json(text)
    _write(text, options, version)
    for guess in imported.guesses:
        complain(f"timeline-tui: guessed: {guess}")
    _print_entries_left_out(imported, options.file)
    _print_lost(imported.lost)
    count = len(imported.events)
    events = "1 event" if count == 1 else f"{count:,} events"
    print_lines([f"wrote {events} to {one_line(options.output)}"])
    return DONE


def _as_json(text: str) -> str:
    """A timeline in YAML as JSON of the same structure."""
    from timeline_tui.exchange.native.json import write
    from timeline_tui.index import Index
    from timeline_tui.model.records import Header
    from timeline_tui.reading.reader import read_text
    from timeline_tui.timeline import View

    reading = read_text(bytearray(text, "utf-8"), "")
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


def _write(content: str | bytes | Iterable[str], options: Namespace, version: str | None) -> None:
    """Write a file to `--output`, whole or not at all; without that option, print its text.

    Args:
        content: Of the file, or the pieces of its text.
        options: With `output` and `force`.
        version: From `_version_of_output()`, before anything was read.
    """
    if options.output:
        from timeline_tui.editing.atomic_write import write_whole

        pieces = [content] if isinstance(content, str) else content
        data = (
            content
            if isinstance(content, bytes)
            else (piece.encode("utf-8", "backslashreplace") for piece in pieces if isinstance(piece, str))
        )
        write_whole(Path(options.output), data, replace=options.force, version=version)
    elif not isinstance(content, bytes):
        print_file([content] if isinstance(content, str) else content)
