"""The table of formats: detecting that of a file, and finding one by name."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from timeline_tui.dates.lenient import UNDATED
from timeline_tui.errors import UsageError
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.decode import title_of
from timeline_tui.exchange.event_runs import EventRuns, undated_guess
from timeline_tui.exchange.recognised import recognised
from timeline_tui.exchange.stream import as_guessed
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from timeline_tui.exchange.contract import Exported, Imported
    from timeline_tui.exchange.drawn import Drawing
    from timeline_tui.exchange.stream import Choose, Stream
    from timeline_tui.mapping.columns import Mapping as ColumnMapping
    from timeline_tui.timeline.view import View

_SNIFFED = 64 << 10
"""How many bytes at the beginning of a file are used to detect its format."""


_MARKDOWN = (".mdown", ".qmd", ".rmd", ".mdx")
"""Other suffixes of Markdown, of which only the YAML front matter is imported."""


FALLEN_MARKS: Final = "marks of statements that have lost all their sources (`list is:fallen` shows these)"
"""What most formats cannot tell."""


class Format(NamedTuple):
    """One format, and the functions that import and export it."""

    does: str
    module: str
    suffixes: tuple[str, ...] = ()
    """File name suffixes; the first is the usual one."""
    reader: str = "read"
    """Name of the function that imports it; empty if it can only be exported."""
    writer: str = "write"
    fallen: Literal["marked", "derived", "lost"] = "lost"
    """What becomes of the fact that a statement has lost all its sources: it is marked; follows from the
    retractions that are exported too; or is lost."""
    is_drawn: bool = False
    """Whether it shows a picture or the list, in a size."""
    has_pages: bool = False
    """Whether it can show a page as well, in a theme."""
    has_own_fields: bool = False
    """Whether it holds fields of an event that this program's format does not know."""


FORMATS = {
    "yaml": Format(
        "the format of this program",
        "native.yaml",
        (".yaml", ".yml"),
        "",
        "write_view",
        "derived",
        has_own_fields=True,
    ),
    "json": Format("the same as JSON", "native.json", (".json",), fallen="derived", has_own_fields=True),
    "jsonl": Format(
        "the same, an event a line",
        "native.json",
        (".jsonl", ".ndjson"),
        "read_lines",
        "write_lines",
        "derived",
        has_own_fields=True,
    ),
    "csv": Format("a table, an event a row", "csv", (".csv", ".tsv"), has_own_fields=True),
    "timelinejs": Format("TimelineJS, as JSON", "timelinejs"),
    "vis": Format("vis-timeline, as JSON", "vis_timeline", has_own_fields=True),
    "markwhen": Format("Markwhen", "markwhen", (".mw", ".markwhen")),
    "mermaid": Format("a timeline of Mermaid", "mermaid", (".mmd", ".mermaid")),
    "icalendar": Format("iCalendar", "icalendar", (".ics", ".ical", ".ifb")),
    "timesketch": Format("Timesketch, as CSV", "forensic.timesketch", has_own_fields=True),
    "timesketch-jsonl": Format(
        "Timesketch, as JSON Lines", "forensic.timesketch", writer="write_jsonl", has_own_fields=True
    ),
    "plaso": Format("l2tcsv of plaso", "forensic.plaso", has_own_fields=True),
    "markdown": Format(
        "a report with footnotes",
        "markdown.report",
        (".md", ".markdown"),
        "",
        fallen="marked",
        has_own_fields=True,
    ),
    "html": Format(
        "one page that needs nothing else",
        "html.page",
        (".html", ".htm"),
        "",
        fallen="marked",
        has_own_fields=True,
    ),
    "cast": Format(
        "a film of what was known when, as an asciicast: the list, or --picture",
        "cast",
        (".cast",),
        "",
        fallen="marked",
        is_drawn=True,
    ),
    "svg": Format(
        "a drawing of the list, or of --picture or --page",
        "drawn",
        (".svg",),
        "",
        "write_svg",
        fallen="marked",
        is_drawn=True,
        has_pages=True,
    ),
    "text": Format(
        "the same as plain text",
        "drawn",
        (),
        "",
        "write_text",
        fallen="marked",
        is_drawn=True,
        has_pages=True,
    ),
    "geojson": Format(
        "GeoJSON, for maps", "native.json", (".geojson",), writer="write_geojson", has_own_fields=True
    ),
    "org": Format("Org, for Emacs", "markup.org", (".org",), has_own_fields=True),
    "csl-json": Format(
        "the sources, for reference managers", "bibliography.csl_json", (), "", fallen="marked"
    ),
    "bibtex": Format("the sources, for BibLaTeX", "bibliography.biblatex", (".bib",), "", fallen="marked"),
}
"""Formats by the names that `--to` and `--from` take."""

