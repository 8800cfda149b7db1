"""Views for the tests of what is written for other programs: the bundled story, and one that means harm."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.html.page import write
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Actor, Citation, Claim, Header, Source, Topic, Wording
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.index.index import Index

NASTY = "</script><script>document.title='taken'</script>\"'><img src=x onerror=document.title='taken'>"
HIDDEN = "\u202egnp.exe\x1b[31m\x00\u2066"
JAVASCRIPT = "javascript:document.title='taken'"
MARKDOWN = (
    f"{NASTY} [click]({JAVASCRIPT}) ![seen](https://spy.example/x.png) [^1] <b>bold</b> `</code>`\n\n"
    f"[ref]: {JAVASCRIPT}\n\n[^1]: taken over\n\n<style>*{{display:none}}</style>\n\n```\nnever closed"
)


def bundled(query: str = "", known: str = "") -> View:
    """The bundled story under a query, as known on a day."""
    view = View(_index(), today=TODAY)
    view = view.with_query(parse_query(query, view.vocabulary).query)
    return view.known_by(parse_date(known).earliest) if known else view


@cache
def _index() -> Index:
    """The bundled story, opened once; it is only read."""
    return open_timeline(BUNDLED, today=TODAY).index


def bundled_page(query: str = "", known: str = "") -> str:
    """The HTML page of the bundled story under a query, as known on a day; made once."""
    return _page(query, known)


@cache
def _page(query: str, known: str) -> str:
    return write(bundled(query, known)).text


def hostile() -> View:
    """A story with an attack in each of its texts."""
    header = Header(
        title=NASTY,
        description=MARKDOWN,
        actors={"a": Actor(name=f"{NASTY}{HIDDEN}", role=NASTY, aliases=(NASTY,), description=MARKDOWN)},
        topics={"t": Topic(question=NASTY, unit=NASTY, description=MARKDOWN)},
        sources={
            "s": Source(
                title=NASTY, publisher=NASTY, url=JAVASCRIPT, archive_url=f"https://x.example/{NASTY}"
            ),
            "u": Source(title=HIDDEN, url="https://x.example/\u202egnp", note=MARKDOWN, language='"><b>'),
            "good": Source(title="Good", url="https://good.example/?a=1&b=2"),
        },
        extra={"unknown": [NASTY]},
    )
    cited = (Citation("s", at=NASTY), Citation("u"), Citation("good"), Citation("nobody"))
    happened = event(
        "2024-11-01",
        f"{NASTY}{HIDDEN}",
        id="first",
        text=MARKDOWN,
        outcome=NASTY,
        place=NASTY,
        kind=NASTY,
        tags=(NASTY,),
        actors={"a": NASTY},
        by=("a",),
        sources=cited,
        quotes=(
            quote(
                "a", NASTY, language='"><b>', note=MARKDOWN, wordings=(Wording(text=NASTY, note=MARKDOWN),)
            ),
        ),
        claims=(Claim(about="t", by="a", value=NASTY, note=MARKDOWN, sources=cited),),
        links={NASTY: ("first",), "x": ('"><b>',)},
        extra={NASTY: {NASTY: NASTY}},
    )
    return story(happened, header=header)
