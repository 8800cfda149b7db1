"""Text made fit for Markdown: plain text that stays plain, an author's Markdown that stays without HTML.

Written for CommonMark, with what GitHub and Pandoc add to it in mind.
"""

from __future__ import annotations

import re

from timeline_tui.exchange.telling import is_address
from timeline_tui.text import one_line, visible

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
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def plain(text: str) -> str:
    """A text on one line that means nothing but itself; visible."""
    return plain_lines(one_line(text))


def plain_lines(text: str) -> str:
    """As `plain()`, with the line ends as they are, each line from its first letter on."""
    text = _INDENT.sub("", visible(text))
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    text = _MARKS.sub(r"\\\1", text)
    text = _LINK.sub(lambda match: rf"{match[1]}\:" if match[1] is not None else r"\.", text)
    return _START.sub(lambda match: rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}", text)


def authored(text: str) -> str:
    """An author's Markdown without what could reach out of it: visible, and as the author laid it out.

    HTML becomes text, pictures become links, links to anything but http and https become text, and so
    do footnotes and definitions of links, which would be taken for those of the whole document. A block
    of code that is never closed is closed.
    """
    text = visible(text).strip("\n")
    if "```" not in text and "~~~" not in text:
        text = paragraphs(text)
    text = _TAG.sub("&lt;", text)
    text = _TARGET.sub("&#93;", text)
    text = _IMAGE.sub("&#33;", text)
    return _closed(_FOOTNOTE.sub("&#91;", text)).strip()


def paragraphs(text: str) -> str:
    """A text in which an empty line follows each line that only a paragraph can be as long as."""
    return _PARAGRAPH.sub(r"\1\n\n", text)


def authored_line(text: str) -> str:
    """As `authored()` on one line, where blocks of code, lists and headings are text like the rest."""
    return one_line(authored(one_line(text)))


def address(url: str) -> str:
    """A link that shows its whole address; plain text where that is neither http nor https."""
    return f"<{url}>" if is_address(url) else plain(url)


def inside(mark: str, block: str) -> str:
    """A block inside of another one: each line after a mark (`> `, or spaces as wide as that of a list)."""
    return "\n".join(f"{mark}{each}".rstrip() for each in block.split("\n"))


def item(block: str) -> str:
    """A block as an item of a list."""
    return f"- {inside('  ', block).lstrip()}"


def _closed(text: str) -> str:
    fence = ""
    for each in text.split("\n"):
        match = _FENCE.match(each)
        if match is None:
            continue
        if not fence:
            # Behind backticks, a line with more of them is a line of text.
            fence = "" if match[1][0] == "`" and "`" in match[2] else match[1]
        elif match[1].startswith(fence) and not match[2].strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text