BINARY = {
    "xlsx": Format("a workbook of Excel", "sheets.writer", (".xlsx",), reader="", has_own_fields=True),
}
"""Binary formats that can be exported, by the names that `--to` takes."""

READ_ONLY = {
    "sheet": Format(
        "a workbook: .xlsx, .xls, .xlsb or .ods",
        "sheets.reader",
        (".xlsx", ".xls", ".xlsb", ".ods", ".xlsm"),
        writer="",
    ),
    "gedcom": Format("GEDCOM 5.5 and 7", "gedcom", (".ged", ".gedcom"), writer=""),
    "markdown-text": Format("tables, dated lists and headings of Markdown", "markup.markdown", writer=""),
    "wikitext": Format(
        "the same of a wiki", "markup.wikitext", (".wiki", ".wikitext", ".mediawiki"), writer=""
    ),
    "word": Format("the same of a Word document", "markup.word", (".docx", ".docm"), writer=""),
    "html-page": Format("the same of a page", "markup.html_page", (".xhtml",), writer=""),
    "mail": Format("a mailbox (mbox) or a message", "mail", (".mbox", ".mbx", ".eml"), writer=""),
    "feed": Format("a news feed, RSS or Atom", "xml.feeds", (".rss", ".atom"), writer=""),
    "chat": Format("a chat of WhatsApp or Signal", "chats", writer=""),
    "telegram-html": Format("a chat of Telegram, as HTML", "chats.telegram_html", writer=""),
    "syslog": Format("a syslog", "logs.lines", reader="read_syslog", writer=""),
    "journal": Format("the systemd journal, as JSON", "logs.journal", writer=""),
    "web-log": Format("the log of a web server", "logs.lines", reader="read_web", writer=""),
    "body": Format("a body file of The Sleuth Kit", "logs.lines", (".body", ".bodyfile"), "read_body", ""),
    "tln": Format("TLN, a forensic timeline", "logs.lines", (".tln",), "read_tln", ""),
    "audit": Format("the records of Linux's audit system", "logs.lines", reader="read_audit", writer=""),
    "zsh-history": Format("the history of zsh with times", "logs.lines", reader="read_history", writer=""),
    "ledger": Format(
        "a journal of ledger, hledger or beancount, or a time clock",
        "logs.lines",
        (".journal", ".ledger", ".hledger", ".beancount", ".timeclock"),
        "read_ledger",
        "",
    ),
    "field-log": Format("a log that names its fields: W3C (IIS), Zeek", "logs.columns", writer=""),
    "ofx": Format("a statement of a bank, as OFX or QIF", "bank", (".ofx", ".qfx", ".qif"), writer=""),
    "tagged": Format("games of chess (PGN) or references (RIS)", "tagged", (".pgn", ".ris"), writer=""),
    "toml": Format("TOML of any structure", "toml", (".toml",), writer=""),
    "log": Format(
        "any log with a time at the beginning of its lines", "logs.lines", reader="read_dated", writer=""
    ),
    "stanzas": Format("records of `Name: value` lines, as in the history of apt", "logs.stanzas", writer=""),
    "changelog": Format("a change log of GNU, Debian or RPM", "logs.lines", reader="read_changes", writer=""),
    "git-log": Format("what `git log` prints", "logs.lines", reader="read_git", writer=""),
    "simile": Format("a SIMILE timeline, as XML", "xml.simile", writer=""),
    "kml": Format("KML", "xml.places", (".kml",), writer=""),
    "gpx": Format("GPX", "xml.places", (".gpx",), "read_gpx", ""),
    "tcx": Format("TCX, of Garmin", "xml.places", (".tcx",), "read_tcx", ""),
}
"""Formats that can be imported and not exported, by the names that `--from` takes."""


