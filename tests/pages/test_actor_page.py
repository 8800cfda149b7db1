from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED
from tests.support.screens import TODAY as READ_ON
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.lines import Line, Target
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Actor, Citation, Claim, Header, Postponement, Topic
from timeline_tui.pages import actor as module
from timeline_tui.pages.actor import actor_page, all_actors
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.model.records import Event
    from timeline_tui.pages.page import Page

CAST = Header(
    title="A story",
    actors={
        "choe": Actor(
            name="Choe Son-hui",
            kind="person",
            role="Foreign Minister",
            of="north-korea",
            aliases=("최선희", "Choi Sun-hee"),
            description="She has spoken for years.\nAnd in *English*.",
        ),
        "north-korea": Actor(name="North Korea", kind="state"),
        "lavrov": Actor(name="Sergey Lavrov", kind="person"),
    },
    topics={
        "troops": Topic(question="How many soldiers?", unit="soldiers"),
        "treaty": Topic(question="Is it an alliance?"),
    },
)


def told(lines: Iterable[Line]) -> list[str]:
    return [line.text for line in lines]


def part_of(page: Page, heading: str) -> list[Line]:
    """The lines from a heading to the next blank line."""
    start = next(place for place, line in enumerate(page.lines) if line.text.startswith(heading))
    rest = page.lines[start:]
    return list(rest[: next((place for place, line in enumerate(rest) if not line.text), len(rest))])


def test_the_page_says_who_the_actor_is() -> None:
    page = actor_page(story(event("2024-01-01", "x", actors={"choe": ""}), header=CAST), "choe", 80)
    assert page.title == "Choe Son-hui"
    assert told(page.lines[:5]) == [
        "person · Foreign Minister · of North Korea",
        "also written 최선희, Choi Sun-hee",
        "",
        "She has spoken for years.",
        "And in *English*.",
    ]


def test_the_silence_leads_to_the_last_event() -> None:
    view = story(
        event("2024-01-01", "x", actors={"choe": ""}), event("2024-01-04", "later"), header=CAST
    )  # fmt: skip
    lines = actor_page(view, "choe", 80).lines
    (silence,) = [line for line in lines if line.text.startswith("last seen")]
    assert silence.text == "last seen 1 January 2024, 3 days before the story ends"
    assert silence.targets == (Target(0),)


def test_a_silence_that_is_long_for_the_actor_says_so() -> None:
    days = [f"2024-01-{day:02}" for day in (1, 2, 3, 4)]
    view = story(
        *(event(day, day, actors={"choe": ""}) for day in days), event("2024-02-04", "later"), header=CAST
    )
    words = "last seen 4 January 2024, 31 days before the story ends: unusually long (usual gap: 1 day)"
    assert words in told(actor_page(view, "choe", 100).lines)


def test_activity_is_drawn_over_the_period_of_the_whole_view() -> None:
    events = [event("2024-01-01", "first"), event("2024-04-09", "last")]
    events += [event("2024-01-11", f"a {number}", actors={"choe": ""}) for number in range(9)]
    events += [event("2024-03-01", "b", actors={"choe": ""})]
    page = actor_page(story(*events, header=CAST), "choe", 50)
    assert told(part_of(page, "10 events")) == [
        "10 events",
        " " * 5 + "█" + " " * 24 + "▁",
        "1 January 2024" + " " * 24 + "9 April 2024",
        "each bar is about 2 days, the highest has 9 events",
    ]


@pytest.mark.parametrize("date", ["2024-01-11", "../2020", "2022-02-24/..", "Y-13800000000", "2024"])
def test_every_date_has_a_bar_or_a_day(date: str) -> None:
    page = actor_page(story(event(date, "a", actors={"choe": ""}), header=CAST), "choe", 50)
    text = "\n".join(told(page.lines))
    assert "█" in text or "all on " in text


