"""A view as a single page of HTML without any other file: readable without its script, searchable with it.

It can be exported but not imported. Nothing on it is fetched; its own policy forbids everything but its own
style and script.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from timeline_tui.answers.history import place_facts, topic_history
from timeline_tui.exchange import report_text
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.html.events import PageContext, detail, event_article, more, periods, section
from timeline_tui.exchange.html.prose import line, link, prose, prose_line
from timeline_tui.exchange.html_markup import Html, html, joined

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from timeline_tui.exchange.report_text import CitedSource, Period
    from timeline_tui.timeline.view import View


def write(view: View) -> Exported:
    """The events of a view by year and month, then the actors, the questions, the places and the sources."""
    exported = Exported("")
    context = PageContext(view)
    parts = [
        *_head(view),
        html("<body>"),
        html('<header class="top">'),
        html("<h1{}>{}</h1>", context.language, line(view.title)),
        *(html('<p class="shown">{}</p>', line(sentence)) for sentence in report_text.preface(view)),
        *_description(context, exported.lost),
        _density_bars(view),
        _contents(context),
        html("</header>"),
        _FILTER,
        html("<main>"),
        *_events(context),
        html("</main>"),
        _actors(context),
        _questions(context),
        _places(context),
        _sources(context),
        html("<script>{}</script>", _own_file("html_page.js")),
        html("</body>"),
        html("</html>"),
    ]
    exported.text = str(joined(parts, "\n")) + "\n"
    return exported


_FILTER = html("""<search class="filter" id="page_filter" hidden>
<label for="page_sought">Filter events</label>
<input type="search" id="page_sought" autocomplete="off" spellcheck="false">
<output id="page_found" for="page_sought"></output>
</search>""")


def _head(view: View) -> Iterator[Html]:
    style, script = _own_file("html_page.css"), _own_file("html_page.js")
    # The policy holds nothing but hashes, and its quotation marks are part of the attribute.
    policy = html(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        _hash(style),
        _hash(script),
    )
    yield html("<!DOCTYPE html>")
    yield html('<html lang="en">')
    yield html("<head>")
    yield html('<meta charset="utf-8">')
    yield html('<meta http-equiv="Content-Security-Policy" content="{}">', policy)
    yield html('<meta name="viewport" content="width=device-width, initial-scale=1">')
    yield html('<meta name="color-scheme" content="light dark">')
    yield html('<meta name="referrer" content="no-referrer">')
    yield html('<meta name="generator" content="timeline-tui">')
    yield html("<title>{}</title>", line(view.title))
    yield html("<style>{}</style>", style)
    yield html("</head>")


def _description(context: PageContext, lost: Counter[str]) -> Iterator[Html]:
    """What the timeline says about itself; nothing under a known-on day, as it may tell of later events."""
    header = context.view.whole_header
    if context.view.known_on is None:
        if header.description:
            yield html('<div class="prose"{}>{}</div>', context.language, prose(header.description))
        yield more(header)
    elif undated := bool(header.description) + len(header.extra):
        lost["notes on the whole timeline, which have no day"] += undated


def _contents(context: PageContext) -> Html:
    """Links to the years, each with the number of its events, and to the lists after the events."""
    years: dict[str, int] = {}
    for period, keys in periods(context):
        years[period.year] = years.get(period.year, 0) + len(keys)
    items = [
        html('<a href="#year_{}">{}</a> ({:,})', number, line(year), count)
        for number, (year, count) in enumerate(years.items(), start=1)
    ]
    if report_text.actors_in(context.view):
        items.append(html('<a href="#list_actors">People and organisations</a>'))
    if report_text.topics_in(context.view):
        items.append(html('<a href="#list_questions">Questions</a>'))
    if context.sources:
        items.append(html('<a href="#list_sources">Sources</a>'))
    listed = joined(html("<li>{}</li>", item) for item in items)
    return html('<nav aria-label="Contents"><ul>{}</ul></nav>', listed)


def _events(context: PageContext) -> Iterator[Html]:
    """A section for each year, and in it one for each month where events are known to the month."""
    if not context.view.count:
        yield html("<p>There are no events in this view.</p>")
    years: set[str] = set()
    before: Period | None = None
    for here, keys in periods(context):
        if before is None or here.year != before.year:
            yield html("</section>") if before else Html()
            # A year may come again, after a season that began in it: the contents link to its first heading.
            id_ = Html() if here.year in years else html(' id="year_{}"', len(years) + 1)
            years.add(here.year)
            yield html('<section class="year"><h2{}>{}</h2>', id_, line(here.year))
            before = None
        yield from _month(context, here, keys, is_first=before is None)
        before = here
    yield html("</section>") if before else Html()


def _month(context: PageContext, here: Period, keys: list[int], *, is_first: bool) -> Iterator[Html]:
    if not here.month and is_first:
        yield from (event_article(context, key, 3) for key in keys)
        return
    heading = line(here.month or f"Some time in {here.year}")
    yield html('<section class="month"><h3>{}</h3>', heading)
    yield from (event_article(context, key, 4) for key in keys)
    yield html("</section>")


@cache
def _own_file(name: str) -> Html:
    """A style or script beside this module, without white space around it, as validators hash it."""
    return Html(files(__package__).joinpath(name).read_text(encoding="utf-8").strip())


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _actors(context: PageContext) -> Html:
    """A section on all actors who are named in an event."""
    ids = report_text.actors_in(context.view)
    return section("actors", "People and organisations", (_actor(context, id_) for id_ in ids))


def _questions(context: PageContext) -> Html:
    """A section on the topics that have claims."""
    ids = report_text.topics_in(context.view)
    return section("questions", "Questions in dispute", (_question(context, id_) for id_ in ids))


def _sources(context: PageContext) -> Html:
    """A section with every cited source, each with links back to the events that cite it."""
    items = (_source(context, cited) for cited in context.sources.values())
    return section("sources", "Sources", items, ordered=True)


def _places(context: PageContext) -> Html:
    """A section on the places of the events that the timeline describes."""
    ids = report_text.places_in(context.view)
    return section("places", "Places", (_place(context, id_) for id_ in ids))


def _place(context: PageContext, id_: str) -> Html:
    place = context.view.place(id_)
    facts = "; ".join(place_facts(context.view, place)) if place is not None else ""
    name = html("<strong{}>{}</strong>", context.language, line(context.view.place_name(id_)))
    return html("<li>{}{}{}</li>", name, _after_colon(facts), more(place) if place is not None else "")


def _actor(context: PageContext, id_: str) -> Html:
    actor = context.view.actor(id_)
    facts = "; ".join(report_text.actor_facts(context.view, id_))
    name = html('<strong dir="auto">{}</strong>', line(context.view.actor_name(id_)))
    if actor is None:
        return html("<li>{}{}</li>", name, _after_colon(facts))
    sources = context.notes(report_text.cited_by(actor))
    about = joined([_note(context, actor.description), more(actor)])
    return html("<li>{}{}{}{}</li>", name, _after_colon(facts), sources, about)


def _after_colon(facts: str) -> Html:
    return html(": {}", line(facts)) if facts else Html()


def _question(context: PageContext, id_: str) -> Html:
    topic = context.view.topic(id_)
    question = html("<span{}>{}</span>", context.language, line(report_text.question(context.view, id_)))
    if topic is None:
        return html("<li>{}</li>", question)
    unit = html(" (counted in {})", line(topic.unit)) if topic.unit else ""
    changes = joined(map(detail, topic_history(context.view, topic)))
    note = _note(context, topic.description)
    sources = context.notes(report_text.cited_by(topic))
    return html("<li>{}{}{}{}{}{}</li>", question, unit, sources, note, changes, more(topic))


def _source(context: PageContext, cited: CitedSource) -> Html:
    return html(
        '<li id="source_{}">{}{}</li>', cited.number, _source_details(context, cited), _back(context, cited)
    )


def _source_details(context: PageContext, cited: CitedSource) -> Html:
    source = cited.source
    if source is None:
        return html("{} (the timeline has nothing else about this source)", line(cited.id))
    tag = report_text.language_tag(source.language)
    language = html(' lang="{}"', tag) if tag else ""
    facts = line(", ".join(report_text.source_facts(context.view, source)))
    parts = [html('<cite{} dir="auto">{}</cite>, {}.', language, line(source.title), facts)]
    if source.url:
        parts.append(html(' <span class="address">{}</span>', link(source.url)))
    if source.archive_url:
        parts.append(html(' <span class="address">Archived copy: {}</span>', link(source.archive_url)))
    if repeats := report_text.repeats(context.view, source):
        parts.append(detail(repeats))
    parts += map(detail, report_text.source_changes(context.view, cited.id, source))
    return joined([*parts, _note(context, source.note), more(source)])


def _back(context: PageContext, cited: CitedSource) -> Html:
    links = (
        html(
            '<a href="#{}"{}>{}</a>',
            context.anchor(key),
            context.language,
            line(context.view.event(key).title),
        )
        for key in cited.keys
    )
    names = (line(name) for name in cited.beside)
    return html('<p class="back">Cited in: {}</p>', joined([*links, *names], " · "))


def _note(context: PageContext, text: str) -> Html:
    return html('<p class="note"{}>{}</p>', context.language, prose_line(text)) if text else Html()


_BARS = 100
"""The most bars."""
_WIDTH, _HEIGHT = 10, 60
"""Size of a bar, in units of the picture."""


def _density_bars(view: View) -> Html:
    """Bars of how many events there are in equal parts of the time, as SVG; empty for a single day."""
    first, last = view.span
    if first == last:
        return Html()
    bars = min(_BARS, last - first + 1)
    counts = view.density(bars)
    starts = [first, *view.starts(bars)]
    ends = [*(start - 1 for start in starts[1:]), last]
    drawn = joined(
        _bar(view, number, counts, (starts[number], ends[number]))
        for number, count in enumerate(counts)
        if count
    )
    begins, finishes = (line(view.day_in_words(day)) for day in (first, last))
    tallest = max(counts)
    label = html("{} from {} to {}; most in one bar: {}", _counted(view.count), begins, finishes, tallest)
    return html(
        '<figure class="strip"><svg viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'role="img" aria-label="{}">{}</svg>'
        "<figcaption><span>{}</span> <span>tallest bar: {}</span> <span>{}</span></figcaption></figure>",
        bars * _WIDTH,
        _HEIGHT,
        label,
        drawn,
        begins,
        _counted(tallest),
        finishes,
    )


def _bar(view: View, number: int, counts: tuple[int, ...], days: tuple[int, int]) -> Html:
    count = counts[number]
    height = max(count * _HEIGHT // max(counts), 2)
    first, last = (line(view.day_in_words(day)) for day in days)
    when = first if first == last else html("{} to {}", first, last)
    return html(
        '<rect x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>',
        number * _WIDTH + 1,
        _HEIGHT - height,
        _WIDTH - 2,
        height,
        when,
        _counted(count),
    )


def _counted(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"
