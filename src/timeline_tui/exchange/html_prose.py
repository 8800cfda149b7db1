"""Text made fit for a page: escaped, and the little of an author's Markdown that a page of prose needs."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from timeline_tui.exchange.markdown_text import paragraphs
from timeline_tui.exchange.telling import is_address, language_tag
from timeline_tui.text import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+")
_INLINE = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<target>[^\s()]+)\)"
    r"|<(?P<auto>https?://[^\s<>\"]+)>"
    r"|(?P<address>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'”’*_])"
    r"|\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*"
    r"|\*(?P<stressed>[^\s*](?:[^*\n]*[^\s*])?)\*"
    r"|(?<!\w)_(?P<also>[^\s_](?:[^_\n]*[^\s_])?)_(?!\w)",
    re.IGNORECASE,
)


def line(text: str) -> str:
    """A text on one line, escaped for content and for an attribute in quotes; visible."""
    return escape(one_line(text))


def lines(text: str) -> str:
    """As `line()`, with a paragraph for each of the text's."""
    return "".join(f"<p>{_broken(each)}</p>" for each in _BLANK.split(visible(text).strip()) if each.strip())


def prose(text: str) -> str:
    """An author's Markdown as paragraphs and lists, with emphasis, code and links; all else as typed."""
    text = paragraphs(visible(text)).strip()
    return "".join(_block(each) for each in _BLANK.split(text) if each.strip())


def prose_line(text: str) -> str:
    """As `prose()`, on one line."""
    return "".join(_inline(one_line(text)))


def link(url: str) -> str:
    """A link that shows its whole address; plain text where that is neither http nor https."""
    if not is_address(url):
        return line(url)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{line(url)}</a>'


def spoken_in(tag: str) -> str:
    """The attributes of words in a language, or in one that is not told."""
    known = language_tag(tag)
    return f' lang="{known}" dir="auto"' if known else ' dir="auto"'


def _broken(text: str) -> str:
    return "<br>".join(escape(each.strip()) for each in text.strip().split("\n"))


def _block(text: str) -> str:
    if not _BULLET.match(text):
        return f"<p>{prose_line(text)}</p>"
    items: list[str] = []
    for each in text.split("\n"):
        match = _BULLET.match(each)
        if match is not None:
            items.append(each[match.end() :])
        else:
            items[-1] += f" {each.strip()}"
    return "<ul>" + "".join(f"<li>{prose_line(each)}</li>" for each in items) + "</ul>"


def _inline(text: str) -> Iterator[str]:
    end = 0
    for match in _INLINE.finditer(text):
        yield escape(text[end : match.start()])
        yield _marked(match)
        end = match.end()
    yield escape(text[end:])


def _marked(match: re.Match[str]) -> str:
    found: dict[str, str | None] = match.groupdict()
    if escaped := found["escaped"]:
        return escape(escaped[1:])
    if code := found["code"]:
        return f"<code>{escape(code)}</code>"
    if address := found["target"] or found["address"] or found["auto"]:
        if not is_address(address):
            return escape(match[0])
        # The address is shown beside the label, which may promise another one.
        return f"{escape(found['label'])} ({link(address)})" if found["label"] else link(address)
    if strong := found["strong"]:
        return f"<strong>{escape(strong)}</strong>"
    return f"<em>{escape(found['stressed'] or found['also'] or '')}</em>"
