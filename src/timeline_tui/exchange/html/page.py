"""A view as one page of HTML that needs nothing else: readable without its script, searchable with it.

It is written only, never read. Nothing on it is fetched; what the page may do is said in its own policy.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from timeline_tui.answers.history import of_place, of_source, of_topic
from timeline_tui.exchange import report_text
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.html.events import PageContext, event_article, items_of, more, periods
from timeline_tui.exchange.html.prose import line, link, prose, prose_line

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from timeline_tui.exchange.report_text import CitedSource, Period
    from timeline_tui.timeline.view import View


def write(view: View) -> Exported:
    """The events of a view by year and month, then who is named in them, the questions, and the sources."""
    done = Exported("")
    context = PageContext(view)
    parts = [
        *_head(view),
        "<body>",
        '<header class="top">',
        f"<h1{context.own}>{line(view.title)}</h1>",
        *(f'<p class="shown">{line(sentence)}</p>' for sentence in report_text.preface(view)),
        *_about(context, done.lost),
        _density_bars(view),
        _contents(context),
        "</header>",
        _FILTER,
        "<main>",
        *_events(context),
        "</main>",
        _actors(context),
        _questions(context),
        _places(context),
        _sources(context),
        f"<script>{_own_file('html_page.js')}</script>",
        "</body>",
        "</html>",
    ]
    done.text = "\n".join(filter(None, parts)) + "\n"
    return done


_FILTER = """<search class="filter" id="page_filter" hidden>
<label for="page_sought">Filter events</label>
<input type="search" id="page_sought" autocomplete="off" spellcheck="false">
<output id="page_found" for="page_sought"></output>
</search>"""


def _head(view: View) -> Iterator[str]:
    style, script = _own_file("html_page.css"), _own_file("html_page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="generator" content="timeline-tui">'
    yield f"<title>{line(view.title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"


def _about(context: PageContext, lost: Counter[str]) -> Iterator[str]:
    """What the timeline says of itself; nothing under the clock, as it may tell of what came later."""
    header = context.view.header
    if context.view.known_on is None:
        yield (
            f'<div class="prose"{context.own}>{prose(header.description)}</div>' if header.description else ""
        )
        yield more(header)
    elif undated := bool(header.description) + len(header.extra):
        lost["notes on the whole timeline, which have no day"] += undated


def _contents(context: PageContext) -> str:
    """Links to the years, each with the number of its events, and to what stands behind them."""
    years: dict[str, int] = {}
    for period, keys in periods(context):
        years[period.year] = years.get(period.year, 0) + len(keys)
    items = [
        f'<a href="#year_{place}">{line(year)}</a> ({count:,})' for place, (year, count) in _numbered(years)
    ]
    if report_text.actors_in(context.view):
        items.append('<a href="#list_actors">Who is named</a>')
    if report_text.topics_in(context.view):
        items.append('<a href="#list_questions">Questions</a>')
    if context.sources:
        items.append('<a href="#list_sources">Sources</a>')
    return f'<nav aria-label="Contents"><ul>{"".join(f"<li>{each}</li>" for each in items)}</ul></nav>'


def _numbered(years: dict[str, int]) -> Iterator[tuple[int, tuple[str, int]]]:
    return iter(enumerate(years.items(), start=1))


def _events(context: PageContext) -> Iterator[str]:
    """A section a year, and in it one a month where events are known to the month."""
    if not context.view.count:
        yield "<p>There is no event here.</p>"
    places: set[str] = set()
    before: Period | None = None
    for here, keys in periods(context):
        if before is None or here.year != before.year:
            yield "</section>" if before else ""
            # A year that is met again, after a season that began in it, is led to where it is met first.
            name = "" if here.year in places else f' id="year_{len(places) + 1}"'
            places.add(here.year)
            yield f'<section class="year"><h2{name}>{line(here.year)}</h2>'
            before = None
        yield from _month(context, here, keys, is_first=before is None)
        before = here
    yield "</section>" if before else ""


def _month(context: PageContext, here: Period, keys: list[int], *, is_first: bool) -> Iterator[str]:
    if not here.month and is_first:
        yield from (event_article(context, key, 3) for key in keys)
        return
    yield f'<section class="month"><h3>{line(here.month or f"Some time in {here.year}")}</h3>'
    yield from (event_article(context, key, 4) for key in keys)
    yield "</section>"


@cache
def _own_file(name: str) -> str:
    """A file that lies beside this module, without white space around it, as validators hash it."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _actors(context: PageContext) -> str:
    """A section on everybody who is named in an event."""
    ids = report_text.actors_in(context.view)
    return items_of("actors", "Who is named", (_actor(context, id_) for id_ in ids))


def _questions(context: PageContext) -> str:
    """A section on the topics that there are claims on."""
    ids = report_text.topics_in(context.view)
    return items_of(
        "questions", "Questions on which claims are made", (_question(context, id_) for id_ in ids)
    )


