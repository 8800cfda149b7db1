"""A view as one page of HTML that needs nothing else: readable without its script, searchable with it.

It is written only, never read. Nothing on it is fetched; what the page may do is said in its own policy.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from timeline_tui.exchange import report_text as telling
from timeline_tui.exchange.exported import Exported
from timeline_tui.exchange.html import lists as html_lists
from timeline_tui.exchange.html.density_svg import strip
from timeline_tui.exchange.html.events import Story, event_article, more, periods
from timeline_tui.exchange.html.prose import line, prose

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from timeline_tui.exchange.report_text import Period
    from timeline_tui.timeline.view import View


def write(view: View) -> Exported:
    """The events of a view by year and month, then who is named in them, the questions, and the sources."""
    done = Exported("")
    story = Story(view)
    parts = [
        *_head(view),
        "<body>",
        '<header class="top">',
        f"<h1{story.own}>{line(view.title)}</h1>",
        *(f'<p class="shown">{line(sentence)}</p>' for sentence in telling.preface(view)),
        *_about(story, done.lost),
        strip(view),
        _contents(story),
        "</header>",
        _FILTER,
        "<main>",
        *_events(story),
        "</main>",
        html_lists.actors(story),
        html_lists.questions(story),
        html_lists.places(story),
        html_lists.sources(story),
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


def _about(story: Story, lost: Counter[str]) -> Iterator[str]:
    """What the timeline says of itself; nothing under the clock, as it may tell of what came later."""
    header = story.view.header
    if story.view.known_on is None:
        yield f'<div class="prose"{story.own}>{prose(header.description)}</div>' if header.description else ""
        yield more(header)
    elif undated := bool(header.description) + len(header.extra):
        lost["notes on the whole timeline, which have no day"] += undated


def _contents(story: Story) -> str:
    """Links to the years, each with the number of its events, and to what stands behind them."""
    years: dict[str, int] = {}
    for period, keys in periods(story):
        years[period.year] = years.get(period.year, 0) + len(keys)
    items = [
        f'<a href="#year_{place}">{line(year)}</a> ({count:,})' for place, (year, count) in _numbered(years)
    ]
    if telling.actors_in(story.view):
        items.append('<a href="#list_actors">Who is named</a>')
    if telling.topics_in(story.view):
        items.append('<a href="#list_questions">Questions</a>')
    if story.sources:
        items.append('<a href="#list_sources">Sources</a>')
    return f'<nav aria-label="Contents"><ul>{"".join(f"<li>{each}</li>" for each in items)}</ul></nav>'


def _numbered(years: dict[str, int]) -> Iterator[tuple[int, tuple[str, int]]]:
    return iter(enumerate(years.items(), start=1))


def _events(story: Story) -> Iterator[str]:
    """A section a year, and in it one a month where events are known to the month."""
    if not story.view.count:
        yield "<p>There is no event here.</p>"
    places: set[str] = set()
    before: Period | None = None
    for here, keys in periods(story):
        if before is None or here.year != before.year:
            yield "</section>" if before else ""
            # A year that is met again, after a season that began in it, is led to where it is met first.
            name = "" if here.year in places else f' id="year_{len(places) + 1}"'
            places.add(here.year)
            yield f'<section class="year"><h2{name}>{line(here.year)}</h2>'
            before = None
        yield from _month(story, here, keys, is_first=before is None)
        before = here
    yield "</section>" if before else ""


def _month(story: Story, here: Period, keys: list[int], *, is_first: bool) -> Iterator[str]:
    if not here.month and is_first:
        yield from (event_article(story, key, 3) for key in keys)
        return
    yield f'<section class="month"><h3>{line(here.month or f"Some time in {here.year}")}</h3>'
    yield from (event_article(story, key, 4) for key in keys)
    yield "</section>"


@cache
def _own_file(name: str) -> str:
    """A file that lies beside this module, without white space around it, as validators hash it."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