class Made(NamedTuple):
    """A file that is not text, made of an export that is."""

    of: str
    """The format that it is made of."""
    module: str
    maker: str
    """The function that makes bytes of the text."""


PNG: Final = "png"
PDF: Final = "pdf"
MADE: Final = {PNG: Made("svg", "drawn", "png"), PDF: Made("html", "html.pdf", "pdf")}
"""What is made of other formats where a library or a browser is there; the name is the suffix too."""

_UNKNOWN = (
    "no list of entries with dates was found, and this is in no format that is known here; docs/formats.md"
    " has those that are, and a table can be saved as CSV"
)
_STREAMS = {
    ("csv", "read"): "stream_in",
    ("native.json", "read_lines"): "stream_in",
    ("sheets.reader", "read"): "stream_in",
}
"""The readers of formats that can be read piece by piece, each with the function that does so."""
_OF_LINES = ("syslog", "web", "body", "tln", "audit", "history", "ledger", "dated", "changes", "git")
_RUNS = frozenset(
    (
        ("chats", "read"),
        ("bank", "read"),
        ("forensic.plaso", "read"),
        ("forensic.timesketch", "read"),
        ("logs.journal", "read"),
        ("icalendar", "read"),
        ("mail", "read"),
        ("gedcom", "read"),
        ("markwhen", "read"),
        ("mermaid", "read"),
        ("xml.feeds", "read"),
        ("xml.places", "read"),
        ("xml.places", "read_gpx"),
        ("xml.places", "read_tcx"),
        ("xml.simile", "read"),
        *(("logs.lines", f"read_{kind}") for kind in _OF_LINES),
    )
)
"""The readers that give the events run by run."""
_WITHOUT_YEARS = ("logs.lines", "read_syslog")
_MAPPED = frozenset(
    (
        *_STREAMS,
        ("native.json", "read"),
        ("unknown_shape.reader", "read"),
        ("markup.markdown", "read_any"),
        ("logs.columns", "read"),
        ("toml", "read"),
    )
)
"""The readers that look for what columns mean, so that a person can say it."""


def named(name: str | None, file: str) -> str:
    """The format to export to: `name`, or the one that the suffix of a file name means.

    Raises:
        UsageError: There is no such format, or the suffix is not that of a format.
    """
    if name is not None:
        if name not in FORMATS and name not in BINARY and name not in MADE:
            able = ", ".join((*FORMATS, *BINARY, *MADE))
            raise UsageError(f"there is no format {one_line(name)}; use one of {able}")
        return name
    suffix = PurePath(file).suffix.lower()
    if suffix.removeprefix(".") in MADE:
        return suffix.removeprefix(".")
    formats = (FORMATS | BINARY).items()
    found = next((name for name, format_ in formats if suffix in format_.suffixes), None)
    if found is None:
        raise UsageError(
            f"cannot tell the format from the name {one_line(file)}; say it with --to, one of"
            f" {', '.join((*FORMATS, *BINARY, *MADE))}"
        )
    return found


def write(  # noqa: PLR0913  each is an option of some formats
    view: View,
    name: str,
    *,
    raw: bool = False,
    notes: bool = False,
    drawing: Drawing | None = None,
    beside: str = "",
) -> Exported:
    """A view exported to the format of that name.

    Args:
        view: The events, in its order.
        name: Of the format.
        raw: For CSV alone: whether cells that a spreadsheet would run stay as they are.
        notes: Whether the marks and notes of the reader go along, where the format can hold them.
        drawing: What a format that is drawn shows; the usual if not given.
        beside: For Markdown alone: what the names of its pictures begin with; empty for none.
    """
    from timeline_tui.answers.support import fallen_counts  # noqa: PLC0415  for exports alone
    from timeline_tui.exchange.with_notes import count_lost, with_notes  # noqa: PLC0415  for exports alone

    format_ = FORMATS.get(name) or BINARY[name]
    options: dict[str, object] = {"raw": raw} if name == "csv" else {}
    if format_.is_drawn and drawing is not None:
        options["drawing"] = drawing
    if name == "markdown" and beside:
        options["beside"] = beside
    writer = cast("Callable[..., Exported]", _function(format_.module, format_.writer))
    exported = writer(with_notes(view) if notes and format_.has_own_fields else view, **options)
    if notes:
        count_lost(exported.lost, view, told=format_.has_own_fields)
    if format_.fallen == "lost" or (format_.fallen == "derived" and view.without):
        exported.lost[FALLEN_MARKS] += fallen_counts(view).total()
    return exported


