"""Texts of a timeline as HTML: plain text escaped, and an author's Markdown so that it can only be read.

Markdown is parsed as CommonMark by `markdown-it-py`. Only what a page may contain of it is rendered: no HTML
of the author's own, no pictures, no headings, and links to web addresses only, which are shown in full.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from timeline_tui.exchange.html_markup import Html, html, joined
from timeline_tui.exchange.report_text import is_address, language_tag
from timeline_tui.text.paragraphs import paragraphs
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

PAGE_LANGUAGE = "en"
"""The language of the words that the page itself has."""
_BLANK = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'”’*_]", re.IGNORECASE)
_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})|[{}|^\[\]#]")
_CODE = ("```", "~~~")


def line(text: str) -> Html:
    """A text on one line, with hidden characters made visible."""
    return Html.escape(one_line(text))


def lines(text: str) -> Html:
    """As `line()`, with a paragraph of HTML for each paragraph of the text, if there are several."""
    found = [each for each in _BLANK.split(visible(text).strip()) if each.strip()]
    if len(found) == 1:
        return _with_breaks(found[0])
    return joined(html("<p>{}</p>", _with_breaks(each)) for each in found)


def prose(text: str) -> Html:
    """An author's Markdown as blocks of HTML; what is not Markdown stays as typed."""
    text = visible(text).strip("\n")
    if not any(fence in text for fence in _CODE):
        text = paragraphs(text)
    return Html(_renderer().render(text).strip())


def prose_line(text: str) -> Html:
    """As `prose()`, on one line."""
    return Html(_renderer().renderInline(one_line(text)))


def link(url: str) -> Html:
    """A link that shows its whole address; plain text unless the address is http or https."""
    if not is_address(url):
        return line(url)
    return html('<a href="{}">{}</a>', valid_url(url), line(url))


def valid_url(url: str) -> str:
    """An address as HTML allows it: after the host, invalid characters are encoded as browsers encode them.

    https://url.spec.whatwg.org/#url-code-points
    """
    host = _HOST.match(url)
    end = host.end() if host is not None else 0
    path, mark, fragment = url[end:].partition("#")
    return url[:end] + _STRAY.sub(_percent, path) + mark + _STRAY.sub(_percent, fragment)


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def language_attributes(tag: str) -> Html:
    """The attribute of words in a language; none for that of the page, and if the language is not known.

    The direction of a text follows from its letters: the style of the page says so for all texts at once.
    """
    known = language_tag(tag)
    return html(' lang="{}"', known) if known and known != PAGE_LANGUAGE else Html()


def _with_breaks(text: str) -> Html:
    return html("<br>").join(each.strip() for each in text.strip().split("\n"))


class _Parser(MarkdownIt):
    """Keeps addresses as they were typed, and makes links only of those that may become links."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  its name there
        """The address itself."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802  its name there
        """Whether it may become a link."""
        return is_address(url)


@cache
def _renderer() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "xhtmlOut": False})
    # An entity could bring back what `visible()` has just replaced; a link definition would vanish.
    parser.disable(["entity", "reference"])
    for kind, rule in _RULES.items():
        parser.add_render_rule(kind, rule)
    return parser


def _heading(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> Html:
    """A bold paragraph: the headings of the page are its own."""
    return html("<p><strong>") if tokens[at].nesting > 0 else html("</strong></p>\n")


def _code(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> Html:
    return html("<pre><code>{}</code></pre>\n", tokens[at].content)


def _link_start(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> Html:
    """Nothing: the label of a link is text, and its address follows."""
    del renderer, options
    env.setdefault("links", []).append(str(tokens[at].attrGet("href")) if tokens[at].info != "auto" else "")
    return Html()


def _link_end(_: RendererHTML, __: Sequence[Token], ___: int, options: OptionsDict, env: EnvType) -> Html:
    """The address in full, so that no label can pretend to lead elsewhere."""
    del options
    address = env["links"].pop()
    return html(" ({})", link(address)) if address else Html()


def _image(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> Html:
    """The alternative text of a picture and its address: nothing is fetched."""
    address = link(str(tokens[at].attrGet("src")))
    return html("{} ({})", tokens[at].content, address) if tokens[at].content else address


def _text(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> Html:
    """A text, with links for the addresses in it."""
    text, end, parts = tokens[at].content, 0, list[str]()
    for match in _ADDRESS.finditer(text):
        parts += [text[end : match.start()], link(match[0])]
        end = match.end()
    return joined([*parts, text[end:]])


_RULES: dict[str, Callable[..., Html]] = {
    "heading_open": _heading,
    "heading_close": _heading,
    "code_block": _code,
    "fence": _code,
    "link_open": _link_start,
    "link_close": _link_end,
    "image": _image,
    "text": _text,
}
