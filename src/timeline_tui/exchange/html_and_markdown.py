"""Conversion between the HTML in other programs' texts and Markdown: emphasis, links and paragraphs only.

Tags are found by patterns whose time is proportional to the length of the text, whatever it contains.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from timeline_tui.exchange import html_markup
from timeline_tui.exchange.html_markup import Html, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HREF = re.compile(r"https?://[^\s/?#<>\"']+[^\s<>\"']*\Z", re.IGNORECASE)

_BREAKS = {"br": "\n", "li": "\n- ", "tr": "\n", "hr": "\n\n"}
_BLOCKS = frozenset({
    "p", "div", "blockquote", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "header", "footer", "pre", "figure", "dl",
})  # fmt: skip
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_PASSED_OVER = frozenset({
    "span", "cite", "a", "img", "iframe", "video", "audio", "source", "td", "th", "tbody", "thead", "small",
    "big", "font", "u", "s", "sup", "sub", "q", "code", "center", "figcaption", "dt", "dd", "abbr",
    "script", "style", "input", "button",
})  # fmt: skip
_KNOWN = _BLOCKS | _PASSED_OVER | _BREAKS.keys() | _MARKS.keys()


def markdown_from_html(text: str) -> str:
    """HTML as Markdown: paragraphs, lists, emphasis, links to http and https; other tags are removed.

    A tag that HTML does not know stays as it is, and so does a text without any tag.
    """
    text = _without(_without(_without(text, "<!--", "-->"), "<script", "</script>"), "<style", "</style>")
    tags = [match for match in _TAG.finditer(text) if match[2].lower() in _KNOWN]
    if not tags:
        return html.unescape(text) if _ENTITY.search(text) else text
    made, end, opened = [], 0, list[str]()
    for match in tags:
        made += [_flowing(text[end : match.start()]), _mark(match, opened)]
        end = match.end()
    made += [_flowing(text[end:]), *(_markdown_link_end(href) for href in reversed(opened))]
    return _tidied("".join(made))


def line_from_html(text: str) -> str:
    """HTML as text on one line, without links and emphasis."""
    text = _TAG.sub(lambda match: " " if match[2].lower() in _KNOWN else match[0], text)
    return " ".join(html.unescape(text).split())


def html_from_markdown(text: str) -> Html:
    """Markdown as HTML that keeps emphasis and links; all else is shown as it was typed."""
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    if len(paragraphs) == 1:
        return _inline_html(paragraphs[0])
    return joined(html_markup.html("<p>{}</p>", _inline_html(paragraph)) for paragraph in paragraphs)


def link_html(label: str, href: str) -> Html:
    """A link, if it leads to an http or https address; otherwise only the label."""
    return html_markup.html("{}{}{}", _link_start(href), escaped_html(label), _link_end(href))


def escaped_html(text: str) -> Html:
    """Text in which no character means anything to HTML, with a `<br>` for each line end."""
    return html_markup.html("<br>").join(text.split("\n"))


def is_web_address(address: str) -> bool:
    """Whether an address is http or https, without any character that could end it early."""
    return _HREF.match(address) is not None and address.isprintable()


def web_address(text: str) -> str:
    """The http or https address in a field; empty if there is none. `//host` means https."""
    address = text.strip()
    if address.startswith("//"):
        address = f"https:{address}"
    address = address.replace(" ", "%20") if address.lower().startswith(("http://", "https://")) else address
    return address if is_web_address(address) else ""


def _inline_html(text: str) -> Html:
    """A paragraph of Markdown as HTML, without `<p>` around it."""
    return Html(_renderer().renderInline(text))


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  only for texts that are exported

    class Parser(MarkdownIt):
        """Keeps addresses as they were typed, and makes links only of those that may become links."""

        def normalizeLink(self, url: str) -> str:  # noqa: N802  its name there
            return url

        def validateLink(self, url: str) -> bool:  # noqa: N802  its name there
            return is_web_address(url)

    parser = Parser("zero").enable(["emphasis", "link"])
    for kind, rule in _RULES.items():
        parser.add_render_rule(kind, rule)
    return parser


def _text(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> Html:
    return escaped_html(tokens[at].content)


def _link(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> Html:
    if tokens[at].nesting < 0:
        return html_markup.html("</a>")
    return _link_start(str(tokens[at].attrGet("href")))


def _emphasis(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> Html:
    """A tag for asterisks; underscores stay, so that a text imported again is the same."""
    token = tokens[at]
    if not token.markup.startswith("*"):
        return Html.escape(token.markup)
    return html_markup.html("</{}>" if token.nesting < 0 else "<{}>", token.tag)


_RULES: dict[str, Callable[..., Html]] = {
    "text": _text,
    "link_open": _link,
    "link_close": _link,
    **dict.fromkeys(("em_open", "em_close", "strong_open", "strong_close"), _emphasis),
}


def _link_start(href: str) -> Html:
    return html_markup.html('<a href="{}" rel="noopener">', href) if is_web_address(href) else Html()


def _link_end(href: str) -> Html:
    return html_markup.html("</a>") if is_web_address(href) else Html()


def _mark(match: re.Match[str], opened: list[str]) -> str:
    """The Markdown for a tag; `opened` are the addresses of links that are not closed yet."""
    closing, name = bool(match[1]), match[2].lower()
    if name == "a":
        if closing:
            return _markdown_link_end(opened.pop()) if opened else ""
        href = html.unescape(_attributes(match[3]).get("href", "")).strip()
        opened.append(href)
        return "[" if web_address(href) else ""
    if name in ("img", "iframe") and not closing:
        return _embedded(match[3], "picture" if name == "img" else "embedded page")
    if name == "blockquote":
        return "\n\n" if closing else "\n\n> "
    if name == "li":
        return "" if closing else _BREAKS[name]
    return "\n\n" if name in _BLOCKS else _BREAKS.get(name) or _MARKS.get(name, "")


def _markdown_link_end(href: str) -> str:
    if address := web_address(href):
        return f"]({address})"
    return f" ({href})" if href else ""


def _embedded(attributes: str, what: str) -> str:
    found = _attributes(attributes)
    address = web_address(html.unescape(found.get("src", "")))
    label = html.unescape(found.get("alt") or found.get("title") or what)
    return f"[{label}]({address})" if address else f"[{label}]"


def _attributes(text: str) -> dict[str, str]:
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(text)}


def _flowing(text: str) -> str:
    return html.unescape(re.sub(r"[ \t\r\n\f]+", " ", text))


def _tidied(text: str) -> str:
    text = re.sub(r"(?<!\*)\*{4}(?!\*)", "", text)
    text = re.sub(r"(?<=\n> )\s+", "", re.sub(r" *\n *", "\n", text))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)^> ?\n+", "> ", text)).strip()


def _without(text: str, start: str, end: str) -> str:
    """`text` without everything from each `start` to the next `end`; a `start` without an `end` stays."""
    folded = text.lower()
    if len(folded) != len(text) or (at := folded.find(start)) < 0:
        return text
    kept, done = [], 0
    while at >= 0 and (stop := folded.find(end, at + len(start))) >= 0:
        kept.append(text[done:at])
        done = stop + len(end)
        at = folded.find(start, done)
    return "".join([*kept, text[done:]])
