"""The lists of a page: people and organisations, places, sources, and statements without a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.history import EDITORS_TITLE, place_facts
from timeline_tui.answers.support import reason_fallen, statement_in_words
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.context import detail, more
from timeline_tui.exchange.html.pieces import Dated, Piece, holding, titled_section
from timeline_tui.exchange.html.prose import language_attributes, line, valid_url
from timeline_tui.exchange.html_markup import NO_HTML, Html, html, joined
from timeline_tui.model.records import Source
from timeline_tui.model.support import State
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.exchange.html.clock import Clock
    from timeline_tui.exchange.html.context import PageContext
    from timeline_tui.exchange.report_text import CitedSource


_ABOUT_TITLES = "Titles in brackets are not the sources’ own."


def lists(clock: Clock, context: PageContext) -> Iterator[Dated]:
    """All lists that have entries."""
    yield from _section("unsupported", "Without a source", _unsupported(clock, context))
    yield from _section("actors", "People and organisations", _actors(clock, context))
    yield from _section("places", "Places", _places(clock, context))
    yield from _section("sources", "Sources", _sources(clock, context), "ol", _ABOUT_TITLES)


def _section(
    name: str, title: str, items: Sequence[Dated], tag: str = "ul", about: str = ""
) -> Iterator[Dated]:
    if items:
        listed = holding(Piece(tag, ()), items)
        said = [Dated(detail(about), listed.spans)] if about else []
        yield titled_section(name, title, [*said, listed])


def _actors(clock: Clock, context: PageContext) -> list[Dated]:
    items: list[Dated] = []
    for id_, number in context.page.actors.items():
        record = context.view.whole_header.actors[id_]
        parts = clock.of_record("actor", id_, record, lambda at, id_=id_: _actor(at, id_))  # type: ignore[misc]
        items.append(holding(Piece("li", (), html(' id="a_{}"', number)), parts))
    return items


def _actor(context: PageContext, id_: str) -> Iterator[Piece]:
    actor = context.view.actor(id_)
    name = html("<b>{}</b>", line(context.view.actor_name(id_)))
    if actor is None:
        yield Piece("", name)
        return
    also = f"also {', '.join(map(one_line, actor.aliases))}" if actor.aliases else ""
    # A short name is for where there is little room.
    unsaid = (also, f"short {one_line(actor.short)}")
    facts = [line(fact) for fact in report_text.actor_facts(context.view, id_) if fact not in unsaid]
    if also:
        facts.append(html("<i>{}</i>", line(also)))
    sources = context.notes(report_text.cited_by(actor))
    yield Piece("", html("{}{}{}", name, _after_colon(joined(facts, "; ")), sources))
    yield from context.note(actor.description)
    yield from more(actor)


def _places(clock: Clock, context: PageContext) -> list[Dated]:
    items: list[Dated] = []
    for id_ in context.page.places:
        record = context.view.whole_header.places[id_]
        parts = clock.of_record("place", id_, record, lambda at, id_=id_: _place(at, id_))  # type: ignore[misc]
        items.append(holding(Piece("li", (), context.page.map.get(id_, NO_HTML)), parts))
    return items


def _place(context: PageContext, id_: str) -> Iterator[Piece]:
    place = context.view.place(id_)
    facts = "; ".join(place_facts(context.view, place)) if place is not None else ""
    name = html("<b{}>{}</b>", context.language, line(context.view.place_name(id_)))
    yield Piece("", html("{}{}", name, _after_colon(line(facts))))
    if place is not None:
        yield from more(place)


def _after_colon(facts: Html) -> Html:
    return html(": {}", facts) if facts else Html()


def _sources(clock: Clock, context: PageContext) -> list[Dated]:
    items: list[Dated] = []
    for id_, cited in context.page.sources.items():
        record = cited.source or Source(title=id_)
        parts = clock.of_source(id_, record, lambda at, cited=cited: _source(at, cited))  # type: ignore[misc]
        items.append(holding(Piece("li", (), html(' id="s_{}"', cited.number)), parts))
    return items


def _source(context: PageContext, cited: CitedSource) -> Iterator[Piece]:
    source = context.view.source(cited.id)
    if source is None:
        known = "the timeline has nothing else about this source"
        yield Piece("", html("{} ({})", line(cited.id), known))
        return
    title, language = line(source.title), language_attributes(source.language)
    facts = report_text.source_facts(context.view, source)
    if source.language and source.language == context.view.whole_header.language:
        facts.remove(report_text.language(source.language))
    changes = list(report_text.source_changes(context.view, cited.id, source))
    if source.title_basis == "editor":
        changes.remove(EDITORS_TITLE)
        title = title if title.startswith("[") else html("[{}]", title)
    parts = [_linked(source.url, title, language), html(" {}", line(", ".join(facts)))]
    if source.archive_url:
        parts.append(html(" {}", _linked(source.archive_url, html("archived copy"))))
    yield Piece("", joined(parts))
    if repeats := report_text.repeats(context.view, source):
        yield detail(repeats)
    for sentence in changes:
        yield detail(sentence)
    yield from context.note(source.note)
    yield from more(source)


def _linked(url: str, words: Html, language: Html = NO_HTML) -> Html:
    """Words that lead to an address; the address as text if it cannot be opened.

    The style of the page shows the address below the words, so that these cannot pretend to lead elsewhere.
    """
    if not report_text.is_address(url):
        return html("<cite{}>{}</cite>{}", language, words, html(" ({})", line(url)) if url else "")
    return html('<a href="{}"{}>{}</a>', valid_url(url), language, words)


def _unsupported(clock: Clock, context: PageContext) -> list[Dated]:
    """The statements that have no source, or have lost all of them, each with a link to its event."""
    items: list[Dated] = []
    for key in context.view.keys:
        items += clock.of_event(key, lambda at, key=key: _statements(at, key))  # type: ignore[misc]
    return items


def _statements(context: PageContext, key: int) -> Iterator[Piece]:
    view = context.view
    event, support_of = view.event(key), view.support(key)
    is_bare = support_of[()].state is State.UNSOURCED
    for path, support in support_of.items():
        is_unsourced = support.state is State.UNSOURCED
        if not (is_unsourced or support.state is State.FALLEN) or (is_unsourced and is_bare and path):
            continue
        reason = "no source is given" if is_unsourced else f"{FALLEN} {reason_fallen(view, support)}"
        told = f"{statement_in_words(view, event, path)}: {reason}" if path else reason
        yield Piece("li", html("{} · {}", context.event_link(key, event.title), line(told)))
