"""Recognises files by what they begin with: formats that share suffixes, and what cannot be read."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from timeline_tui.exchange.contract import CannotImport

if TYPE_CHECKING:
    from collections.abc import Callable

Reader = tuple[str, str]
"""Module below `exchange` and function."""

_OF_TEXT: Final = (".txt", ".text", ".log", ".out", ".msg", ".asc", "")
"""Suffixes that say nothing about what a text is."""
_OF_MARKDOWN: Final = (".md", ".markdown", ".mdown", ".qmd", ".rmd", ".mdx")
_OF_WIKIS: Final = (".wiki", ".wikitext", ".mediawiki", ".mw.txt")
_OF_FORMATS: Final = (
    ".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".mw", ".markwhen", ".mmd", ".mermaid",
    ".ics", ".ical", ".ifb", ".bib", ".html", ".htm", ".geojson", ".svg", ".cast", ".kml", ".gpx",
)  # fmt: skip
"""Suffixes that say enough about a text whose beginning does not show another format."""
_REFUSED: Final = (
    (b"%PDF-", "a PDF document: copy its table into a spreadsheet, or export it as text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a document in RTF: save it as plain text or HTML"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
)
_OF_SUFFIXES: Final[tuple[tuple[tuple[str, ...], Reader], ...]] = (
    (_OF_MARKDOWN, ("markup.markdown", "read_any")),
    ((".ged", ".gedcom", ".gdz"), ("gedcom", "read")),
    ((".journal", ".ledger", ".hledger", ".beancount", ".timeclock"), ("logs.lines", "read_ledger")),
    ((".org", ".org_archive"), ("markup.org", "read")),
    (_OF_WIKIS, ("markup.wikitext", "read")),
    ((".rst", ".rest"), ("markup.markdown", "read")),
    ((".spec",), ("logs.lines", "read_changes")),
    ((".toml",), ("toml", "read")),
)
_SUBTITLES: Final = re.compile(
    rb"WEBVTT\b|[0-9]+\s+[0-9]{2}:[0-9]{2}:[0-9]{2}[,.][0-9]+ --> |[0-9]+:[0-9]{2}:[0-9]{2}\.[0-9]+,[0-9]+:"
)
_STATEMENT: Final = re.compile(rb"\AOFXHEADER:|(?:\A|\n|>)\s*<OFX>")
_SHOWN: Final = (
    ("logs.stanzas", "are_stanzas"),
    ("markup.org", "is_org"),
    ("markup.wikitext", "is_wikitext"),
)
"""The readers of texts that are asked one after the other, each with the function that knows its own."""
_ROOTS: Final[dict[str, Reader]] = {
    "rss": ("xml.feeds", "read"), "feed": ("xml.feeds", "read"), "rdf": ("xml.feeds", "read"),
    "kml": ("xml.places", "read"), "gpx": ("xml.places", "read_gpx"),
    "trainingcenterdatabase": ("xml.places", "read_tcx"), "data": ("xml.simile", "read"),
}  # fmt: skip


def recognised(data: bytes, file: str) -> Reader | None:  # noqa: PLR0911  one for each kind
    """The reader for a file that is known by its beginning; None for any other.

    Args:
        data: The file, or its beginning.
        file: Its name: a suffix of text leaves more to find out than that of a format.

    Raises:
        CannotImport: It is of a kind that cannot be read; the text says what to do.
    """
    start = data[: 64 << 10].removeprefix(b"\xef\xbb\xbf")
    for magic, what in _REFUSED:
        if start.startswith(magic):
            raise CannotImport(f"this is {what}")
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _packed(data)
    start = start.lstrip()
    suffix = suffix_of(file)
    if _SUBTITLES.match(start):
        raise CannotImport(
            "these are subtitles: their times count from the beginning of a recording, and none is a date"
        )
    if _STATEMENT.search(start[:2000]) or re.match(rb"!(?:Type:|Account|Option:)", start):
        return "bank", "read"
    if start.startswith(b"<") and suffix not in _OF_MARKDOWN and not re.match(rb"<[0-9]{1,3}>", start):
        return _with_tags(start, suffix)
    if re.match(rb"0 +HEAD\b", start):
        return "gedcom", "read"
    if suffix in (*_OF_TEXT, ".mbox", ".mbx", ".eml") and _is("mail", "is_mail", start):
        return "mail", "read"
    if b'"__REALTIME_TIMESTAMP"' in start.split(b"\n", 1)[0]:
        return "logs.journal", "read"
    return _of_text(start, suffix)


def suffix_of(file: str) -> str:
    """The suffix of a file in small letters; of one with a number, such as `access.log.2`, that before it."""
    suffix = PurePath(file).suffix.lower()
    return PurePath(PurePath(file).stem).suffix.lower() if re.fullmatch(r"\.[0-9]{1,4}", suffix) else suffix


def _packed(data: bytes) -> Reader:
    from timeline_tui.exchange.markup.word import is_word  # noqa: PLC0415  for zip files alone
    from timeline_tui.exchange.sheets.reader import is_workbook  # noqa: PLC0415  as above

    if is_workbook(data):
        return "sheets.reader", "read"
    if is_word(data):
        return "markup.word", "read"
    raise CannotImport("this is a zip archive: unpack it, and open the file or folder in it")


def _with_tags(start: bytes, suffix: str) -> Reader | None:
    """The reader of XML or HTML."""
    from timeline_tui.exchange.markup.html_page import is_html  # noqa: PLC0415  for pages alone
    from timeline_tui.exchange.xml.document import root_name  # noqa: PLC0415  for XML alone

    if is_html(start) or suffix in (".html", ".htm", ".xhtml"):
        if _is("chats.telegram_html", "is_export", start):
            return "chats.telegram_html", "read"
        return "markup.html_page", "read"
    root = root_name(start)
    if root in _ROOTS:
        return _ROOTS[root]
    if start.startswith(b"<?xml") or suffix == ".xml":
        raise CannotImport(
            f"this is XML of an unknown kind, with <{root}> around it; known are RSS, Atom, KML, "
            f"GPX, TCX and SIMILE timelines"
        )
    return None


def _by_suffix(suffix: str) -> Reader | None:
    """The reader of a text that is known by its suffix alone."""
    return next((reader for suffixes, reader in _OF_SUFFIXES if suffix in suffixes), None)


def _of_text(start: bytes, suffix: str) -> Reader | None:  # noqa: PLR0911  one for each format
    """The reader of a text that begins like this."""
    if found := _by_suffix(suffix):
        return found
    if suffix in _OF_FORMATS:
        return None
    text = start.decode("utf-8", "replace")
    if _is("tagged", "shows_tagged", text):
        return "tagged", "read"
    if _is("chats", "is_chat", text):
        return "chats", "read"
    if _is("logs.columns", "has_fields", text):
        return "logs.columns", "read"
    if log := _log(text):
        # Below a header, a line that begins with a time is a row.
        is_row = log == "read_dated" and re.match(r"\W*[A-Za-z_]", text) is not None and _is_table(text)
        return ("csv", "read") if is_row else ("logs.lines", log)
    for module, shows in _SHOWN:
        if _is(module, shows, text):
            return module, "read"
    if _is_table(text):
        return "csv", "read"
    if re.search(r"(?m)^\s*\|?[-: |]*-{3,}[-: |]*\|", text) or _is_dated_list(text):
        return "markup.markdown", "read"
    return None


def _is_table(text: str) -> bool:
    """Whether the first lines have as many tabs, semicolons or commas as one another, and no YAML."""
    lines = [line for line in text.splitlines()[:6] if line.strip()][:4]
    if len(lines) < 2 or re.match(r"[\w-]+:(?:\s|$)|- |---|\s*[\[{]", lines[0]):
        return False
    from timeline_tui.dates.lenient import edtf_of  # noqa: PLC0415  for texts alone

    return any(
        len({line.count(sign) for line in lines}) == 1
        and lines[0].count(sign) > 0
        and any(edtf_of(cell.strip(" \"'")) for line in lines[1:] for cell in line.split(sign))
        for sign in ("\t", ";", ",")
    )


def _is_dated_list(text: str) -> bool:
    """Whether most lines of a text begin with a date, as items or as they are."""
    from timeline_tui.exchange.markup.dated import dated, plain  # noqa: PLC0415  for texts alone

    lines = [re.sub(r"^\s*[-*+\u2022]\s+", "", line) for line in text.splitlines()[:40] if line.strip()]
    if len(lines) < 2 or any(re.match(r"[\w-]+:\s*(?:$|[\[{|>])", line) for line in lines):
        return False
    found = [dated(plain(line)) for line in lines]
    return sum(each is not None and bool(each.rest) for each in found) * 2 > len(lines)


def _log(text: str) -> str:
    from timeline_tui.exchange.logs.lines import kind_of  # noqa: PLC0415  for texts alone

    return kind_of(text)


def _is(module: str, function: str, start: object) -> bool:
    from importlib import import_module  # noqa: PLC0415  for files of others alone

    found: Callable[[object], bool] = getattr(import_module(f"timeline_tui.exchange.{module}"), function)
    return found(start)
