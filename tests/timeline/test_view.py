from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.stories import HEADER, TODAY, event, quote, shown, story
from timeline_tui.dates.date import parse_date
from timeline_tui.index.index import Index
from timeline_tui.model.records import Claim, Event
from timeline_tui.query.language import DURING, PHRASE, WORD, Query, Term, parse_query
from timeline_tui.text.sanitize import words
from timeline_tui.timeline.protocol import TimelineView
from timeline_tui.timeline.view import View

ACTORS = ["choe-son-hui", "lavrov", "russia", "stranger"]
NAMES = {id_: [actor.name, *actor.aliases] for id_, actor in HEADER.actors.items()}
TEXTS = ["Troops talk", "Day of Victory", "Élan vital", "金正恩 speaks", "talk of day", "Лавров"]
DATES = ["2022-02-24/..", "../2022", "2022", "2023-05", "2023-05-06", "2024-11-06", "2024-11-04", "2025~"]


@st.composite
def events(draw: st.DrawFn) -> Event:
    actor = st.sampled_from(ACTORS)
    quotes = [quote(draw(actor), draw(st.sampled_from(TEXTS)))] if draw(st.booleans()) else []
    claims = [Claim(about="troops", by=draw(actor), value="1")] if draw(st.booleans()) else []
    return event(
        draw(st.sampled_from(DATES)),
        draw(st.sampled_from(TEXTS)),
        status=draw(st.sampled_from(["confirmed", "claimed", "postponed"])),
        actors=dict.fromkeys(draw(st.lists(actor, max_size=2)), ""),
        place=draw(st.sampled_from(["", "Moscow", "New York", "York"])),
        tags=tuple(draw(st.lists(st.sampled_from(["Bomb", "bomb", "aid"]), max_size=2))),
        quotes=tuple(quotes),
        claims=tuple(claims),
    )


TERMS = st.builds(
    lambda pair, excluded: Term(pair[0], pair[1], excluded),
    st.one_of(
        st.tuples(st.just("actor"), st.sampled_from(ACTORS)),
        st.tuples(st.just("speaker"), st.sampled_from(ACTORS)),
        st.tuples(st.just("status"), st.sampled_from(["confirmed", "claimed", "postponed", "scheduled"])),
        st.tuples(st.just("place"), st.sampled_from(["york", "new yo", "Moscow"])),
        st.tuples(st.just("tag"), st.sampled_from(["BOMB", "aid"])),
        st.tuples(st.just("has"), st.sampled_from(["quotes", "claims", "place"])),
        st.tuples(st.just("since"), st.sampled_from(["2023", "2024-11-05"])),
        st.tuples(st.just("until"), st.sampled_from(["2023-05", "2022"])),
        st.tuples(st.just(DURING), st.sampled_from(["2023..2024", "..2023-05-05", "2024-11-05.."])),
        st.tuples(st.just(WORD), st.sampled_from(["tal", "day", "elan", "正恩", "serg", "лав", "victory"])),
        st.tuples(st.just(PHRASE), st.sampled_from(["day of", "tal", "son-hui", "正恩"])),
    ),
    st.booleans(),
)
QUERIES = st.lists(TERMS, max_size=4).map(lambda terms: Query(tuple(dict.fromkeys(terms))))


def hidden(text: str) -> str:
    return text.replace("{", "\u2039U+").replace("}", "\u203a")


def involved(event: Event) -> set[str]:
    spoken = {quote.speaker for quote in event.quotes}
    return {*event.actors, *event.by, *spoken, *(claim.by for claim in event.claims)}


def contains(text: str, wanted: list[str], *, whole: bool) -> bool:
    found = words(text)
    for start in range(len(found) - len(wanted) + 1):
        part = found[start : start + len(wanted)]
        if part == wanted or (not whole and part[:-1] == wanted[:-1] and part[-1].startswith(wanted[-1])):
            return True
    return False


def status_today(event: Event) -> str:
    ahead = event.date.earliest > TODAY and event.status not in ("postponed", "cancelled")
    return "scheduled" if ahead else event.status


def allows(term: Term, event: Event) -> bool:
    match term.field:
        case "since" | "until" | "during":
            first, last = term.days
            return event.date.earliest <= last and event.date.latest >= first
        case "word" | "phrase":
            texts = [event.title, event.place, *(quote.text for quote in event.quotes)]
            texts += [name for actor in involved(event) for name in NAMES.get(actor, [])]
            return any(contains(text, words(term.value), whole=term.field == PHRASE) for text in texts)
        case "place":
            return contains(event.place, words(term.value), whole=False)
        case field:
            value = term.value.lower() if field == "tag" else term.value
            return value in values_of(event)[field]