def made(name: str, text: str) -> bytes:
    """The file of a format in `MADE`, of the text of what it is made of.

    Raises:
        TimelineError: What makes it is not here, or fails; the text says what to do.
    """
    maker = cast("Callable[[str], bytes]", _function(MADE[name].module, MADE[name].maker))
    return maker(text)


def read(
    data: bytes,
    file: str,
    name: str | None = None,
    choose: Choose = as_guessed,
    *,
    modified: date | None = None,
) -> Imported:
    """The timeline in a file of another format.

    Args:
        data: Its content.
        file: Its name.
        name: The format, if that is known; otherwise it is detected from file name and content.
        choose: Gives what a person has said about its columns.
        modified: The day on which the file was last changed, which tells the years that some logs leave out.

    Raises:
        CannotImport: The file cannot be imported; the text says why and what to do.
        UsageError: There is no such format, or it can only be exported.
    """
    module, reader = _reader_of(data, file, name)
    options = _options(module, reader, modified)
    if (module, reader) in _MAPPED:
        options["choose"] = choose
    try:
        given = cast("Callable[..., Imported | EventRuns]", _function(module, reader))(data, file, **options)
        found = given.imported() if isinstance(given, EventRuns) else given
    except CannotImport as error:
        if module == "unknown_shape.reader" and name is None and not _may_be_yaml(file):
            raise CannotImport(_UNKNOWN) from error
        raise
    if found.title == file:
        # A file that gives no title has the name of the file, without its suffix.
        found.title = title_of(file)
    _tell_undated(found)
    return found


def _may_be_yaml(file: str) -> bool:
    return PurePath(file).suffix.lower() in (".yaml", ".yml", *_MARKDOWN, ".md", ".markdown")


def _tell_undated(found: Imported) -> None:
    """Say how many events have no readable date, whatever their format, unless that has been said."""
    if not (found.is_ours or any(guess.endswith("undated") for guess in found.guesses)):
        found.guesses += undated_guess(sum(event["date"] == UNDATED for event in found.events))


def mapping_in(
    data: bytes, file: str, name: str | None, choose: Choose, *, is_whole: bool = True
) -> ColumnMapping | None:
    """What the columns of a file are taken for; None if its format tells what they are.

    Args:
        data: The file, or its beginning.
        file: Its name.
        name: The format, if that is known.
        choose: Gives what a person has said about its columns.
        is_whole: Whether `data` is the whole file; if not, None also means that all of it is needed.

    Raises:
        CannotImport: The file cannot be imported.
        UsageError: There is no such format, or a column that was chosen is not there.
    """
    module, reader = _reader_of(data, file, name)
    if (module, reader) not in _MAPPED:
        return None
    if is_whole:
        return read(data, file, name, choose).mapping
    if (module, reader) not in _STREAMS:
        return None
    stream = stream_in(data, file, name, choose)
    return None if stream is None else stream.mapping


def _reader_of(data: bytes, file: str, name: str | None) -> tuple[str, str]:
    if name == "yaml":
        return "unknown_shape.reader", "read"
    return _reader(name) if name else _detected(data, file)


def stream_in(
    data: bytes | bytearray, file: str, name: str | None = None, choose: Choose = as_guessed
) -> Stream | None:
    """The events of a file of another format piece by piece; None if `read()` has to read it as a whole.

    Args:
        data: Its content.
        file: Its name.
        name: The format, if that is known; otherwise it is detected from file name and content.
        choose: Gives what a person has said about its columns.

    Raises:
        CannotImport: The file cannot be imported; the text says why and what to do.
        UsageError: There is no such format, or a column that was chosen is not there.
    """
    module, reader = _reader(name) if name and name != "yaml" else _detected(_sniffed(data), file)
    streamer = _STREAMS.get((module, reader)) if name != "yaml" else None
    if streamer is None:
        return None
    return cast("Callable[..., Stream | None]", _function(module, streamer))(data, file, choose)


