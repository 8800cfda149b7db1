"""The events of a view as HTML: facts, quotes with their wordings, claims, links, references to sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from timeline_tui.answers.history import (
    corrections_of,
    event_history,
    statement_history,
    status_in_words,
    wording_facts,
)
from timeline_tui.answers.statements import claim_in_words
from timeline_tui.dates.edtf import Moment
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.prose import language_attributes, line, lines, prose, prose_line
from timeline_tui.exchange.html_markup import Html, html, joined
from timeline_tui.exchange.report_text import CitedSource, citations_of, cited_sources, extras
from timeline_tui.text.ids import is_id
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.dates.edtf import Time
    from timeline_tui.exchange.report_text import Period
    from timeline_tui.model.records import Citation, Claim, Event, Quote, Record, Wording
    from timeline_tui.model.support import Path
    from timeline_tui.timeline.view import View


@dataclass(frozen=True)
class PageContext:
    """A view, and what all pieces of its page need."""

    view: View

    @cached_property
    def sources(self) -> dict[str, CitedSource]:
        """What the events cite, by id."""
        return cited_sources(self.view)

    @cached_property
    def language(self) -> Html:
        """The attributes of what is written in the language of the timeline."""
        return language_attributes(self.view.header.language)

    def anchor(self, key: int) -> str:
        """The fragment that links to an event: its id, after `event_` unless it begins with a letter.

        The page's own fragments contain a `_`, which no id does.
        """
        id_ = self.view.summary(key).id
        if not is_id(id_):
            return f"event_number_{key + 1}"
        return id_ if id_[0].isalpha() else f"event_{id_}"

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """The other spellings of each actor."""
        actors = self.view.header.actors.items()
        return {id_: " ".join(map(one_line, actor.aliases)) for id_, actor in actors}

    def search_terms(self, event: Event) -> str:
        """What an event is found by besides what the page shows of it: other spellings of its actors."""
        ids = dict.fromkeys((*event.actors, *event.by, *(quote.speaker for quote in event.quotes)))
        return " ".join(filter(None, (self._spellings.get(id_, "") for id_ in ids)))

    def notes(self, citations: Sequence[Citation]) -> Html:
        """References to sources, as small numbers."""
        if not citations:
            return Html()
        return html(' <span class="notes">{}</span>', joined(map(self._note, citations), " "))

    def _note(self, citation: Citation) -> Html:
        cited = self.sources[citation.id]
        name = line(cited.source.title if cited.source else cited.id)
        place = [line(citation.at)] if citation.at else []
        place += [html("{}: {}", line(key), line(value)) for key, value in extras(citation)]
        where = html(" ({})", joined(place, "; ")) if place else Html()
        number = cited.number
        return html('<a href="#source_{}" title="{}">[{}]</a>{}', number, name, number, where)


def periods(context: PageContext) -> Iterator[tuple[Period, list[int]]]:
    """The keys of the events in runs that share their headings."""
    here: Period | None = None
    keys: list[int] = []
    for key in context.view.keys:
        period = report_text.period(context.view.event(key).date)
        if here is not None and period != here:
            yield here, keys
            keys = []
        here = period
        keys.append(key)
    if here is not None:
        yield here, keys


def event_article(context: PageContext, key: int, level: int) -> Html:
    """An event under a heading of a level from 3 to 6."""
    view, anchor = context.view, context.anchor(key)
    event, fallen = view.event(key), report_text.marks_of_fallen(view, key)
    terms = context.search_terms(event)
    data = html(' data-also="{}"', line(terms)) if terms else Html()
    title = html('<a class="self" href="#{}"{}>{}</a>', anchor, context.language, line(event.title))
    parts = [
        html('<article class="event" id="{}"{}>', anchor, data),
        html("<h{}>{} {}</h{}>", level, when(view, event.date), title, level),
        _facts(context, event),
        _mark(fallen, ()),
        html('<div class="prose"{}>{}</div>', context.language, prose(event.text)) if event.text else "",
        *_details(context, event, fallen),
        *(_quote(context, event, number, fallen) for number in range(len(event.quotes))),
        _claims(context, event, fallen),
        _links(context, event, key),
        html("</article>"),
    ]
    return joined(parts, "\n")


def when(view: View, date: Date) -> Html:
    """A date in words, with its machine-readable form where HTML has one."""
    words, machine = line(view.date_in_words(date)), machine_date(date)
    if not machine:
        return html('<span class="date">{}</span>', words)
    return html('<time class="date" datetime="{}">{}</time>', machine, words)


def machine_date(date: Date) -> str:
    """A date as HTML writes a year, a month, a day or an instant; empty for what is more or less than that.

    https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value. Its years begin with 1;
    validators take those before 1000 and after 3000 for slips.
    """
    form = date.form
    if not isinstance(form, Moment) or date.uncertain or date.approximate or form.significant:
        return ""
    if not (form.year + form.month + form.day).isdecimal() or int(form.month or 1) > 12:
        return ""
    if not 1000 <= int(form.year) <= 3000:
        return ""
    day = "-".join(filter(None, (form.year, form.month, form.day)))
    return day if form.time is None else f"{day}T{_clock(form.time)}"


def _clock(time: Time) -> str:
    second = "" if time.second is None else f":{time.second:02}"
    if time.offset is None:
        zone = ""
    elif time.offset == 0:
        zone = "Z"
    else:
        zone = f"{'-' if time.offset < 0 else '+'}{abs(time.offset) // 60:02}:{abs(time.offset) % 60:02}"
    return f"{time.hour:02}:{time.minute:02}{second}{zone}"


def more(record: Record) -> Html:
    """The keys of a record that the format does not know, under the names that they have in the file."""
    return joined(html('<p class="more">{}: {}</p>', line(key), line(value)) for key, value in extras(record))


def detail(text: str, notes: str = "") -> Html:
    """A small paragraph with a text on one line, and references to sources after it."""
    return html('<p class="detail">{}{}</p>', line(text), notes)


def _mark(fallen: Mapping[Path, str], path: Path) -> Html:
    """The paragraph that says why what is at a place of an event has fallen; empty if it has not."""
    return html('<p class="detail fallen">{}.</p>', line(fallen[path])) if path in fallen else Html()


def _facts(context: PageContext, event: Event) -> Html:
    words = line(status_in_words(context.view, event))
    status = [html('<span class="status {}">{}</span>', event.status, words)] if words else []
    facts = [*status, *(line(fact) for fact in (context.view.place_of(event), event.kind) if fact)]
    return html('<p class="facts">{}{}</p>', joined(facts, " · "), context.notes(event.sources))


def _details(context: PageContext, event: Event, fallen: Mapping[Path, str]) -> Iterator[Html]:
    view = context.view
    if outcome := report_text.outcome(view, event):
        yield html("<p{}><strong>Outcome:</strong> {}</p>", context.language, line(outcome))
    yield from map(detail, report_text.history(view, event))
    for change in event_history(view, event):
        yield detail(change.text, context.notes(change.sources))
        yield _mark(fallen, change.path) if change.path else Html()
    yield from map(detail, corrections_of(view, citations_of(event)))
    if event.actors:
        yield detail(f"Took part: {', '.join(report_text.participants(view, event))}")
    if event.tags:
        yield detail(f"Tags: {', '.join(event.tags)}")
    yield more(event)


def _quote(context: PageContext, event: Event, number: int, fallen: Mapping[Path, str]) -> Html:
    quote, path = event.quotes[number], ("quotes", number)
    attribution = line(", ".join(report_text.attribution(context.view, event, quote)))
    words = lines(report_text.words(quote, quote.kind))
    parts = [
        html('<figure class="quote {}">', quote.kind),
        html("<blockquote{}>{}</blockquote>", language_attributes(quote.language), words),
        html("<figcaption>— {}{}", attribution, context.notes(quote.sources)),
        _mark(fallen, path),
        _note(context, quote.note),
        _changes(context, quote, path, fallen),
        more(quote),
        html("</figcaption>"),
        html("</figure>"),
        _wordings(context, quote, path, fallen),
    ]
    return joined(parts)


def _wordings(context: PageContext, quote: Quote, path: Path, fallen: Mapping[Path, str]) -> Html:
    count = len(quote.wordings)
    if not count:
        return Html()
    summary = "1 other wording" if count == 1 else f"{count} other wordings"
    items = joined(
        html("<li>{}{}</li>", _wording(context, each, quote.kind), _mark(fallen, (*path, "wordings", number)))
        for number, each in enumerate(quote.wordings)
    )
    return html("<details><summary>{}</summary><ul>{}</ul></details>", summary, items)


def _wording(context: PageContext, wording: Wording, kind: str) -> Html:
    facts = [f"In {report_text.language(wording.language)}." if wording.language else ""]
    if wording.translated_from:
        facts.append(f"Translated from {report_text.language(wording.translated_from)}.")
    facts += [f"{fact.capitalize()}." for fact in wording_facts(wording)]
    return html(
        "<blockquote{}>{}</blockquote>{}{}{}",
        language_attributes(wording.language),
        lines(report_text.words(wording, kind)),
        detail(" ".join(filter(None, facts)), context.notes(wording.sources)),
        _note(context, wording.note),
        more(wording),
    )


def _claims(context: PageContext, event: Event, fallen: Mapping[Path, str]) -> Html:
    if not event.claims:
        return Html()
    numbers = {id(claim): number for number, claim in enumerate(event.claims)}
    bodies = joined(
        html(
            '<tbody><tr><th colspan="4" scope="rowgroup"{}>{}</th></tr>{}</tbody>',
            context.language,
            line(question),
            joined(_claim(context, event, numbers[id(claim)], fallen) for claim in claims),
        )
        for question, claims in report_text.by_topic(context.view, event)
    )
    names = ("Who", "Says", "When", "Sources and notes")
    headings = joined(html('<th scope="col">{}</th>', name) for name in names)
    return html("<table><caption>Claims</caption><thead><tr>{}</tr></thead>{}</table>", headings, bodies)


def _claim(context: PageContext, event: Event, number: int, fallen: Mapping[Path, str]) -> Html:
    view, claim, path = context.view, event.claims[number], ("claims", number)
    return html(
        '<tr><th scope="row" dir="auto">{}</th><td{}>{}</td><td>{}</td><td>{}{}{}{}{}</td></tr>',
        line(view.actor_name(claim.by)),
        context.language,
        line(claim_in_words(view, claim)),
        when(view, claim.date or event.date),
        context.notes(claim.sources),
        _mark(fallen, path),
        _changes(context, claim, path, fallen),
        _note(context, claim.note),
        more(claim),
    )


def _links(context: PageContext, event: Event, key: int) -> Html:
    links = report_text.links_of(context.view, event, key)
    items = joined(html("<li>{}</li>", _link(context, each)) for each in links)
    return html('<div class="links"><p>Links to other events</p><ul>{}</ul></div>', items) if items else items


def _link(context: PageContext, link: report_text.Link) -> Html:
    words = line(link.title)
    if link.is_here:
        title = html('<a href="#{}"{}>{}</a>', context.anchor(link.key), context.language, words)
    else:
        elsewhere = " (not on this page)" if link.key >= 0 else ""
        title = html("<span{}>{}</span>{}", context.language, words, elsewhere)
    return html("{}: {}", line(link.relation), title)


def _changes(context: PageContext, record: Quote | Claim, path: Path, fallen: Mapping[Path, str]) -> Html:
    """How the status of a quote or claim changed, and what sources say of it."""
    changes = statement_history(context.view, record, path)
    return joined(
        html(
            "{}{}",
            detail(each.text, context.notes(each.sources)),
            _mark(fallen, each.path) if each.path != path else "",
        )
        for each in changes
    )


def _note(context: PageContext, note: str) -> Html:
    return html('<p class="note"{}>{}</p>', context.language, prose_line(note)) if note else Html()


def section(name: str, title: str, items: Iterable[Html], *, ordered: bool = False) -> Html:
    """A section with a list of items; empty if there are none."""
    inner = joined(items, "\n")
    kind = "ol" if ordered else "ul"
    if not inner:
        return inner
    heading = html('<h2 id="list_{}">{}</h2>', name, title)
    return html(
        '<section aria-labelledby="list_{}">{}\n<{}>{}</{}></section>', name, heading, kind, inner, kind
    )
