"""A view as a single page of HTML, which can be read without its script; with it, filtered and set to a day.

It can be exported but not imported. Nothing on it is fetched; its own policy forbids everything but its own
styles and script.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from timeline_tui.errors import UsageError
from timeline_tui.exchange import report_text
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.html.chronicle import years
from timeline_tui.exchange.html.clock import Clock
from timeline_tui.exchange.html.context import Page, PageContext, more
from timeline_tui.exchange.html.figures import overview
from timeline_tui.exchange.html.lists import lists
from timeline_tui.exchange.html.pieces import Piece, always, shown
from timeline_tui.exchange.html.prose import line, prose
from timeline_tui.exchange.html.questions import questions_section
from timeline_tui.exchange.html.stories import stories
from timeline_tui.exchange.html_markup import Html, html, joined
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from timeline_tui.exchange.html.chronicle import Year
    from timeline_tui.exchange.html.pieces import Dated
    from timeline_tui.timeline.view import View

_STYLES = ("page.css", "print.css")
_SCRIPTS = ("clock.js", "filter.js", "pictures.js", "slides.js", "zoom.js", "page.js")
"""In the order in which they are run, as one script."""


MOST_EVENTS = 10_000
"""Number of events up to which a browser can show a page in a few seconds."""


def write(view: View) -> Exported:
    """What the timeline is about, then its events by year and month, the questions, and lists.

    Raises:
        UsageError: There are more than `MOST_EVENTS` events.
    """
    if view.count > MOST_EVENTS:
        raise UsageError(
            f"a page of {view.count:,} events is too long for a browser; the most are {MOST_EVENTS:,}: "
            "export a part of them with --filter, or all of them to another format"
        )
    exported = Exported("")
    context = PageContext(view, Page(view))
    clock = Clock(context)
    by_year = years(clock, context)
    sections = [*questions_section(clock, context), *lists(clock, context)]

    def written(parts: Iterable[Dated]) -> Html:
        return joined((shown(part, clock.whole, clock.end) for part in parts), "\n")

    parts = [
        *_head(view),
        html("<body>"),
        html('<a class="skip" href="#page_events">Skip to the events</a>'),
        html("<header>"),
        html("<h1{}>{}</h1>", context.language, line(view.title)),
        written(always(_about(context, exported.lost), clock.last_only)),
        _contents(context, by_year, sections),
        written(always(overview(view, context.page.actors), clock.whole)),
        html("</header>"),
        written(always(stories(context), clock.last_only)),
        _controls(clock),
        html('<main id="page_events">'),
        written(year.section for year in by_year) or html("<p>There are no events in this view.</p>"),
        html("</main>"),
        written(sections),
        _days(clock, context),
        html("<script>{}</script>", _script()),
        html("</body>"),
        html("</html>"),
    ]
    exported.text = str(joined(parts, "\n")) + "\n"
    return exported


def _about(context: PageContext, lost: Counter[str]) -> Iterator[Piece]:
    """Which events these are, and what the timeline says about itself.

    Under a known-on day it says nothing, as it may tell of later events.
    """
    header = context.view.whole_header
    for sentence in report_text.preface(context.view):
        yield Piece("p", line(sentence), html(' class="shown"'))
    if context.view.known_on is None:
        if header.description:
            yield Piece("div", prose(header.description), html(' class="prose"{}', context.language))
        yield from more(header)
    elif undated := bool(header.description) + len(header.extra):
        lost["notes on the whole timeline, which have no day"] += undated


_CONTROLS: Final = """<search id="page_filter" hidden>
<label>Search <input type="search" id="page_sought" autocomplete="off" spellcheck="false"></label>
<label>Who <select id="page_actor"></select></label>
<label>Kind <select id="page_kind"></select></label>
<label>Status <select id="page_status"></select></label>
<output id="page_found" for="page_sought page_actor page_kind page_status"></output>
<button type="button" id="page_clear" hidden>Show all</button>
{}</search>"""
_CLOCK = html("""<div id="page_clock">
<label for="page_day">Known on</label>
<button type="button" id="page_before" aria-label="The step before">‹</button>
<input type="range" id="page_day" min="0" step="1">
<button type="button" id="page_after" aria-label="The next step">›</button>
<output id="page_when" for="page_day"></output>
</div>
<div id="page_news"></div>
""")


def _controls(clock: Clock) -> Html:
    """What filters the events and sets the clock; shown by the script alone."""
    return html(_CONTROLS, _CLOCK if clock.days else Html())


def _days(clock: Clock, context: PageContext) -> Html:
    """The days of the clock as data: each in words, with the places of the events that are new or changed."""
    places = {key: place for place, key in enumerate(context.view.keys)}
    found = [
        [context.view.day_in_words(day), *([places[key] for key in keys] for keys in clock.news(step))]
        for step, day in enumerate(clock.days)
    ]
    if not found:
        return Html()
    data = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return html(
        '<template id="page_days">{}</template>', Html(data.replace("&", "&amp;").replace("<", "&lt;"))
    )


def _head(view: View) -> Iterator[Html]:
    style, script = _style(), _script()
    running = html("@page {{ @top-left {{ content: {}; }} }}", Html(_css_string(one_line(view.title))))
    # The policy holds nothing but hashes, and its quotation marks are part of the attribute.
    policy = html(
        "default-src 'none'; style-src '{}' '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        _hash(style),
        _hash(running),
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
    yield html("<style>{}</style>", running)
    yield html("</head>")


def _contents(context: PageContext, by_year: Iterable[Year], sections: Iterable[Dated]) -> Html:
    """Links to the stories, to the years, and to the lists after them."""
    items = [
        html('<a href="#story_{}"{}>{}</a>', number, context.language, line(story.title))
        for number, story in enumerate(context.view.header.stories.values(), start=1)
    ]
    items += [
        html('<a href="#year_{}">{}</a>', year.number, line(year.name)) for year in by_year if year.number
    ]
    for section in sections:
        heading = section.parts[0].piece
        items.append(html('<a href="#{}">{}</a>', _id_of(heading), heading.inner))
    listed = joined(html("<li>{}</li>", item) for item in items)
    return html('<nav aria-label="Contents"><ul>{}</ul></nav>', listed)


def _id_of(piece: Piece) -> str:
    return str(piece.attributes).removeprefix(' id="').removesuffix('"')


def _css_string(text: str) -> str:
    """A text as a string of CSS, of which every character but letters and digits is escaped."""
    letters = (each if each.isascii() and each.isalnum() else f"\\{ord(each):x} " for each in text)
    return f'"{"".join(letters)}"'


@cache
def _style() -> Html:
    return _own_files(_STYLES)


@cache
def _script() -> Html:
    return _own_files(_SCRIPTS)


def _own_files(names: Iterable[str]) -> Html:
    """Styles or scripts beside this module, without their indentation and whole lines of comments."""
    folder = files(__package__)
    texts = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
    lines = (text.strip() for text in texts.splitlines())
    return Html("\n".join(text for text in lines if text and not text.startswith("//")))


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
