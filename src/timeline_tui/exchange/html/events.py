"""The events of a view as pieces of a page: what happened, who said what, in whose words, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from timeline_tui.answers.history import doubts, history_of, of_said, of_wording
from timeline_tui.answers.statements import claim_in_words
from timeline_tui.dates.edtf import Moment
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.prose import language_attributes, line, lines, prose, prose_line
from timeline_tui.exchange.report_text import CitedSource, citations_of, cited_sources, extras
from timeline_tui.text.ids import is_id
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.dates.edtf import Time
    from timeline_tui.exchange.report_text import Period
    from timeline_tui.model.records import Citation, Claim, Event, Quote, Record, Wording
    from timeline_tui.timeline.view import View


@dataclass(frozen=True)
class PageContext:
    """A view, and what its pieces have in common."""

    view: View

    @cached_property
    def sources(self) -> dict[str, CitedSource]:
        """What its events cite, by id."""
        return cited_sources(self.view)

    @cached_property
    def own(self) -> str:
        """The attributes of what is in the language of the timeline."""
        return language_attributes(self.view.header.language)

    def anchor(self, key: int) -> str:
        """The name by which an event is linked to: its id, behind `event_` unless it begins with a letter.

        The page's own names have a `_`, which no id has.
        """
        id_ = self.view.summary(key).id
        if not is_id(id_):
            return f"event_number_{key + 1}"
        return id_ if id_[0].isalpha() else f"event_{id_}"

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """How else each actor is written."""
        actors = self.view.header.actors.items()
        return {id_: " ".join(map(one_line, actor.aliases)) for id_, actor in actors}

    def also(self, event: Event) -> str:
        """What an event is found by besides what the page says of it: other spellings of its actors."""
        ids = dict.fromkeys((*event.actors, *event.by, *(quote.speaker for quote in event.quotes)))
        return " ".join(filter(None, (self._spellings.get(id_, "") for id_ in ids)))

    def notes(self, citations: Sequence[Citation]) -> str:
        """References to sources, as small numbers."""
        if not citations:
            return ""
        return f' <span class="notes">{" ".join(map(self._note, citations))}</span>'

    def _note(self, citation: Citation) -> str:
        cited = self.sources[citation.id]
        name = line(cited.source.title if cited.source else cited.id)
        place = [line(citation.at)] if citation.at else []
        place += [f"{line(key)}: {line(value)}" for key, value in extras(citation)]
        said = f" ({'; '.join(place)})" if place else ""
        return f'<a href="#source_{cited.number}" title="{name}">[{cited.number}]</a>{said}'


def periods(context: PageContext) -> Iterator[tuple[Period, list[int]]]:
    """The keys of the events in runs, by the headings that they stand under."""
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


def event_article(context: PageContext, key: int, level: int) -> str:
    """An event under a heading of a level from 3 to 6."""
    view, anchor = context.view, context.anchor(key)
    event = view.event(key)
    spellings = context.also(event)
    also = f' data-also="{line(spellings)}"' if spellings else ""
    title = f'<a class="self" href="#{anchor}"{context.own}>{line(event.title)}</a>'
    parts = [
        f'<article class="event" id="{anchor}"{also}>',
        f"<h{level}>{when(view, event.date)} {title}</h{level}>",
        _facts(context, event),
        f'<div class="prose"{context.own}>{prose(event.text)}</div>' if event.text else "",
        *_details(context, event),
        *(_quote(context, event, quote) for quote in event.quotes),
        _claims(context, event),
        _links(context, event, key),
        "</article>",
    ]
    return "\n".join(filter(None, parts))


def when(view: View, date: Date) -> str:
    """A date in words, with what machines read where HTML has a form for it."""
    words, machine = line(view.date_in_words(date)), machine_date(date)
    if not machine:
        return f'<span class="date">{words}</span>'
    return f'<time class="date" datetime="{machine}">{words}</time>'


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


def more(record: Record) -> str:
    """What the format does not know of a record, under the names that it has in the file."""
    return "".join(f'<p class="more">{line(key)}: {line(value)}</p>' for key, value in extras(record))


def _facts(context: PageContext, event: Event) -> str:
    status = f'<span class="status {event.status}">{line(report_text.status(context.view, event))}</span>'
    facts = [status, *(line(fact) for fact in (context.view.place_of(event), event.kind) if fact)]
    return f'<p class="facts">{" · ".join(facts)}{context.notes(event.sources)}</p>'


def _details(context: PageContext, event: Event) -> Iterator[str]:
    if came := report_text.outcome(context.view, event):
        yield f"<p{context.own}><strong>Outcome:</strong> {line(came)}</p>"
    for said in report_text.history(context.view, event):
        yield f'<p class="detail">{line(said)}</p>'
    for told in history_of(context.view, event):
        yield f'<p class="detail">{line(told.text)}{context.notes(told.sources)}</p>'
    for said in doubts(context.view, citations_of(event)):
        yield f'<p class="detail">{line(said)}</p>'
    if event.actors:
        yield f'<p class="detail">Took part: {line(", ".join(report_text.participants(context.view, event)))}</p>'
    if event.tags:
        yield f'<p class="detail">Tags: {line(", ".join(event.tags))}</p>'
    yield more(event)


def _quote(context: PageContext, event: Event, quote: Quote) -> str:
    said = line(", ".join(report_text.attribution(context.view, event, quote)))
    parts = [
        f'<figure class="quote {quote.kind}">',
        f"<blockquote{language_attributes(quote.language)}>{lines(report_text.words(quote, quote.kind))}</blockquote>",
        f"<figcaption>— {said}{context.notes(quote.sources)}",
        _remark(context, quote.note),
        _held(context, quote),
        more(quote),
        "</figcaption>",
        "</figure>",
        _wordings(context, quote),
    ]
    return "".join(parts)


def _wordings(context: PageContext, quote: Quote) -> str:
    count = len(quote.wordings)
    if not count:
        return ""
    summary = "1 other wording" if count == 1 else f"{count} other wordings"
    items = "".join(f"<li>{_wording(context, wording, quote.kind)}</li>" for wording in quote.wordings)
    return f"<details><summary>{summary}</summary><ul>{items}</ul></details>"


def _wording(context: PageContext, wording: Wording, kind: str) -> str:
    facts = [f"In {line(report_text.language(wording.language))}." if wording.language else ""]
    if wording.translated_from:
        facts.append(f"Translated from {line(report_text.language(wording.translated_from))}.")
    facts += [f"{line(said.capitalize())}." for said in of_wording(wording)]
    words = lines(report_text.words(wording, kind))
    return (
        f"<blockquote{language_attributes(wording.language)}>{words}</blockquote>"
        f'<p class="detail">{" ".join(filter(None, facts))}{context.notes(wording.sources)}</p>'
        f"{_remark(context, wording.note)}{more(wording)}"
    )


def _claims(context: PageContext, event: Event) -> str:
    if not event.claims:
        return ""
    bodies = "".join(
        f'<tbody><tr><th colspan="4" scope="rowgroup"{context.own}>{line(question)}</th></tr>'
        + "".join(_claim(context, event, claim) for claim in claims)
        + "</tbody>"
        for question, claims in report_text.by_topic(context.view, event)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Who", "Says", "When", "Sources and notes"))
    return f"<table><caption>Claims</caption><thead><tr>{heads}</tr></thead>{bodies}</table>"


def _claim(context: PageContext, event: Event, claim: Claim) -> str:
    view = context.view
    return (
        f'<tr><th scope="row" dir="auto">{line(view.actor_name(claim.by))}</th>'
        f"<td{context.own}>{line(claim_in_words(view, claim))}</td>"
        f"<td>{when(view, claim.date or event.date)}</td>"
        f"<td>{context.notes(claim.sources)}{_held(context, claim)}{_remark(context, claim.note)}"
        f"{more(claim)}</td></tr>"
    )


def _links(context: PageContext, event: Event, key: int) -> str:
    items = "".join(
        f"<li>{_tie(context, link_)}</li>" for link_ in report_text.links_of(context.view, event, key)
    )
    return f'<div class="links"><p>Links to other events</p><ul>{items}</ul></div>' if items else ""


def _tie(context: PageContext, link_: report_text.Link) -> str:
    title = f"<span{context.own}>{line(link_.title)}</span>"
    if link_.is_here:
        title = f'<a href="#{context.anchor(link_.key)}"{context.own}>{line(link_.title)}</a>'
    elif link_.key >= 0:
        title += " (not on this page)"
    return f"{line(link_.relation)}: {title}"


def _held(context: PageContext, said: Quote | Claim) -> str:
    """What is held of a quote or claim."""
    told = of_said(context.view, said)
    return "".join(f'<p class="detail">{line(each.text)}{context.notes(each.sources)}</p>' for each in told)


def _remark(context: PageContext, note: str) -> str:
    return f'<p class="note"{context.own}>{prose_line(note)}</p>' if note else ""


def items_of(name: str, title: str, items: Iterable[str], *, ordered: bool = False) -> str:
    """A section with a list of items that are HTML already; empty where there are none."""
    inner = "\n".join(items)
    kind = "ol" if ordered else "ul"
    if not inner:
        return ""
    heading = f'<h2 id="list_{name}">{title}</h2>'
    return f'<section aria-labelledby="list_{name}">{heading}\n<{kind}>{inner}</{kind}></section>'
