"""The formats that there are, which of them a file is in, and which a name asks for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple, cast

from timeline_tui.errors import UsageError
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.exchange.contract import Exported, Imported
    from timeline_tui.timeline.view import View

_SNIFFED = 64 << 10
"""Bytes of the beginning of a file by which it is told what it is."""


_MARKDOWN = (".mdown", ".qmd", ".rmd", ".mdx")
"""Further ends of names that mean Markdown, of which only the YAML at its beginning is read."""


class Format(NamedTuple):
    """One format, and what of it is read and written."""

    does: str
    module: str
    suffixes: tuple[str, ...] = ()
    """Ends of names that mean it; the first is its own."""
    reader: str = "read"
    """Name of the function that reads it; empty for what is only written."""
    writer: str = "write"


FORMATS = {
    "yaml": Format("the format of this program", "native.yaml", (".yaml", ".yml"), "", "write_view"),
    "json": Format("the same as JSON", "native.json", (".json",)),
    "jsonl": Format(
        "the same, an event a line", "native.json", (".jsonl", ".ndjson"), "read_lines", "write_lines"
    ),
    "csv": Format("a table, an event a row", "csv", (".csv", ".tsv")),
    "timelinejs": Format("TimelineJS, as JSON", "timelinejs"),
    "vis": Format("vis-timeline, as JSON", "vis_timeline"),
    "markwhen": Format("Markwhen", "markwhen", (".mw", ".markwhen")),
    "mermaid": Format("a timeline of Mermaid", "mermaid", (".mmd", ".mermaid")),
    "icalendar": Format("iCalendar", "icalendar", (".ics", ".ical", ".ifb")),
    "timesketch": Format("Timesketch, as CSV", "forensic.timesketch"),
    "timesketch-jsonl": Format("Timesketch, as JSON Lines", "forensic.timesketch", writer="write_jsonl"),
    "plaso": Format("l2tcsv of plaso", "forensic.plaso"),
    "markdown": Format("a report with footnotes", "markdown.report", (".md", ".markdown"), ""),
    "html": Format("one page that needs nothing else", "html.page", (".html", ".htm"), ""),
    "csl-json": Format("the sources, for reference managers", "bibliography.csl_json", (), ""),
    "bibtex": Format("the sources, for BibLaTeX", "bibliography.biblatex", (".bib",), ""),
}
"""By the names that `--to` and `--from` take."""


def named(name: str | None, file: str) -> str:
    """The format to write: `name`, or the one that the end of a file's name means.

    Raises:
        UsageError: There is no such format, or the name does not tell.
    """
    if name is not None:
        if name not in FORMATS:
            raise UsageError(f"there is no format {one_line(name)}; there are {', '.join(FORMATS)}")
        return name
    suffix = PurePath(file).suffix.lower()
    found = next((name for name, format_ in FORMATS.items() if suffix in format_.suffixes), None)
    if found is None:
        raise UsageError(f"{one_line(file)} does not tell the format; say --to {' or '.join(FORMATS)}")
    return found


def write(view: View, name: str) -> Exported:
    """A view in the format of that name."""
    format_ = FORMATS[name]
    return cast("Callable[[View], Exported]", _function(format_.module, format_.writer))(view)


def read(data: bytes, file: str, name: str | None = None) -> Imported:
    """The timeline in a file that is not of this program.

    Args:
        data: What is in it.
        file: Its name.
        name: The format, if that is known; else it is told from name and content.

    Raises:
        CannotImport: It cannot be read; the text says why and what to do.
        UsageError: There is no such format, or it is only written.
    """
    module, reader = (
        ("unknown_shape.reader", "read")
        if name == "yaml"
        else _reader(name)
        if name
        else _detected(data, file)
    )
    return cast("Callable[[bytes, str], Imported]", _function(module, reader))(data, file)


def belongs_to_format(file: str) -> bool:
    """Whether the end of a file's name means one of the formats."""
    suffix = PurePath(file).suffix.lower()
    return suffix in _MARKDOWN or any(suffix in format_.suffixes for format_ in FORMATS.values())


def read_folder(path: Path) -> Imported:
    """The timeline in a folder of files with an event each.

    Raises:
        CannotImport: There is none in it.
    """
    from timeline_tui.exchange.unknown_shape.reader import folder  # noqa: PLC0415  only for folders

    return folder(path)


def _reader(name: str) -> tuple[str, str]:
    format_ = FORMATS.get(name)
    if format_ is None or not format_.reader:
        names = ", ".join(name for name, format_ in FORMATS.items() if format_.reader)
        raise UsageError(f"{one_line(name)} is not read; there are yaml, {names}")
    return format_.module, format_.reader


def _detected(data: bytes, file: str) -> tuple[str, str]:
    """Module and function for a file, told from its content where several formats share a name's end."""
    suffix = PurePath(file).suffix.lower()
    start = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip()
    if own := _by_beginning(start, suffix):
        return own, "read"
    by_suffix = next((format_ for format_ in FORMATS.values() if suffix in format_.suffixes), None)
    if by_suffix is not None and by_suffix.reader:
        return by_suffix.module, by_suffix.reader
    if suffix in (".html", ".htm", ".bib"):
        raise CannotImport(f"{suffix} is written and not read; give the file that it was made from")
    if start.startswith((b"{", b"[")) and suffix not in (".yaml", ".yml"):
        return "native.json", "read"
    return "unknown_shape.reader", "read"


def _by_beginning(start: bytes, suffix: str) -> str:
    """The module of a format that a file shows by how it begins; empty for none."""
    first = start.split(b"\n", 1)[0].lower()
    if b"timestamp_desc" in (start if suffix in (".jsonl", ".ndjson") else first):
        return "forensic.timesketch"
    if first.startswith(b"date,time,timezone,macb"):
        return "forensic.plaso"
    if first.startswith(b"begin:vcalendar"):
        return "icalendar"
    is_diagram = first.strip() == b"timeline" and suffix not in (".yaml", ".yml", ".md", ".csv")
    return "mermaid" if is_diagram else ""


def _function(module: str, name: str) -> object:
    # Each is loaded only when it is asked for: the screen and the list need none of them.
    return getattr(import_module(f"timeline_tui.exchange.{module}"), name)
