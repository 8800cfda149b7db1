"""Text made fit for Markdown: plain text that stays plain, an author's Markdown that stays without HTML.

Written for CommonMark, with what GitHub and Pandoc add to it in mind.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from timeline_tui.exchange.report_text import is_address
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKS = re.compile(r"([\\`*_\[\]{}~|$^#])")
_ENTITY = re.compile(r"&(?=#|[A-Za-z])")
_LINK = re.compile(r"(?<=[Hh][Tt][Tt][Pp])(s?):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_START = re.compile(r"(?m)^[ \t]*(?:([-+=>:])|([0-9]+)([.)])(?=\s|\Z))")
_INDENT = re.compile(r"(?m)^[ \t]+")

# An entity is never structure, whatever backslashes stand before it.
_TAG = re.compile(r"<(?!https?://[^\s<>]+>)", re.IGNORECASE)
_TARGET = re.compile(r"\](?=\((?!\s*<?https?://)|:)", re.IGNORECASE)
_IMAGE = re.compile(r"!(?=\[)")
_FOOTNOTE = re.compile(r"\[(?=\^)")
# Nobody breaks lines at this length by hand: YAML has folded the empty line between two paragraphs away.
_PARAGRAPH = re.compile(r"(?m)^(?=.{121})([^\s*+>#|-].*)\n(?=[^\s*+>#|0-9-])")
_RULE = re.compile(r"[-=]+(?:[ \t]*[-=])*[ \t]*\Z")
# Pandoc's definitions and fenced parts of a page, which reach to the next colons wherever these are.
_COLONS = re.compile(r"^([ \t>]*)(?=:(?:[:\s]|\Z))")
_LOWEST = 6
_BELOW_EVENTS = 4


def escaped_line(text: str) -> str:
    """A text on one line that means nothing but itself; visible."""
    return escaped_lines(one_line(text))


def escaped_lines(text: str) -> str:
    """As `escaped_line()`, with the line ends as they are, each line from its first letter on."""
    text = _INDENT.sub("", visible(text))
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    text = _MARKS.sub(r"\\\1", text)
    text = _LINK.sub(lambda match: rf"{match[1]}\:" if match[1] is not None else r"\.", text)
    return _START.sub(lambda match: rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}", text)


def authored(text: str) -> str:
    """An author's Markdown without what could reach out of it: visible, and as the author laid it out.

    HTML becomes text, pictures become links, links to anything but http and https become text, and so
    do footnotes and definitions of links, which would be taken for those of the whole document. Headings
    stand below those of events; lines of dashes, with which a header or a table of the document could begin,
    become lines of asterisks. A block of code that is never closed is closed; a text whose blocks do not end
    with it in any other way is plain text.
    """
    text = visible(text).strip()
    if "```" not in text and "~~~" not in text:
        text = paragraphs(text)
    return _contained(_reaching_nothing(text))


def paragraphs(text: str) -> str:
    """A text in which an empty line follows each line that only a paragraph can be as long as."""
    return _PARAGRAPH.sub(r"\1\n\n", text)


def authored_line(text: str) -> str:
    """As `authored()` on one line behind other words, where no block begins."""
    return one_line(_reaching_nothing(one_line(text)))


def address(url: str) -> str:
    """A link that shows its whole address; plain text where that is neither http nor https."""
    return f"<{url}>" if is_address(url) else escaped_line(url)


def inside(mark: str, block: str) -> str:
    """A block inside of another one: each line after a mark (`> `, or spaces as wide as that of a list)."""
    return "\n".join(f"{mark}{each}".rstrip() for each in block.split("\n"))


def item(block: str) -> str:
    """A block as an item of a list."""
    return f"- {inside('  ', block).lstrip()}"


def _reaching_nothing(text: str) -> str:
    """An author's Markdown without HTML, pictures, footnotes, definitions, and links but to the web."""
    text = _TAG.sub("&lt;", text)
    text = _TARGET.sub("&#93;", text)
    text = _IMAGE.sub("&#33;", text)
    return _FOOTNOTE.sub("&#91;", text)


def _contained(text: str) -> str:
    """Markdown whose blocks end where it ends, with headings below those of events."""
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
    """Whether a heading behind a text is one, whatever stands in the text."""
    last = _blocks(f"{text}\n\n# behind")[-3:]
    return [(block.type, block.level) for block in last[:1]] == [("heading_open", 0)]


def _blocks(text: str) -> list[Token]:
    """The blocks of a text by CommonMark with tables; what stands in lines is not looked at."""
    return _reader().parse(text)


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  for reports alone

    reader = MarkdownIt("commonmark").enable("table")
    reader.core.ruler.enableOnly(["normalize", "block"])
    return reader


def _place(block: Token) -> tuple[int, int]:
    """The lines of a block: its first, and the one behind its last, from 0."""
    first, end = block.map or (0, 0)
    return first, end