def test_the_events_of_an_actor_are_listed_the_latest_first_and_lead_there() -> None:
    view = story(
        event("2024-01-01", "First", actors={"choe": ""}),
        event("2024-01-02", "Without her"),
        event("2024-01-03", "Last", actors={"choe": ""}, status="disputed"),
        header=CAST,
    )
    lines = part_of(actor_page(view, "choe", 50), "2 events, the latest first")
    assert told(lines[1:]) == ["3 January 2024  ◇ Last", "1 January 2024  ● First"]
    assert [line.targets for line in lines[1:]] == [(Target(2),), (Target(0),)]


def test_the_number_of_events_leads_to_a_filter_by_the_actor() -> None:
    view = story(event("2024-01-01", "a", actors={"choe": ""}), event("2024-01-02", "b"), header=CAST)
    (target,) = part_of(actor_page(view, "choe", 50), "1 event")[0].targets
    assert target.leads == "filter"
    assert view.with_query(parse_query(target.id, view.vocabulary).query).count == 1


def test_company_is_counted_by_shared_events_and_leads_to_its_pages() -> None:
    view = story(
        event("2024-01-01", "a", actors={"choe": "", "lavrov": ""}),
        event("2024-01-02", "b", by=("lavrov",), quotes=(quote("choe", "Yes.", to=("north-korea",)),)),
        event("2024-01-03", "c", actors={"lavrov": ""}),
        header=CAST,
    )
    lines = part_of(actor_page(view, "choe", 50), "appears with")
    assert told(lines) == ["appears with", "     2  Sergey Lavrov", "     1  North Korea"]
    assert [line.targets for line in lines[1:]] == [
        (Target(leads="actor", id="lavrov"),),
        (Target(leads="actor", id="north-korea"),),
    ]


def test_company_is_counted_the_same_for_few_and_for_many_events(monkeypatch: pytest.MonkeyPatch) -> None:
    view = View(open_timeline(BUNDLED, today=READ_ON).index, today=READ_ON)
    whole = part_of(actor_page(view, "north-korea", 80), "appears with")
    monkeypatch.setattr(module, "_MOST_EVENTS", 0)
    assert part_of(actor_page(view, "north-korea", 80), "appears with") == whole
    assert len(whole) == 12


def test_as_known_on_a_day_company_is_counted_in_the_events_known_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = story(
        event(
            "2024-01-01",
            "a",
            actors={"choe": ""},
            quotes=(quote("lavrov", "Late.", date=parse_date("2024-03-01")),),
        ),
        event("2024-01-02", "b", actors={"choe": "", "north-korea": ""}),
        header=CAST,
    )
    then = view.known_by(parse_date("2024-02-01").earliest)
    monkeypatch.setattr(module, "_MOST_EVENTS", 0)
    assert told(part_of(actor_page(then, "choe", 50), "appears with")) == [
        "appears with",
        "     1  North Korea",
    ]
    assert len(part_of(actor_page(view, "choe", 50), "appears with")) == 3


def test_as_known_on_a_day_bars_stand_on_the_days_known_then() -> None:
    visit = event(
        "2024-03-01",
        "A visit",
        actors={"choe": ""},
        known=parse_date("2024-01-20"),
        postponed=(Postponement(date=parse_date("2024-01-03"), known=parse_date("2024-01-01")),),
    )
    view = story(
        visit,
        event("2024-01-01", "a", actors={"choe": ""}),
        event("2024-01-02", "b", actors={"choe": ""}),
        event("2024-01-05", "c", actors={"lavrov": ""}),
        header=CAST,
    )
    then = view.known_by(parse_date("2024-01-05").earliest)
    assert told(part_of(actor_page(then, "choe", 50), "3 events"))[1] == "███"


def test_ten_others_are_named_and_the_rest_counted() -> None:
    crowd = {f"guest-{number:02}": "" for number in range(13)}
    view = story(event("2024-01-01", "a", actors={"choe": "", **crowd}), header=CAST)
    lines = part_of(actor_page(view, "choe", 50), "appears with")
    assert len(lines) == 12
    assert lines[1].text.endswith("guest-00")
    assert lines[-1].text.strip() == "and 3 more"


