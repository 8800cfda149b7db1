"""Text made fit for a page: escaped, and an author's Markdown as HTML that can only be read.

Markdown is read as CommonMark has it, by `markdown-it-py`. Only what this page may have of it is let
through: no HTML of the author's own, no pictures, no headings, no links but to web addresses that are shown.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from timeline_tui.exchange.markdown.escape import paragraphs
from timeline_tui.exchange.report_text import is_address, language_tag
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

_BLANK = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'”’*_]", re.IGNORECASE)
_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})|[{}|^\[\]#]")
_CODE = ("```", "~~~")


def line(text: str) -> str:
    """A text on one line, escaped for content and for an attribute in quotes; visible."""
    return escape(one_line(text))


def lines(text: str) -> str:
    """As `line()`, with a paragraph for each of the text's."""
    return "".join(f"<p>{_broken(each)}</p>" for each in _BLANK.split(visible(text).strip()) if each.strip())


def prose(text: str) -> str:
    """An author's Markdown as blocks of HTML; what is no Markdown stays as typed."""
    text = visible(text).strip("\n")
    if not any(fence in text for fence in _CODE):
        text = paragraphs(text)
    return str(_reader().render(text)).strip()


def prose_line(text: str) -> str:
    """As `prose()`, on one line."""
    return str(_reader().renderInline(one_line(text)))


def link(url: str) -> str:
    """A link that shows its whole address; plain text where that is neither http nor https."""
    if not is_address(url):
        return line(url)
    return f'<a href="{escape(_sound(url))}" rel="noopener noreferrer">{line(url)}</a>'


def _sound(url: str) -> str:
    """An address as HTML may have it: behind its host, what no address has is written as browsers ask for it.

    https://url.spec.whatwg.org/#url-code-points
    """
    host = _HOST.match(url)
    behind = host.end() if host is not None else 0
    asked, mark, fragment = url[behind:].partition("#")
    return url[:behind] + _STRAY.sub(_percent, asked) + mark + _STRAY.sub(_percent, fragment)


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def language_attributes(tag: str) -> str:
    """The attributes of words in a language, or in one that is not told."""
    known = language_tag(tag)
    return f' lang="{known}" dir="auto"' if known else ' dir="auto"'


def _broken(text: str) -> str:
    return "<br>".join(escape(each.strip()) for each in text.strip().split("\n"))


class _Reader(MarkdownIt):
    """Takes addresses as they were typed, and only those that may become links."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  its name there
        """The address itself."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802  its name there
        """Whether it may become a link."""
        return is_address(url)


@cache
def _reader() -> MarkdownIt:
    reader = _Reader("commonmark", {"html": False, "xhtmlOut": False})
    # An entity could bring in what `visible()` has just made seen; a definition of a link would be gone.
    reader.disable(["entity", "reference"])
    for kind, rule in _RULES.items():
        reader.add_render_rule(kind, rule)
    return reader


def _heading(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> str:
    """A line that stands out: the headings of the page are its own."""
    return "<p><strong>" if tokens[at].nesting > 0 else "</strong></p>\n"


def _code(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> str:
    return f"<pre><code>{escape(tokens[at].content)}</code></pre>\n"


def _link_begins(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """Nothing: what a link is called is text, and its address follows."""
    del renderer, options
    env.setdefault("links", []).append(str(tokens[at].attrGet("href")) if tokens[at].info != "auto" else "")
    return ""


def _link_ends(_: RendererHTML, __: Sequence[Token], ___: int, options: OptionsDict, env: EnvType) -> str:
    """The address, which the words before it may not promise."""
    del options
    address = env["links"].pop()
    return f" ({link(address)})" if address else ""


def _image(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> str:
    """What a picture is called and where it is: nothing is fetched."""
    address = link(str(tokens[at].attrGet("src")))
    return f"{escape(tokens[at].content)} ({address})" if tokens[at].content else address


def _text(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> str:
    """A text, the addresses in it as links."""
    text, end, parts = tokens[at].content, 0, []
    for match in _ADDRESS.finditer(text):
        parts += [escape(text[end : match.start()]), link(match[0])]
        end = match.end()
    return "".join([*parts, escape(text[end:])])


_RULES: dict[str, Callable[..., str]] = {
    "heading_open": _heading,
    "heading_close": _heading,
    "code_block": _code,
    "fence": _code,
    "link_open": _link_begins,
    "link_close": _link_ends,
    "image": _image,
    "text": _text,
}