def values_of(event: Event) -> dict[str, set[str]]:
    return {
        "actor": involved(event),
        "speaker": {quote.speaker for quote in event.quotes},
        "status": {status_today(event)},
        "tag": {tag.lower() for tag in event.tags},
        "has": {name for name in ("quotes", "claims", "place") if getattr(event, name)},
    }


def matches(query: Query, event: Event) -> bool:
    together: dict[object, bool] = {}
    for number, term in enumerate(query.terms):
        if term.excluded:
            if allows(term, event):
                return False
            continue
        group = number if term.field in (WORD, PHRASE) else term.field
        together[group] = together.get(group, False) or allows(term, event)
    return all(together.values())


@examples(150)
@given(st.lists(events(), max_size=12), QUERIES, QUERIES)
def test_a_view_has_the_events_that_the_query_describes(
    found: list[Event], query: Query, other: Query
) -> None:
    everything = story(*found)
    ordered = sorted(found, key=lambda event: event.date.key)
    picked = [key for key, event in enumerate(ordered) if matches(query, event)]
    view = everything.with_query(query)
    assert list(view.keys) == picked
    assert [row.title for row in view.rows(0, 99)] == [ordered[key].title for key in picked]
    assert [row.status for row in view.rows(0, 99)] == [status_today(ordered[key]) for key in picked]
    assert list(view.find(other)) == [at for at, key in enumerate(picked) if matches(other, ordered[key])]
    assert view.count == len(picked)
    assert sum(view.density(7)) == view.count
    for actor in view.actors():
        chosen = Query(tuple(term for term in query if term.field != "actor" or term.excluded))
        alone = everything.with_query(chosen.with_term("actor", actor.id))
        assert actor.count == alone.count == sum(actor.activity)
        assert actor.chosen == (actor.id in query.values("actor"))


@given(st.lists(events(), min_size=1, max_size=12), QUERIES, st.integers(-1, 13), st.integers(-2, 40))
def test_positions_and_keys_lead_to_each_other(
    found: list[Event], query: Query, key: int, weeks: int
) -> None:
    view = story(*found).with_query(query)
    for position in range(view.count):
        assert view.position_of(view.key_at(position)) == position
    position = view.position_of(key)
    if view.count:
        assert position == min(bisect_left(list(view.keys), key), view.count - 1)
    else:
        assert position == -1
    day = TODAY + 7 * weeks
    later = [at for at in range(view.count) if view.event(view.key_at(at)).date.earliest >= day]
    assert view.position_at(day) == (later[0] if later else view.count - 1)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.integers(1, 60))