def test_quotes_are_in_quotation_marks_and_paraphrases_are_not() -> None:
    view = story(
        event(
            "2024-01-01",
            "a",
            quotes=(
                quote("lavrov", "Not hers."),
                quote("choe", "“Own” words.", sources=(Citation("tass-1"),)),
                quote("choe", "that she agrees", kind="paraphrase", date=parse_date("2023-12")),
                quote("choe", "Ha!", kind="satire"),
            ),
        ),
        header=CAST,
    )
    lines = part_of(actor_page(view, "choe", 80), "3 quotes, the latest first")
    assert told(lines[1:]) == [
        "1 January 2024  ““Own” words.”",
        "December 2023   paraphrase: that she agrees",
        "1 January 2024  satire: “Ha!”",
    ]
    assert [line.targets for line in lines[1:]] == [
        (Target(0, 1, ("tass-1",)),), (Target(0, 2),), (Target(0, 3),),
    ]  # fmt: skip


def test_a_cut_quote_keeps_its_closing_mark_and_a_paraphrase_has_none() -> None:
    words = "one two three four five six seven eight nine “ten eleven twelve thirteen”"
    view = story(
        event("2024-01-01", "a", quotes=(quote("choe", words), quote("choe", words, kind="paraphrase"))),
        header=CAST,
    )
    _, direct, paraphrase = told(part_of(actor_page(view, "choe", 60), "2 quotes"))
    assert direct.endswith("…”")
    assert paraphrase.endswith("…")


def test_claims_give_the_figure_in_words_and_the_question() -> None:
    claims = (
        Claim(about="troops", by="choe", value="8000..10000", sources=(Citation("nyt-1"),)),
        Claim(about="troops", by="lavrov", value="1"),
        Claim(about="treaty", by="choe", value="no", date=parse_date("2023-12")),
    )
    view = story(event("2024-01-01", "a", claims=claims), header=CAST)
    lines = part_of(actor_page(view, "choe", 80), "2 claims, the latest first")
    assert told(lines[1:]) == [
        "1 January 2024  8,000 to 10,000 soldiers — How many soldiers?",
        "December 2023   no — Is it an alliance?",
    ]
    assert [line.targets for line in lines[1:]] == [
        (Target(0, sources=("nyt-1",), claim=0),),
        (Target(0, claim=2),),
    ]


def test_a_hundred_quotes_beyond_two_hundred_are_counted() -> None:
    quotes = tuple(quote("choe", f"Word {number}.") for number in range(300))
    page = actor_page(story(event("2024-01-01", "a", quotes=quotes), header=CAST), "choe", 80)
    lines = part_of(page, "300 quotes")
    assert len(lines) == 202
    assert lines[-1].text == "and 100 more"


def test_only_the_last_of_many_events_are_read_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"{1000 + number}-01-01" for number in range(1_000)]
    claim = (Claim(about="troops", by="choe", value="1"),)
    view = story(
        *(event(day, day, quotes=(quote("choe", f"In {day}."),), claims=claim) for day in days), header=CAST
    )
    read: list[int] = []
    decode = View.event

    def counting(self: View, key: int) -> Event:
        read.append(key)
        return decode(self, key)

    monkeypatch.setattr(View, "event", counting)
    page = actor_page(view, "choe", 80)
    assert len(read) <= 600
    lines = told(part_of(page, "300 quotes"))
    assert lines[0] == "300 quotes in the last 300 of 1,000 events with quotes, the latest first"
    assert lines[1] == "1 January 1999  “In 1999-01-01.”"
    assert lines[-1] == "and 100 more"
    assert "300 claims in the last 300 of 1,000 events with claims, the latest first" in told(page.lines)


def test_the_page_respects_the_filter() -> None:
    quotes = (quote("choe", "Early."),)
    view = story(
        event("2023-01-01", "a", quotes=quotes, actors={"lavrov": ""}),
        event("2024-01-01", "b", actors={"choe": ""}),
        header=CAST,
    )
    filtered = view.with_query(parse_query("since:2024", view.vocabulary).query)
    text = "\n".join(told(actor_page(filtered, "choe", 80).lines))
    assert "1 event\n" in text
    assert "Early" not in text
    assert "Lavrov" not in text


