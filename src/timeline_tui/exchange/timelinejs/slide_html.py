"""The HTML of a slide: media beside its text, paragraphs below it, and where TimelineJS would add links.

TimelineJS takes any address that it does not know for that of a picture, and requests it as soon as its slide
is near: for an article it shows a broken picture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.answers.history import event_history, status_in_words
from timeline_tui.answers.statements import claim_in_words
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html_and_markdown import (
    escaped_html,
    html_from_markdown,
    is_web_address,
    link_html,
)
from timeline_tui.exchange.html_markup import html, joined
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.html_markup import Html
    from timeline_tui.model.records import Citation, Event, Quote, Source
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
    """Whether an address is that of a picture, sound or film, by its suffix or its site."""
    return is_web_address(address) and any(known.fullmatch(address) for known in (_FILE, _PLAYED))


def media_of(view: View, event: Event) -> dict[str, object]:
    """The media of a slide: the first source that is media, or an imported quotation; may be empty."""
    sources = (view.source(citation.id) for citation in event.sources)
    found = next((source for source in sources if source is not None and is_media(source.url)), None)
    return _quotation(event) if found is None else _of_source(found)


def is_mislinked(html: str) -> bool:
    """Whether TimelineJS would break tags when it makes links of what looks like addresses.

    It takes everything up to the next space for part of an address that begins with `www.`, even quotation
    marks, and cuts long ones off, even within an entity.
    """
    return _MISLINKED.search(html) is not None


def _of_source(source: Source) -> dict[str, object]:
    media: dict[str, object] = {"url": source.url, "caption": escaped_html(one_line(source.title))}
    if credit := source.publisher or source.author:
        media["credit"] = escaped_html(one_line(credit))
    return media


def _quotation(event: Event) -> dict[str, object]:
    """A quotation in place of a picture, unless a word in it makes TimelineJS take it for a player."""
    # A file of version 1 may have it without the prefix.
    own = event.extra.get("timelinejs-media", event.extra.get("media"))
    words = str(own.get("url", "")) if isinstance(own, dict) else ""
    if not words.startswith("> ") or _NO_QUOTATION.search(words):
        return {}
    return {"url": html("<blockquote>{}</blockquote>", html_from_markdown(words[2:]))}


def details_below(view: View, event: Event, *, with_kind: bool = False) -> Iterator[Html]:
    """The facts of an event that have no field in TimelineJS: status, place, actors, outcome, quotes, claims.

    Args:
        view: Where its actors and sources are known.
        event: The event.
        with_kind: Whether its kind is among them.
    """
    facts = [
        ("Kind", one_line(event.kind) if with_kind else ""),
        ("Status", _status(view, event)),
        ("Place", view.place_of(event)),
        ("With", ", ".join(report_text.participants(view, event))),
        ("Outcome", report_text.outcome(view, event)),
    ]
    sentences = [f"{name}: {words}" for name, words in facts if words]
    sentences += report_text.history(view, event)
    sentences += [change.text for change in event_history(view, event)]
    yield from map(_paragraph, sentences)
    for quote in event.quotes:
        yield _quote(view, event, quote)
    for question, claims in report_text.by_topic(view, event):
        answers = "; ".join(f"{view.actor_name(claim.by)}: {claim_in_words(view, claim)}" for claim in claims)
        yield _paragraph(f"{question} {answers}")
    if event.sources:
        sources = joined((_source(view, citation) for citation in event.sources), "; ")
        yield html("<p>Sources: {}</p>", sources)


def _paragraph(sentence: str) -> Html:
    return html("<p>{}</p>", one_line(sentence))


def _status(view: View, event: Event) -> str:
    words = status_in_words(view, event)
    return "" if words == status_word("confirmed") else words


def _quote(view: View, event: Event, quote: Quote) -> Html:
    words = escaped_html(report_text.words(quote, quote.kind))
    speaker = one_line(", ".join(report_text.attribution(view, event, quote)))
    return html("<blockquote>{} <cite>{}</cite></blockquote>", words, speaker)


def _source(view: View, citation: Citation) -> Html:
    source = view.source(citation.id)
    place = f", {one_line(citation.at)}" if citation.at else ""
    if source is None:
        return html("{}{}", one_line(citation.id), place)
    facts = one_line(", ".join(report_text.source_facts(view, source)))
    return html("{}{} ({})", link_html(one_line(source.title), source.url), place, facts)