def _sources(context: PageContext) -> str:
    """A section with every source that is cited, each with links back to what cites it."""
    items = (_source(context, cited) for cited in context.sources.values())
    return items_of("sources", "Sources", items, ordered=True)


def _places(context: PageContext) -> str:
    """A section on the places of the events that the timeline describes."""
    ids = report_text.places_in(context.view)
    return items_of("places", "Places", (_place(context, id_) for id_ in ids))


def _place(context: PageContext, id_: str) -> str:
    place = context.view.place(id_)
    facts = line("; ".join(of_place(context.view, place))) if place is not None else ""
    said = f"<strong{context.own}>{line(context.view.place_name(id_))}</strong>" + (
        f": {facts}" if facts else ""
    )
    return f"<li>{said}{more(place) if place is not None else ''}</li>"


def _actor(context: PageContext, id_: str) -> str:
    actor = context.view.actor(id_)
    facts = line("; ".join(report_text.actor_facts(context.view, id_)))
    said = f'<strong dir="auto">{line(context.view.actor_name(id_))}</strong>' + (
        f": {facts}" if facts else ""
    )
    if actor is None:
        return f"<li>{said}</li>"
    return f"<li>{said}{_note(context, actor.description)}{more(actor)}</li>"


def _question(context: PageContext, id_: str) -> str:
    topic = context.view.topic(id_)
    said = f"<span{context.own}>{line(report_text.question(context.view, id_))}</span>"
    if topic is None:
        return f"<li>{said}</li>"
    unit = f" (counted in {line(topic.unit)})" if topic.unit else ""
    told = "".join(f'<p class="detail">{line(each)}</p>' for each in of_topic(context.view, topic))
    return f"<li>{said}{unit}{_note(context, topic.description)}{told}{more(topic)}</li>"


def _source(context: PageContext, cited: CitedSource) -> str:
    return f'<li id="source_{cited.number}">{_source_details(context, cited)}{_back(context, cited)}</li>'


def _source_details(context: PageContext, cited: CitedSource) -> str:
    source = cited.source
    if source is None:
        return f"{line(cited.id)} (the timeline says nothing else of this source)"
    language = report_text.language_tag(source.language)
    spoken = f' lang="{language}"' if language else ""
    facts = line(", ".join(report_text.source_facts(context.view, source)))
    said = f'<cite{spoken} dir="auto">{line(source.title)}</cite>, {facts}.'
    if source.url:
        said += f' <span class="address">{link(source.url)}</span>'
    if source.archive_url:
        said += f' <span class="address">Archived copy: {link(source.archive_url)}</span>'
    if repeats := report_text.repeats(context.view, source):
        said += f'<p class="detail">{line(repeats)}</p>'
    said += "".join(f'<p class="detail">{line(each)}</p>' for each in of_source(context.view, source))
    return f"{said}{_note(context, source.note)}{more(source)}"


def _back(context: PageContext, cited: CitedSource) -> str:
    links = (
        f'<a href="#{context.anchor(key)}"{context.own}>{line(context.view.event(key).title)}</a>'
        for key in cited.keys
    )
    return f'<p class="back">Cited in: {" · ".join(links)}</p>'


def _note(context: PageContext, text: str) -> str:
    return f'<p class="note"{context.own}>{prose_line(text)}</p>' if text else ""


_BARS = 100
_WIDTH, _HEIGHT = 10, 60
"""Of a bar, in units of the picture."""


def _density_bars(view: View) -> str:
    """The events of a view from first day to last, counted in equal slices; empty for a single day."""
    first, last = view.span
    if first == last:
        return ""
    bars = min(_BARS, last - first + 1)
    counts = view.density(bars)
    starts = [first, *view.starts(bars)]
    ends = [*(start - 1 for start in starts[1:]), last]
    drawn = "".join(
        _bar(view, place, counts, (starts[place], ends[place])) for place, count in enumerate(counts) if count
    )
    words = [line(view.day_in_words(day)) for day in (first, last)]
    label = f"{_number_of_events(view.count)} from {words[0]} to {words[1]}; most in one bar: {max(counts)}"
    return (
        f'<figure class="strip"><svg viewBox="0 0 {bars * _WIDTH} {_HEIGHT}" preserveAspectRatio="none" '
        f'role="img" aria-label="{label}">{drawn}</svg>'
        f"<figcaption><span>{words[0]}</span> <span>tallest bar: {_number_of_events(max(counts))}</span> "
        f"<span>{words[1]}</span></figcaption></figure>"
    )


def _bar(view: View, place: int, counts: tuple[int, ...], days: tuple[int, int]) -> str:
    count = counts[place]
    height = max(count * _HEIGHT // max(counts), 2)
    first, last = (line(view.day_in_words(day)) for day in days)
    said = first if first == last else f"{first} to {last}"
    return (
        f'<rect x="{place * _WIDTH + 1}" y="{_HEIGHT - height}" width="{_WIDTH - 2}" height="{height}">'
        f"<title>{said}: {_number_of_events(count)}</title></rect>"
    )


def _number_of_events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"