def test_an_actor_without_events_or_description_has_a_page_too() -> None:
    view = story(event("2024-01-01", "x", actors={"stranger": ""}), header=CAST)
    assert "in none of these events" in told(actor_page(view, "lavrov", 80).lines)
    page = actor_page(view, "stranger", 80)
    assert page.title == "stranger"
    assert page.lines[0].text == "The file names this actor but does not describe them."
    assert "1 event" in told(page.lines)
    assert actor_page(view, "nobody", 80).lines


def test_every_actor_of_the_view_has_a_line() -> None:
    view = story(
        event("2024-01-01", "a", actors={"choe": "", "lavrov": ""}),
        event("2024-01-03", "b", actors={"lavrov": ""}),
        event("2024-12-01", "c", actors={"stranger": ""}),
        header=CAST,
    )
    lines = list(all_actors(view, 80))
    assert told(lines) == [
        "Silences are counted to 3 January 2024, the last day of the story.",
        "",
        "Sergey Lavrov                   2  last seen 3 January 2024",
        "Choe Son-hui                    1  silent for 2 days",
        "stranger                        1  still to come",
    ]
    assert [line.targets for line in lines[2:]] == [
        (Target(leads="actor", id=id_),) for id_ in ("lavrov", "choe", "stranger")
    ]


def test_silences_of_a_story_that_goes_on_count_to_the_day_of_reading() -> None:
    view = story(event("2024-11-01", "a", actors={"choe": ""}), event("2024-11-04", "b"), header=CAST)
    assert [line.text[-17:] for line in all_actors(view, 80)] == ["silent for 3 days"]


HOSTILE = st.text(st.sampled_from("a [/]“”\n\t\x1b\u202e\u200b金é\U0001f600\u0301 "), max_size=60)


@given(HOSTILE, st.integers(30, 120))
def test_no_text_exceeds_its_line(text: str, width: int) -> None:
    header = Header(
        title="x",
        actors={
            "choe": Actor(name=text, kind=text, role=text, of="lavrov", aliases=(text,), description=text)
        },
        topics={"troops": Topic(question=text, unit=text)},
    )
    claims = tuple(Claim(about="troops", by="choe", value=value) for value in (text, "8000"))
    quotes = (quote("choe", text), quote("choe", text, kind="paraphrase"), quote("choe", text, kind="satire"))
    view = story(
        event("2024-01-01", "a", quotes=quotes, claims=claims, actors={"lavrov": "", text or "x": ""}),
        event("2024-03-01T10:00:00+05:30", "a", quotes=quotes),
        header=header,
    )
    for line in (*actor_page(view, "choe", width).lines, *all_actors(view, width)):
        assert cells(line.text) <= width
        assert not {"\n", "\t", "\x1b", "\u202e", "\u200b"} & {*line.text}


def test_a_very_long_description_and_very_many_spellings_are_cut() -> None:
    actor = Actor(name="x", aliases=tuple(map(str, range(1_000))), description="word " * 100_000)
    view = story(
        event("2024-01-01", "a", actors={"choe": ""}), header=Header(title="x", actors={"choe": actor})
    )
    lines = told(actor_page(view, "choe", 80).lines)
    assert len(lines) < 60
    assert "and 960 more spellings" in " ".join(lines)


@pytest.mark.parametrize("width", [30, 40, 80, 120])
def test_the_bundled_actors_fit(width: int) -> None:
    view = View(open_timeline(BUNDLED, today=READ_ON).index, today=READ_ON)
    for actor in view.actors():
        page = actor_page(view, actor.id, width)
        assert all(cells(line.text) <= width for line in page.lines)
    assert all(cells(line.text) <= width for line in all_actors(view, width))


def test_the_bundled_minister_is_shown_with_her_words() -> None:
    view = View(open_timeline(BUNDLED, today=READ_ON).index, today=READ_ON)
    text = told(actor_page(view, "choe-son-hui", 100).lines)
    assert (
        "last seen 4 November 2024, 175 days before the story ends: unusually long (usual gap: 22.5 days)"
        in text
    )
    assert "     5  Sergei Lavrov" in text
    assert "4 November 2024    “sincere, warm, comradely greetings”" in text
    assert "12 quotes, the latest first" in text
