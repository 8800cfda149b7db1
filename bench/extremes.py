"""Pages and files that are too long for anybody: `python -m bench.extremes` prints processor seconds.

Tests make sure that the work does not grow with the square of what there is; here is how long it takes.
"""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING

from bench.apart import apart
from bench.table import Row
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.html.prose import prose
from timeline_tui.index import Index
from timeline_tui.model.records import Claim, Event, Header, Topic
from timeline_tui.pages.claims import claims_page
from timeline_tui.pages.links import links_page
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_RUNS = 3
_CLAIMS, _LINKED, _PARTS, _SLIPS = 10_000, 1_000, 10_000, 20_000
_MOST = {
    f"page of {_CLAIMS:,} claims": 2.0,
    f"page of links of {_LINKED:,} events, all linked": 1.0,
    f"HTML of {_PARTS:,} addresses": 2.0,
    f"{_SLIPS:,} slips read and given up": 3.0,
}
"""Seconds that each may take."""


def rows(home: Path) -> Iterator[Row]:
    """Each of them several times, in a process of its own."""
    told = apart(home, "bench.extremes")
    for (name, most), times in zip(_MOST.items(), told.lists["took"].values(), strict=True):
        yield Row(name, "", times, most=most)


def _claims() -> Callable[[], object]:
    claims = tuple(Claim(about="troops", by="russia", value=str(number)) for number in range(_CLAIMS))
    header = Header(title="", topics={"troops": Topic(question="How many?", unit="people")})
    view = View(Index.build(header, [Event(date=parse_date("2024"), title="Said", claims=claims)]))
    return partial(claims_page, view, "troops", 100)


def _links() -> Callable[[], object]:
    ids = [f"e{number}" for number in range(_LINKED)]
    events = (
        Event(date=parse_date("2024"), title=id_, id=id_, links={"leads-to": tuple({*ids} - {id_})})
        for id_ in ids
    )
    view = View(Index.build(Header(title=""), events))
    return partial(links_page, view, _LINKED // 2, 80)


def _slips() -> Callable[[], object]:
    text = "".join(f"- id: e{number}\n  date: 2024\n  title: a: b\n" for number in range(_SLIPS))
    data = f"title: x\nevents:\n{text}".encode()
    return partial(read_text, data, "slips.yaml")


def measured() -> dict[str, list[float]]:
    """Processor seconds of each run."""
    parts = "see https://a.example/ (now) " * _PARTS
    took: dict[str, list[float]] = {}
    works: tuple[Callable[[], object], ...] = (_claims(), _links(), partial(prose, parts), _slips())
    for name, work in zip(_MOST, works, strict=True):
        took[name] = []
        for _ in range(_RUNS):
            start = time.process_time()
            work()
            took[name].append(time.process_time() - start)
    return took


if __name__ == "__main__":
    print(json.dumps({"took": measured()}))
