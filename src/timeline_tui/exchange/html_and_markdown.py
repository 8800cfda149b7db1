"""Between the HTML in other programs' texts and Markdown: emphasis, links, paragraphs; no more.

Tags are found by patterns that take time in proportion to the text, whatever stands in it.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HREF = re.compile(r"https?://[^\s/?#<>\"']+[^\s<>\"']*\Z", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\[(?P<label>[^\[\]\n]+)\]\((?P<href>https?://[^\s()<>\"]+(?:\([^\s()<>\"]*\)[^\s()<>\"]*)*)\)"
    r"|\*\*(?P<strong>[^*\s](?:[^*\n]*[^*\s])?)\*\*"
    r"|(?<![\w*])\*(?P<em>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
)

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
    """HTML as Markdown: paragraphs, lists, emphasis, links to http and https; other tags are taken off.

    A tag that HTML does not know is left as it stands, and so is text in which there are none.
    """
    text = _without(_without(_without(text, "<!--", "-->"), "<script", "</script>"), "<style", "</style>")
    tags = [match for match in _TAG.finditer(text) if match[2].lower() in _KNOWN]
    if not tags:
        return html.unescape(text) if _ENTITY.search(text) else text
    made, end, opened = [], 0, list[str]()
    for match in tags:
        made += [_flowing(text[end : match.start()]), _mark(match, opened)]
        end = match.end()
    made += [_flowing(text[end:]), *(_link_end(href) for href in reversed(opened))]
    return _tidied("".join(made))


def line_from_html(text: str) -> str:
    """HTML as text on one line, without links and emphasis."""
    text = _TAG.sub(lambda match: " " if match[2].lower() in _KNOWN else match[0], text)
    return " ".join(html.unescape(text).split())


def html_from_markdown(text: str) -> str:
    """Markdown, of which emphasis and links are known, as HTML in which nothing else has a meaning."""
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    if len(paragraphs) == 1:
        return inline_html(paragraphs[0])
    return "".join(f"<p>{inline_html(paragraph)}</p>" for paragraph in paragraphs)


def inline_html(text: str) -> str:
    """The same without paragraphs."""
    made, end = [], 0
    for match in _MARKDOWN.finditer(text):
        made += [escaped_html(text[end : match.start()]), _tagged(match)]
        end = match.end()
    return "".join([*made, escaped_html(text[end:])])


def link_html(label: str, href: str) -> str:
    """A link, if it leads to an http or https address; or else the label alone."""
    if not is_web_address(href):
        return escaped_html(label)
    return f'<a href="{html.escape(href)}" rel="noopener">{escaped_html(label)}</a>'


def is_web_address(address: str) -> bool:
    """Whether an address is an http or https one, with nothing in it that could end it early."""
    return _HREF.match(address) is not None and address.isprintable()


def web_address(text: str) -> str:
    """The http or https address that stands in a field; empty if there is none. `//host` is https."""
    address = text.strip()
    if address.startswith("//"):
        address = f"https:{address}"
    address = address.replace(" ", "%20") if address.lower().startswith(("http://", "https://")) else address
    return address if is_web_address(address) else ""


def _tagged(match: re.Match[str]) -> str:
    label, href, strong, em = match["label"], match["href"], match["strong"], match["em"]
    if label is not None:
        return link_html(label, href)
    return (
        f"<strong>{escaped_html(strong)}</strong>" if strong is not None else f"<em>{escaped_html(em)}</em>"
    )


def escaped_html(text: str) -> str:
    """Text in which no mark means anything to HTML; its line ends are kept."""
    return html.escape(text).replace("\n", "<br>")


def _mark(match: re.Match[str], opened: list[str]) -> str:
    """What stands in Markdown for a tag; `opened` are the addresses of links that are not closed yet."""
    closing, name = bool(match[1]), match[2].lower()
    if name == "a":
        if closing:
            return _link_end(opened.pop()) if opened else ""
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


def _link_end(href: str) -> str:
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
    """`text` without what stands between two marks; what is never closed stays."""
    folded = text.lower()
    if len(folded) != len(text) or (at := folded.find(start)) < 0:
        return text
    kept, done = [], 0
    while at >= 0 and (stop := folded.find(end, at + len(start))) >= 0:
        kept.append(text[done:at])
        done = stop + len(end)
        at = folded.find(start, done)
    return "".join([*kept, text[done:]])
