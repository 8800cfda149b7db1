"""Sources that repeat each other, in chains and in circles, and events that cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.stories import story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Actor, Citation, Header, Source, Topic

if TYPE_CHECKING:
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View


SOURCES = {
    "afp": Source(title="Choe in Moscow", publisher="AFP", kind="wire", date=parse_date("2024-11-01")),
    "post": Source(
        title="Choe again", publisher="Post", derived_from=("afp",), date=parse_date("2024-11-02")
    ),
    "blog": Source(title="Choe once more", publisher="Blog", derived_from=("post",)),
    "tass": Source(title="Talks", publisher="TASS", kind="wire"),
    "kcna": Source(title="A communiqué", kind="official"),
    "joke": Source(title="Woozy", publisher="The Joke", kind="satire"),
    "wit": Source(title="Woozier", publisher="The Wit", kind="satire"),
    "fooled": Source(title="Really", publisher="The Fooled", derived_from=("joke",)),
    "egg": Source(title="An egg", publisher="Egg", derived_from=("hen",)),
    "hen": Source(title="A hen", publisher="Hen", derived_from=("egg",)),
    "chick": Source(title="A chick", publisher="Chick", derived_from=("hen",)),
    "self": Source(title="Itself", publisher="Self", derived_from=("self",)),
    "orphan": Source(title="Orphan", publisher="Orphan", derived_from=("gone",)),
}


HEADER = Header(
    title="Sources",
    sources=SOURCES,
    actors={"choe": Actor(name="Choe Son-hui")},
    topics={"troops": Topic(question="How many soldiers?", unit="soldiers")},
)


def view_of(*events: Event, sources: dict[str, Source] | None = None) -> View:
    header = HEADER if sources is None else Header(title="Sources", sources=sources)
    return story(*events, header=header)


def cited(*ids: str) -> tuple[Citation, ...]:
    return tuple(map(Citation, ids))
