"""Texts of a timeline as Markdown: plain text escaped, and an author's Markdown so that it is contained.

The target is CommonMark with the extensions of GitHub and Pandoc.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from timeline_tui.exchange.report_text import is_address
from timeline_tui.text.paragraphs import paragraphs
from timeline_tui.text.sanitize import has_hidden, one_line, visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKS = re.compile(r"([\\`*_\[\]{}~|$^#])")
_ENTITY = re.compile(r"&(?=#|[A-Za-z])")
_LINK = re.compile(r"(?<=[Hh][Tt][Tt][Pp])(s?):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_START = re.compile(r"(?m)^[ \t]*(?:([-+=>:])|([0-9]+)([.)])(?=\s|\Z))")
_INDENT = re.compile(r"(?m)^[ \t]+")

_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
_LAST_CHARACTER = 0x10FFFF
# An entity is never syntax, no matter how many backslashes are before it.
_TAG = re.compile(r"<(?!https?://[^\s<>]+>)", re.IGNORECASE)
_TARGET = re.compile(r"\](?=\((?!\s*<?https?://)|:)", re.IGNORECASE)
_IMAGE = re.compile(r"!(?=\[)")
_FOOTNOTE = re.compile(r"\[(?=\^)")
# Nobody breaks lines at this length by hand: YAML folded away the empty line between two paragraphs.
_RULE = re.compile(r"[-=]+(?:[ \t]*[-=])*[ \t]*\Z")
# Definitions and fenced divisions of Pandoc, which reach to the next colons, wherever these are.
_COLONS = re.compile(r"^([ \t>]*)(?=:(?:[:\s]|\Z))")
_LOWEST = 6
_BELOW_EVENTS = 4


def escaped_line(text: str) -> str:
    """A text on one line in which no character is syntax; hidden characters are visible."""
    return escaped_lines(one_line(text))


def escaped_lines(text: str) -> str:
    """As `escaped_line()`, with the line ends kept and every line's indentation removed."""
    text = _INDENT.sub("", visible(text))
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    text = _MARKS.sub(r"\\\1", text)
    text = _LINK.sub(lambda match: rf"{match[1]}\:" if match[1] is not None else r"\.", text)
    return _START.sub(lambda match: rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}", text)


def authored(text: str) -> str:
    """An author's Markdown, contained so that it cannot change the document around it.

    HTML becomes text, pictures become links, and links to anything but http and https become text, as
    do footnotes and link definitions, which would apply to the whole document. Headings
    are moved below those of events; lines of dashes, which could start a header or table of the document,
    become lines of asterisks. An open code block is closed; a text whose blocks still do not end
    with it becomes plain text.
    """
    text = visible(text).strip()
    if "```" not in text and "~~~" not in text:
        text = paragraphs(text)
    return _contained(_reaching_nothing(text))


def authored_line(text: str) -> str:
    """As `authored()`, on one line after other words, where no block can start."""
    return one_line(_reaching_nothing(one_line(text)))


def address(url: str) -> str:
    """A link that shows its whole address; plain text unless the address is http or https.

    Renderers decode entities in addresses too, so an address with one of a hidden character is plain text.
    """
    return f"<{url}>" if is_address(url) and _without_hidden(url) == url else escaped_line(url)


def inside(mark: str, block: str) -> str:
    """A block inside another one: each line follows a mark (`> `, or the indentation of a list item)."""
    return "\n".join(f"{mark}{each}".rstrip() for each in block.split("\n"))


def item(block: str) -> str:
    """A block as a list item."""
    return f"- {inside('  ', block).lstrip()}"


def _without_hidden(text: str) -> str:
    """Markdown in which an entity of a hidden character is written as that character is shown: `‹U+202E›`.

    A renderer would bring back what `visible()` has replaced.
    https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
    """
    return _REFERENCE.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    decimal, hexadecimal = match[1], match[2]
    if decimal is None and hexadecimal is None:
        decoded = unescape(match[0])
    else:
        point = int(decimal) if decimal is not None else int(hexadecimal, 16)
        decoded = chr(point) if point <= _LAST_CHARACTER else ""
    return visible(decoded) if has_hidden(decoded) else match[0]


def _reaching_nothing(text: str) -> str:
    """An author's Markdown without HTML, pictures, footnotes, definitions, and with links to the web only.

    Entities of hidden characters are visible.
    """
    text = _without_hidden(text)
    text = _TAG.sub("&lt;", text)
    text = _TARGET.sub("&#93;", text)
    text = _IMAGE.sub("&#33;", text)
    return _FOOTNOTE.sub("&#91;", text)


def _contained(text: str) -> str:
    """Markdown whose blocks all end with it, with headings below those of events."""
    blocks = _blocks(text)
    lines = text.split("\n")
    code = {
        line for block in blocks if block.type in ("fence", "code_block") for line in range(*_place(block))
    }
    for number, line in enumerate(lines):
        if number not in code:
            lines[number] = _COLONS.sub(r"\1\\", line)
    for block in blocks:
        if block.type in ("heading_open", "hr"):
            first, end = _place(block)
            if block.markup.startswith("#"):
                below = "#" * min(len(block.markup) + _BELOW_EVENTS, _LOWEST)
                lines[first] = lines[first].replace(block.markup, below, 1)
            else:
                lines[end - 1] = _RULE.sub("***", lines[end - 1])
    shown = "\n".join(lines)
    closed = f"{shown}\n{blocks[-1].markup}" if blocks and blocks[-1].type == "fence" else shown
    return next((each for each in (shown, closed) if _ends(each)), escaped_lines(text))


def _ends(text: str) -> bool:
    """Whether a heading after the text is still a heading, so that no block of the text is left open."""
    last = _blocks(f"{text}\n\n# behind")[-3:]
    return [(block.type, block.level) for block in last[:1]] == [("heading_open", 0)]


def _blocks(text: str) -> list[Token]:
    """The blocks of a text by CommonMark with tables; their inline content is not parsed."""
    return _reader().parse(text)


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  for reports alone

    reader = MarkdownIt("commonmark").enable("table")
    reader.core.ruler.enableOnly(["normalize", "block"])
    return reader


def _place(block: Token) -> tuple[int, int]:
    """The lines of a block, from 0: its first, and the one after its last."""
    first, end = block.map or (0, 0)
    return first, end
