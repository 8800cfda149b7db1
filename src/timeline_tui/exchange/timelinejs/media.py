"""What TimelineJS may show beside a slide, and where it would make links of its own.

It takes any address that it does not know for that of a picture, and asks for it as soon as its slide is
near: of an article it shows a broken picture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.exchange.html_to_markdown import escaped, html_of, is_link
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from timeline_tui.model.records import Event, Source
    from timeline_tui.timeline.view import View

_FILE = re.compile(
    r"https?://[^/?#]+/[^?#]*\.(?:jpe?g|png|gif|svg|webp|mp4|webm|mp3|wav|m4a)(?:\?[^#]*)?", re.IGNORECASE
)
_PLAYED = re.compile(
    r"https?://(?:"
    r"(?:www\.|m\.)?youtube\.com/(?:watch\?|embed/|shorts/|live/)|youtu\.be/\w"
    r"|(?:www\.)?vimeo\.com/[0-9]|player\.vimeo\.com/video/"
    r"|(?:www\.)?dailymotion\.com/video/|dai\.ly/\w"
    r"|soundcloud\.com/[^/]+/[^/]"
    r"|(?:www\.)?flickr\.com/photos/[^/]+/[0-9]|flic\.kr/p/"
    r"|commons\.wikimedia\.org/wiki/File:"
    r").*",
    re.IGNORECASE,
)
_NO_QUOTATION = re.compile(
    r"youtu.?be|pdf|spotify|iframe|imgur|google|documentcloud|twitter-tweet|wiki[mp]edia", re.IGNORECASE
)
_MISLINKED = re.compile(r"www\.|@|://[^\s<]*&")


def is_media(address: str) -> bool:
    """Whether an address is that of a picture, a sound or a film, by its end or by who plays it."""
    return is_link(address) and any(known.fullmatch(address) for known in (_FILE, _PLAYED))


def media_of(view: View, event: Event) -> dict[str, object]:
    """The first source that is media, or a quotation that came with the event; empty for none."""
    sources = (view.source(citation.id) for citation in event.sources)
    found = next((source for source in sources if source is not None and is_media(source.url)), None)
    return _quotation(event) if found is None else _of_source(found)


def is_mislinked(html: str) -> bool:
    """Whether TimelineJS would break or open tags where it makes links of what looks like addresses.

    It takes everything up to the next blank for part of one that begins with `www.`, quotation marks too,
    and cuts long ones off, within an entity too.
    """
    return _MISLINKED.search(html) is not None


def _of_source(source: Source) -> dict[str, object]:
    media: dict[str, object] = {"url": source.url, "caption": escaped(one_line(source.title))}
    if credit := source.publisher or source.author:
        media["credit"] = escaped(one_line(credit))
    return media


def _quotation(event: Event) -> dict[str, object]:
    """A quotation in the place of a picture, unless a word in it makes TimelineJS take it for a player."""
    # In a file of version 1 it may stand under its plain name.
    own = event.extra.get("timelinejs-media", event.extra.get("media"))
    words = str(own.get("url", "")) if isinstance(own, dict) else ""
    if not words.startswith("> ") or _NO_QUOTATION.search(words):
        return {}
    return {"url": f"<blockquote>{html_of(words[2:])}</blockquote>"}
