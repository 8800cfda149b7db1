"""Records of events in a few days, of which each may become known on another day than its own."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import (
    Actor,
    Citation,
    Claim,
    Event,
    Header,
    Postponement,
    Quote,
    Source,
    Topic,
    Wording,
)

HEADER = Header(
    title="A story",
    actors={
        "choe": Actor(name="Choe Son-hui", kind="person", aliases=("최선희",)),
        "lavrov": Actor(name="Sergey Lavrov", kind="person"),
        "russia": Actor(name="Russia", kind="state"),
    },
    sources={
        "undated": Source(title="A report", language="ru", publisher="TASS"),
        "early": Source(title="Early", date=parse_date("2024-11-04"), publisher="Yonhap News"),
        "late": Source(title="Late", date=parse_date("2024-11-08"), publisher="The Post", language="fr"),
        "monthly": Source(title="Monthly", date=parse_date("2024-11"), language="en"),
    },
    topics={"troops": Topic(question="How many soldiers?"), "day": Topic(question="Which day?")},
)
FIRST, LAST = parse_date("2024-10-28").earliest, parse_date("2024-11-14").earliest
DATES = [
    "2024-11-02", "2024-11-03", "2024-11-05", "2024-11-05T10:00:00Z", "2024-11-05T08:00:00Z", "2024-11-06",
    "2024-11-08", "2024-11-10", "2024-11", "2024-11-XX", "2024-11-04/2024-11-07", "2024-11-03/..",
    "../2024-11-06", "[2024-11-02,2024-11-09]", "2025",
]  # fmt: skip
TEXTS = ["Troops talk", "Day of Victory", "talk of day", "Élan vital", "ответ дан"]
ACTORS = ["choe", "lavrov", "russia", "stranger"]
STATUSES = ["confirmed", "claimed", "disputed", "scheduled", "postponed", "cancelled"]
FIELDS = {"actor": ACTORS, "speaker": ACTORS, "source": [*HEADER.sources], "topic": [*HEADER.topics]}

dates = st.sampled_from(DATES).map(parse_date)
days = st.integers(FIRST, LAST)
texts = st.sampled_from(TEXTS)
actors = st.sampled_from(ACTORS)
citations = st.lists(st.builds(Citation, id=st.sampled_from([*HEADER.sources])), max_size=2).map(tuple)
wordings = st.builds(Wording, text=texts, language=st.sampled_from(["", "fr", "ko"]), sources=citations)
quotes = st.builds(
    Quote,
    speaker=actors,
    text=texts,
    date=st.none() | dates,
    to=st.just(()) | st.tuples(actors),
    language=st.sampled_from(["", "en"]),
    sources=citations,
    wordings=st.lists(wordings, max_size=2).map(tuple),
)
claims = st.builds(
    Claim,
    about=st.sampled_from([*HEADER.topics]),
    by=actors,
    value=st.just("1"),
    date=st.none() | dates,
    sources=citations,
    note=st.just("") | texts,
)
events = st.builds(
    Event,
    date=dates,
    title=texts,
    status=st.sampled_from(STATUSES),
    by=st.just(()) | st.tuples(actors),
    known=st.none() | dates,
    postponed=st.lists(st.builds(Postponement, date=dates, known=st.none() | dates), max_size=2).map(tuple),
    outcome=st.just("") | texts,
    place=st.sampled_from(["", "Moscow", "New York"]),
    actors=st.dictionaries(actors, st.just(""), max_size=1),
    sources=citations,
    quotes=st.lists(quotes, max_size=2).map(tuple),
    claims=st.lists(claims, max_size=2).map(tuple),
    links=st.dictionaries(
        st.sampled_from(["leads-to", "denies"]),
        st.lists(st.sampled_from(["e0", "e1", "e2"]), max_size=2).map(tuple),
        max_size=1,
    ),
)
stories = st.lists(events, max_size=8).map(
    lambda found: [msgspec.structs.replace(one, id=f"e{number}") for number, one in enumerate(found)]
)
