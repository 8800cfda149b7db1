"""The stories that every export is tried with: the bundled one, one that is hard, none, and a long one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench.generate import write_timeline
from tests.support.round_trips import bundled
from tests.support.screens import TODAY
from tests.support.stories import event, quote
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Actor, Citation, Claim, Event, Header, Source, Topic
from timeline_tui.timeline.view import View

STORIES = ("bundled", "hard", "empty", "long")
LONG = 2_000

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "</script><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "\"><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[a](javascript:alert(1))",
    'https://example.org/"onerror="alert(1)',
    "{{constructor.constructor('alert(1)')()}}",
    "www.example.org'onmouseover='alert(1)",
    "a@example.org'onmouseover='alert(1)",
    "```\n# not a heading\n```",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "#café !note [x](location) // y",
    "group A\nend group: B",
    "2024-11-01: another event",
    "BEGIN:VEVENT\r\nSUMMARY:another",
    '=HYPERLINK("https://example.org";"x")',
    "\\end{document}{}%$&_#^~",
    "\x1b]0;title\x07\x1b[31mred",
    "\u202eright to left\u202c",
    "देवनागरी 北京 Сеул ﷽ 👩‍👩‍👧",
    "a ; b : c , d \\ e \\n f",
)  # fmt: skip
"""Texts that mean something to the one or the other program."""

HARD_DATES = (
    "2024", "2024-11", "2024-11-06", "2024-11-06T10:30:00Z", "2024-11-06T10:30-04:30", "2022-02/2024-11-06",
    "2024~", "2024-11~", "2024?", "201X", "20XX", "2024-XX-06", "2024-21", "../2024", "2022-02-24/..",
    "[2024-10-23,2024-10-24]", "{2024-10,2024-12}", "[2024-11-01..2024-11-03]", "-0043-03-15", "-0043-03",
    "-0300", "-0300/-0200", "0000", "0001-01-01", "0099", "9999-12-31", "2024-11-06/9999-12-31", "Y17000",
    "Y-17000", "Y-13798000000", "XXXX", "2016-12-31T23:59:59Z", "1900-02-28/1900-03-01", "2024-02-29",
)  # fmt: skip
"""One of each kind of date."""


@cache
def story_named(name: str) -> View:
    """One of `STORIES`."""
    if name == "bundled":
        return bundled()
    if name == "long":
        with TemporaryDirectory() as folder:
            path = Path(folder) / "long.yaml"
            write_timeline(path, LONG)
            return View(open_timeline(path, today=TODAY).index, today=TODAY)
    if name == "empty":
        return _view(Header(title="Nothing yet"))
    return hard()


def hard() -> View:
    """Every kind of date, and every hostile text in every field that takes a text."""
    dated = (event(date, f"Dated {date}", id=f"dated-{n}") for n, date in enumerate(HARD_DATES))
    return _view(_header(), *dated, *map(_hostile, range(len(HOSTILE))))


def story_of(text: str) -> View:
    """One event, with a text in every field that there is, of the timeline's too."""
    number = HOSTILE.index(text)
    eras = [{"date": "2020/2030", "title": text}]
    header = msgspec.structs.replace(_header(), title=text, description=text, extra={"eras": eras})
    return _view(header, msgspec.structs.replace(_hostile(number), links={}))


def _view(header: Header, *events: Event) -> View:
    return View(Index.build(header, events), today=TODAY)


def _hostile(number: int) -> Event:
    text = HOSTILE[number]
    return event(
        f"2024-10-{number + 1:02}",
        text,
        id=f"hostile-{number}",
        text=f"{text}\n\n{text}",
        kind=text,
        status="claimed",
        by=(f"actor-{number}",),
        place=text,
        actors={f"actor-{number}": text},
        tags=(text,),
        outcome=text,
        sources=(Citation(f"source-{number}", at=text),),
        quotes=(quote(f"actor-{number}", text, kind="paraphrase"), quote(f"actor-{number}", text)),
        claims=(Claim(about=f"topic-{number}", by=f"actor-{number}", value=text),),
        links={"leads-to": (f"hostile-{(number + 1) % len(HOSTILE)}",)},
        extra={
            "display_date": text,
            "media": {"url": text, "caption": text},
            "background": {"url": text},
        },
    )


def _header() -> Header:
    numbered = list(enumerate(HOSTILE))
    address = "https://example.org/story?a=1&b='%20'"
    return Header(
        title=HOSTILE[1],
        description="\n\n".join(HOSTILE),
        actors={f"actor-{n}": Actor(name=text, kind="person", role=text) for n, text in numbered},
        sources={
            f"source-{n}": Source(title=text, url=address if n % 2 else text, publisher=text, author=text)
            for n, text in numbered
        },
        topics={f"topic-{n}": Topic(question=text) for n, text in numbered},
    )