def _sniffed(data: bytes | bytearray) -> bytes:
    """As much of a file as shows its format: a zip lists its content at its end."""
    return bytes(data if data.startswith(b"PK") else data[:_SNIFFED])


def runs_in(data: bytes | bytearray, file: str, modified: date | None = None) -> EventRuns | None:
    """The events of a file whose format says what each part means, run by run; None for any other file.

    Args:
        data: Its content.
        file: Its name.
        modified: As for `read()`.

    Raises:
        CannotImport: The file cannot be imported; the text says why and what to do.
    """
    module, reader = _detected(_sniffed(data), file)
    if (module, reader) not in _RUNS:
        return None
    options = _options(module, reader, modified)
    return cast("Callable[..., EventRuns]", _function(module, reader))(data, file, **options)


def _options(module: str, reader: str, modified: date | None) -> dict[str, object]:
    """What a reader takes besides the file and its name."""
    return {"modified": modified} if (module, reader) == _WITHOUT_YEARS else {}


def belongs_to_format(file: str) -> bool:
    """Whether the suffix of a file name is that of a format."""
    suffix = PurePath(file).suffix.lower()
    known = (*FORMATS.values(), *READ_ONLY.values())
    return suffix in _MARKDOWN or any(suffix in format_.suffixes for format_ in known)


def can_be_imported(suffix: str) -> bool:
    """Whether a suffix is that of a format that can be imported."""
    return any(
        suffix in format_.suffixes
        for format_ in (FORMATS | READ_ONLY).values()
        if format_.reader and format_.module not in ("native.yaml", "cast")
    )


def _reader(name: str) -> tuple[str, str]:
    format_ = FORMATS.get(name) or READ_ONLY.get(name)
    if format_ is None or not format_.reader:
        known = FORMATS | READ_ONLY
        names = ", ".join(name for name, format_ in known.items() if format_.reader and name != "yaml")
        raise UsageError(f"{one_line(name)} cannot be imported; use one of yaml, {names}")
    return format_.module, format_.reader


def _detected(data: bytes, file: str) -> tuple[str, str]:
    """Module and function for a file, detected from its content where several formats share a suffix."""
    suffix = PurePath(file).suffix.lower()
    start = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip()
    if own := _by_beginning(start, suffix):
        return own, "read"
    if (found := recognised(data, file)) is not None:
        return found
    by_suffix = next((format_ for format_ in FORMATS.values() if suffix in format_.suffixes), None)
    if by_suffix is not None and by_suffix.reader:
        return by_suffix.module, by_suffix.reader
    if suffix in (".html", ".htm", ".bib", ".svg"):
        raise CannotImport(f"{suffix} can be exported but not imported; import the original file")
    if start.startswith((b"{", b"[")) and suffix not in (".yaml", ".yml"):
        return "native.json", "read"
    return "unknown_shape.reader", "read"


def _by_beginning(start: bytes, suffix: str) -> str:
    """The module of the format that the beginning of a file shows; empty if it shows none."""
    first = start.split(b"\n", 1)[0].lower()
    if b"timestamp_desc" in (start if suffix in (".jsonl", ".ndjson") else first):
        return "forensic.timesketch"
    if first.startswith(b"date,time,timezone,macb"):
        return "forensic.plaso"
    if first.startswith(b"begin:vcalendar"):
        return "icalendar"
    begins = first.strip().rstrip(b";") in (b"timeline", b"gantt")
    is_diagram = begins and suffix not in (".yaml", ".yml", ".md", ".csv")
    return "mermaid" if is_diagram else ""


def _function(module: str, name: str) -> object:
    # A format is loaded only when it is used: the screen and the list need none.
    return getattr(import_module(f"timeline_tui.exchange.{module}"), name)