def test_density_counts_days_in_equal_slices_of_the_span(offsets: list[int], cells: int) -> None:
    start = date(2024, 1, 1)
    view = story(*(event((start + timedelta(offset)).isoformat(), "x") for offset in offsets))
    first, last = view.span
    assert (first, last) == (start.toordinal() + min(offsets), start.toordinal() + max(offsets))
    expected = [0] * cells
    for offset in offsets:
        expected[(start.toordinal() + offset - first) * cells // (last - first + 1)] += 1
    assert list(view.density(cells)) == expected


ODD_DATES = [
    "2022/..", "../2022", "/2022", "-0043", "Y-13800000000", "199X", "2024-21", "[2024-01..]", "[..1900]",
    "{2020..2022}", "9999-12-31T23:59:59-12:00", "0000", "Y17E8", "2024-11-06",
]  # fmt: skip


@given(st.lists(st.sampled_from(ODD_DATES), max_size=20), st.integers(1, 100))
def test_any_dates_have_a_finite_span_that_they_lie_in(dates: list[str], cells: int) -> None:
    view = story(*(event(text, "x") for text in dates))
    first, last = view.span
    assert all(first <= view.day_of(position) <= last for position in range(view.count))
    assert sum(view.density(cells)) == view.count
    assert all(place.label and 0 <= place.before < view.count for place in view.breaks)


def test_open_ends_are_outside_of_the_span() -> None:
    view = story(event("../2022", "a"), event("2023-05", "b"), event("2023-04/..", "c"))
    assert view.span == (parse_date("2022-12-31").earliest, parse_date("2023-05-31").latest)
    assert view.density(2) == (1, 2)
    assert view.day_of(0) == view.span[0]


def test_an_empty_view_answers_everything() -> None:
    for view in (story(), story(event("2024", "a")).with_query(parse_query("zzz").query)):
        assert (view.count, view.keys, view.rows(0, 9), view.breaks) == (0, view.keys, [], ())
        assert view.span == (TODAY, TODAY)
        assert view.density(3) == (0, 0, 0)
        assert view.position_of(0) == view.position_at(TODAY) == -1
        assert [actor.count for actor in view.actors()] == [0, 0, 0, 0]
        assert not view.find(Query())


def test_views_are_equal_if_they_show_the_same_of_the_same_timeline() -> None:
    view = story(event("2024", "a"))
    query = parse_query("a").query
    assert view.with_query(query) == view.with_query(parse_query(" a ").query)
    assert view.with_query(query) != view
    assert view.with_query(query).with_query(Query()) == view
    assert View(Index.build(HEADER, [event("2024", "a")]), today=TODAY) != view
    assert View(view.index, today=TODAY + 1) != view


def test_a_future_event_is_scheduled_unless_it_was_called_off() -> None:
    view = story(
        event("2024-11-04", "today", status="claimed"),
        event("2024-11-05", "vote"),
        event("2024-11-06", "off", status="cancelled"),
        event("2024-10-01", "forgotten", status="scheduled"),
    )
    statuses = {row.title: row.status for row in view.rows(0, 9)}
    assert statuses == {"today": "claimed", "vote": "scheduled", "off": "cancelled", "forgotten": "scheduled"}
    assert shown(view, "status:scheduled") == ["forgotten", "vote"]
    assert shown(view, "-status:scheduled") == ["today", "off"]


def test_rows_are_fit_for_a_screen() -> None:
    (row,) = story(
        event(
            "2024", "a\x1b[2J\nb", kind="x\u202e", place="P\n\x00", status="claimed", by=("lavrov", "q\x07")
        )
    ).rows(0, 1)
    assert (row.title, row.kind, row.place) == (hidden("a{001B}[2J b"), hidden("x{202E}"), hidden("P {0000}"))
    assert row.by == ("Sergey Lavrov", hidden("q{0007}"))


def test_a_page_beyond_the_end_is_short() -> None:
    view = story(event("2023", "a"), event("2024", "b"))
    assert [row.title for row in view.rows(1, 50)] == ["b"]
    assert view.rows(5, 9) == []


def test_a_line_of_the_file_leads_to_the_event_it_lies_in() -> None:
    view = story(
        event("2024", "late", line=10), event("2022", "early", line=20), event("2023", "mid", line=30)
    )
    titles = [view.event(view.key_at_line(line)).title for line in (1, 10, 19, 20, 29, 99)]
    assert titles == ["late", "late", "late", "early", "early", "mid"]
    assert story().key_at_line(1) == -1


def test_actors_come_by_kind_then_by_count_then_by_name() -> None:
    view = story(
        event("2022", "a", actors={"choe-son-hui": "", "stranger": ""}),
        event("2023", "b", quotes=(quote("lavrov", "x", to=("choe-son-hui",)),)),
    )
    assert [(actor.id, actor.kind, actor.count) for actor in view.actors()] == [
        ("russia", "state", 0),
        ("choe-son-hui", "person", 2),
        ("lavrov", "person", 1),
        ("tass", "media", 0),
        ("stranger", "", 1),
    ]
    assert view.actors()[1].activity == (1, 0, 0, 0, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "2 events"),
        ("actor:choe-son-hui kind:vote", "1 of 2 events · actor: Choe Son-hui · kind: vote"),
        ("-topic:troops zzz", "0 of 2 events · not topic: How many soldiers? · zzz"),
    ],
)
def test_the_sentence_describes_the_view(text: str, sentence: str) -> None:
    view = story(event("2022", "a", actors={"choe-son-hui": ""}, kind="vote"), event("2023", "b"))
    assert view.with_query(parse_query(text).query).sentence == sentence


def test_the_sentence_shows_control_characters_of_a_query() -> None:
    assert "\x1b" not in story().with_query(parse_query("tag:\x1b").query).sentence


def test_breaks_are_those_of_the_events_in_view() -> None:
    view = story(*(event(f"{year}-05-01", f"x {year}") for year in (2020, 2021, 2023)))
    assert [place.label for place in view.breaks] == ["2020", "2021", "2023"]
    assert [place.label for place in view.with_query(parse_query("since:2021").query).breaks] == [
        "2021",
        "2023",
    ]


def test_times_with_offsets_are_sorted_by_instant_and_headings_are_not_repeated() -> None:
    view = story(
        event("2024-11-05T09:00-05:00", "Polls open in New York"),
        event("2024-11-05T20:00:00-05:00", "Polls close in New York"),
        event("2024-11-06T00:30:00Z", "London bulletin"),
        event("2024-11-06T10:15:00+09:00", "Pyongyang statement"),
        event("2024-11-06T02:00:00+01:00", "Berlin reaction"),
        event("2024-11-05T21:00:00-05:00", "Last polls close"),
    )
    assert shown(view) == [
        "Polls open in New York",
        "London bulletin",
        "Polls close in New York",
        "Berlin reaction",
        "Pyongyang statement",
        "Last polls close",
    ]
    assert [(each.before, each.label) for each in view.breaks] == [
        (0, "5 November 2024"),
        (1, "6 November 2024"),
    ]
    assert shown(view, "..2024-11-05") == [
        "Polls open in New York", "Polls close in New York", "Last polls close",
    ]  # fmt: skip
    assert shown(view, "since:2024-11-06") == ["London bulletin", "Berlin reaction", "Pyongyang statement"]
    assert [view.is_ahead(key) for key in view.keys] == [True] * 6
    day = parse_date("2024-11-05").earliest
    on_that_day = View(view.index, today=day)
    ahead = [row.title for row in on_that_day.rows(0, 6) if row.status == "scheduled"]
    assert ahead == shown(on_that_day, "status:scheduled") == [
        "London bulletin", "Berlin reaction", "Pyongyang statement",
    ]  # fmt: skip


def test_evening_events_are_under_the_local_day() -> None:
    view = story(event("2024-11-05T20:00-05:00", "Evening"), event("2024-11-06T08:00-05:00", "Morning"))
    assert [(each.before, each.label) for each in view.breaks] == [
        (0, "5 November 2024"),
        (1, "6 November 2024"),
    ]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("会谈", "朝俄外长在北京会谈后发表声明"),
        ("กรุงเทพ", "รัฐมนตรีต่างประเทศพบกันที่กรุงเทพ"),
        ("islak", "Straße nach İstanbul ist ıslak"),
        ("strasse", "Straße nach İstanbul ist ıslak"),
        ("वार्ता", "वार्ता समाप्त हुई"),
        ("والامة", "اَلْعَرَبِيَّةُ والأمــة إلى القاهرة"),
        ("oeuvre", "Œuvre d’art at l'Élysée and naïve café"),
        ("123 abc", "Full １２３ width ＡＢＣ"),
        ("カタカナ", "東京で会談 ｶﾀｶﾅ"),
        ("会談", "東京で会談 ｶﾀｶﾅ"),
        ("회담", "회담에서 합의했다"),
        ("σισυφος", "Ελλάδα ΣΊΣΥΦΟΣ"),
        ("lodz", "Đà Nẵng Łódź Ørsted Þór ﬁnance"),
        ("orsted", "Đà Nẵng Łódź Ørsted Þór ﬁnance"),
        ("nang", "Đà Nẵng Łódź Ørsted Þór ﬁnance"),
        ("danang", "Đà Nẵng Łódź Ørsted Þór ﬁnance"),
        ("vietn", "Việt Nam protests"),
        ("thor", "Đà Nẵng Łódź Ørsted Þór ﬁnance"),
        ("finance", "Đà Nẵng Łódź Ørsted Þór ﬁnance"),
    ],
)
def test_words_are_found_as_they_are_typed_on_a_plain_keyboard(typed: str, title: str) -> None:
    assert shown(story(event("2024", title), event("2024", "Something else")), typed) == [title]


def test_a_view_answers_all_that_may_be_asked_of_a_timeline() -> None:
    asked = {name for name in vars(TimelineView) if not name.startswith("_")}
    view: TimelineView = story(event("2024", "a"))
    assert asked <= set(dir(view))
    assert "disclosures" in asked


def test_views_do_not_share_results() -> None:
    view = story(event("2024", "a"), event("2025", "b"))
    assert (view.count, view.is_ready) == (2, False)
    found = view.with_query(Query((Term(WORD, "a"),)))
    assert (found.count, found.span[1] - found.span[0]) == (1, 365)
    assert view.count == 2
    assert view == replace(view)
    assert replace(view, today=view.today + 1).count == 2


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.integers(0, 300), st.integers(1, 60))
def test_in_empty_times_no_event_begins_and_those_of_two_slices_are_found(
    offsets: list[int], length: int, cells: int
) -> None:
    day = date(2024, 1, 1)
    dates = sorted(day + timedelta(offset) for offset in offsets)
    lasting = event(f"{dates[-1]}/{dates[-1] + timedelta(length)}", "x") if length else event(str(day), "x")
    view = story(lasting, *(event(str(each), "x") for each in dates))
    first, last = view.span
    days = sorted({view.day_of(position) for position in range(view.count)} | {last})
    between = [(one + 1, other - 1) for one, other in pairwise(days) if other - one > 1]
    found = view.empty_times(cells)
    assert set(found) <= set(between)
    assert found == sorted(found)
    slice_ = (last - first + 1) / cells
    assert {gap for gap in between if gap[1] - gap[0] + 1 >= 2 * slice_ + 2} <= set(found)


@pytest.mark.parametrize("known_on", [None, "2024-01-02"])
@pytest.mark.parametrize("query", ["", "a", "zzz"])
def test_the_key_for_no_event_is_in_no_view_and_is_not_known(query: str, known_on: str | None) -> None:
    whole = story(event("2024-01-01", "a"), event("2024-02-01", "b"))
    day = None if known_on is None else parse_date(known_on).earliest
    view = whole.known_by(day).with_query(parse_query(query).query)
    assert not view.has(-1)
    assert not view.is_known(-1)
