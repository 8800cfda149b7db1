"""The page of a topic: claims in time and on one scale, the spread, the answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import HEADER, event, shown, story
from timeline_tui.answers import claims as claims_module
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.lines import Target
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.records import Actor, Citation, Claim, Event, Header, Source, Topic
from timeline_tui.pages.claims import MOST, claims_page
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

TOPIC_HEADER = Header(
    title="A story",
    actors={
        **HEADER.actors,
        "ghost": Actor(name="Ghost\N{RIGHT-TO-LEFT OVERRIDE}[bold]\x1b[31m金正恩의 대변인 👩‍👩‍👧"),
        "twin": Actor(name="Russia"),
    },
    sources={
        "paper": Source(title="A paper"),
        "joke": Source(title="A joke", kind="satire"),
    },
    topics={
        "troops": Topic(question="How many\nsoldiers?", unit="soldiers", description="Shipped or present."),
        "empty": Topic(question="Who asks?"),
        "answers": Topic(question="Are they there?"),
    },
)


def claim(value: str, by: str = "russia", date: str = "", about: str = "troops", **fields: Any) -> Claim:  # noqa: ANN401  any field of a claim
    return Claim(about=about, by=by, value=value, date=parse_date(date) if date else None, **fields)


def told(*claims: Claim, date: str = "2024-11-01") -> View:
    return story(event(date, "Something is said", claims=claims), header=TOPIC_HEADER)


def rows(view: View, topic: str = "troops", width: int = 100) -> list[str]:
    return [line.text for line in claims_page(view, topic, width).lines]


def part_of(lines: list[str], start: str, stop: str = "\0") -> list[str]:
    """The lines from the one that begins with `start` to the blank one or the one that begins with `stop`."""
    first = next(place for place, line in enumerate(lines) if line.startswith(start))
    rest = lines[first + 1 :]
    ends = [place for place, line in enumerate(rest) if not line or line.startswith(stop)]
    return rest[: ends[0]] if ends else rest


def in_time(lines: list[str]) -> list[str]:
    """The rows of the time panel: after the legend and the axis."""
    panel = part_of(lines, "When")
    return panel[next(place for place, line in enumerate(panel) if line.lstrip().startswith("╷")) + 1 :]


@pytest.fixture(scope="module")
def bundled() -> View:
    return View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)


def test_the_bundled_story_shows_who_named_which_figure_when(bundled: View) -> None:
    page = claims_page(bundled, "troops-in-russia", 100)
    lines = [line.text for line in page.lines]
    assert page.title == "How many North Korean soldiers are in Russia?"
    assert lines[0].startswith(
        "soldiers · 12 claims by 11 speakers · latest figures: about 3,000 to about 12,000"
    )
    times = "\n".join(in_time(lines))
    assert "National Intelligence Service ≈1,500────●3,000" in times
    assert "↔11,000–12,000" in times
    figures = part_of(lines, "Figures (soldiers)")
    place = figures.index("National Intelligence Service")
    assert figures[place + 1].startswith("┌ 18 October 2024  about 1,500 ")
    assert figures[place + 2].startswith("│   ")
    assert any(row.startswith("└ 23 October 2024  3,000 ") for row in figures[place + 3 : place + 5])
    assert "18 October 2024   2 speakers   about 1,500 to about 11,000" in part_of(lines, "The spread")


def test_every_bundled_topic_fits_every_width(bundled: View) -> None:
    for topic in bundled.header.topics:
        for width in (30, 47, 59, 60, 80, 100, 200):
            page = claims_page(bundled, topic, width)
            assert all(cells(line.text) <= width for line in page.lines), (topic, width)


def test_each_bundled_claim_leads_to_its_event_and_its_sources(bundled: View) -> None:
    page = claims_page(bundled, "troops-in-kursk", 100)
    (line,) = [line for line in page.lines if "about 11,000 " in line.text and line.text.startswith("  18 ")]
    (target,) = line.targets
    assert target.sources == ("dod-nov18",)
    assert any(claim.value == "~11000" for claim in bundled.event(target.key).claims)


def test_only_the_last_of_very_many_events_are_read_and_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claims_module, "MOST_EVENTS", 3)
    said = [(f"2024-10-0{day + 1}", claim(f"{day}", f"s{day}")) for day in range(5)]
    events = (event(date, "x", claims=(one,)) for date, one in said)
    lines = rows(story(*events, header=TOPIC_HEADER))
    assert lines[:2] == [
        "soldiers · 3 claims by 3 speakers · latest figures: 2 to 4 · 2 earlier events with claims on this",
        "left out",
    ]
    assert not any("s1" in line for line in lines)
    assert "left out" not in " ".join(rows(told(claim("5"))))


def test_the_title_is_the_question_on_one_line() -> None:
    assert claims_page(told(claim("5")), "troops", 80).title == "How many soldiers?"


def test_each_kind_of_figure_has_its_own_sign() -> None:
    values = ["8000", "~8000", "..8000", "8000..", "8000..10000", "~..8000"]
    view = told(*(claim(value, f"speaker-{place}") for place, value in enumerate(values)))
    lines = rows(view)
    signs = [row.split()[-1] for row in in_time(lines)]
    assert signs == ["●8,000", "≈8,000", "≤8,000", "≥8,000", "↔8,000–10,000", "≤≈8,000"]
    assert "≈ at an end: about that figure" in lines


def test_equal_figures_are_aligned_whoever_gives_them() -> None:
    lines = rows(
        told(claim("8000", "tass"), claim("1", "tass"), claim("8000", "lavrov"), claim("8000..", "russia"))
    )
    drawn = [line for line in part_of(lines, "Figures") if "November" in line and "8,000" in line]
    assert [line.find("●") for line in drawn[:2]] == [drawn[2].find("├")] * 2
    assert len(drawn) == 3


def test_the_legend_explains_only_signs_that_occur() -> None:
    text = "\n".join(rows(told(claim("..5"))))
    assert "≤ at most" in text
    assert "◂──┤ at most" in text
    assert "exact" not in text
    assert "the same speaker again" not in text


def test_revisions_of_a_speaker_are_joined_in_both_panels() -> None:
    view = told(
        claim("1500", date="2024-10-18"), claim("3000", date="2024-10-23"), claim("9", date="2024-10-30"),
        claim("4", "tass", date="2024-10-30"),
    )  # fmt: skip
    lines = rows(view)
    russia, tass = in_time(lines)
    assert russia.split(maxsplit=1)[1].startswith("●1,500─")
    assert "─●3,000─" in russia
    assert "─" not in tass
    gutters = [line[:2] for line in part_of(lines, "Figures") if "October" in line]
    assert gutters == ["┌ ", "├ ", "└ ", "  "]


def test_a_row_in_time_leads_to_its_claims_from_left_to_right() -> None:
    view = story(
        event("2024-11-03", "Later", claims=(claim("2", sources=(Citation(id="joke"),)),)),
        event(
            "2024-11-01",
            "Earlier",
            claims=(claim("no", about="answers"), claim("1", sources=(Citation(id="paper"),))),
        ),
        header=TOPIC_HEADER,
    )
    (row,) = [line for line in claims_page(view, "troops", 80).lines if line.text.startswith("Russia ")]
    assert row.targets == (Target(0, sources=("paper",), claim=1), Target(1, sources=("joke",), claim=0))
    assert row.text.index("●1") < row.text.index("●2")


def test_a_date_of_several_days_is_drawn_as_the_period_that_it_can_mean() -> None:
    view = told(claim("5", "tass", "[2024-11-01..2024-11-10]"), claim("7", date="2024-11-20"))
    lines = rows(view)
    row = next(row for row in in_time(lines) if row.startswith("TASS"))
    assert "●┄┄┄" in row
    assert any("┄ some day in this period" in line for line in lines)
    assert any(line.startswith("1–10 November 2024") for line in part_of(lines, "The spread"))
    assert "┄" not in "".join(rows(told(claim("5", date="2024-11-01"))))


def test_several_figures_of_one_speaker_on_one_day_are_pointed_out() -> None:
    lines = rows(
        told(claim("1200.."), claim("12000"), claim("12000"), claim("3", "tass"), claim("3", "tass"))
    )
    assert "Russia  two figures on one day: 1 November 2024" in lines
    assert "TASS" in lines
    assert any("✱" in line for line in in_time(lines))


def test_several_figures_dated_to_one_month_are_not_a_conflict() -> None:
    assert not [line for line in rows(told(claim("1"), claim("2"), date="2024-11")) if "one day" in line]


def test_claims_that_rest_only_on_satire_are_labelled() -> None:
    joke, paper = Citation(id="joke"), Citation(id="paper")
    lines = rows(
        told(claim("1", sources=(joke,)), claim("2", "tass", sources=(joke, paper)), claim("3", "lavrov"))
    )
    assert [line.split(", ")[0][-1] for line in lines if "2024" in line and ", satire" in line] == ["1"]
    assert "1 claim rests only on satire" in lines[0]
    text = "\n".join(rows(told(claim("Yes", about="answers", sources=(joke,))), "answers"))
    assert "A 1 November 2024 (satire)" in text


def test_the_scale_starts_at_0_unless_the_figures_would_coincide() -> None:
    lines = part_of(rows(told(claim("5100"), claim("5160", "tass"))), "Figures")
    assert "the scale does not begin at 0" in lines
    assert any("╷5,100" in line for line in lines)
    lines = part_of(rows(told(claim("3000"), claim("5160", "tass"))), "Figures")
    assert "the scale does not begin at 0" not in lines
    assert any("╷0 " in line for line in lines)


def test_the_page_says_that_nearby_figures_overlap() -> None:
    lines = part_of(rows(told(claim("1"), claim("2", "tass"), claim("9000000", "lavrov"))), "Figures")
    assert "nearby figures overlap" in lines


def test_two_speakers_with_the_same_name_are_distinguished_by_their_ids() -> None:
    lines = rows(told(claim("1"), claim("2", "twin")))
    assert "Russia (russia)" in lines
    assert "Russia (twin)" in lines


def test_the_same_answer_once_folded_has_one_letter() -> None:
    view = told(
        claim("No", about="answers"),
        claim("NO", "tass", about="answers"),
        claim("Yés", "lavrov", about="answers"),
    )
    lines = rows(view, "answers")
    assert "A  No (2 speakers)" in lines
    assert "B  Yés" in lines
    assert not any(line.startswith("C ") for line in lines)
    grid = part_of(lines, "Who gave")
    assert [line.split()[-6:-3] for line in grid[1:]] == [["●", "·", "A"], ["●", "·", "A"], ["·", "●", "B"]]


def test_a_changed_answer_is_shown_with_its_dates() -> None:
    view = told(
        claim("No", about="answers", date="2024-10-01"),
        claim("No comment", about="answers", date="2024-10-09"),
    )
    lines = rows(view, "answers")
    assert any("● ●  A 1 October 2024 → B 9 October 2024" in line for line in lines)
    (row,) = in_time(lines)
    assert row.startswith("Russia A───")
    assert row.rstrip().endswith("─B")


@pytest.mark.parametrize("count", [1, 26, 40, 60])
@pytest.mark.parametrize("width", [30, 100, 200])
def test_many_answers_each_have_a_place_in_the_grid(count: int, width: int) -> None:
    view = told(*(claim(f"Answer {place}", f"s{place}", about="answers") for place in range(count)))
    page = claims_page(view, "answers", width)
    lines = [line.text for line in page.lines]
    assert all(cells(line) <= width for line in lines)
    grid = lines[lines.index("Who gave which answer") :]
    assert sum(line.count("●") for line in grid) == count
    letter = {1: "A", 26: "Z", 40: "n", 60: "60"}[count]
    assert any(line.startswith(f"{letter}  Answer {count - 1}") for line in lines)
    assert any(f"{letter} 1 November 2024" in line for line in grid)


def test_figures_and_texts_on_one_topic_have_both_panels() -> None:
    lines = rows(told(claim("5"), claim("No comment", "tass")))
    assert "Answers" in lines
    assert "Figures (soldiers), all on one scale" in lines
    assert [row.split() for row in in_time(lines)] == [["Russia", "●5"], ["TASS", "A"]]


def test_a_topic_on_which_nobody_claims_anything_says_so() -> None:
    view = told(claim("5"))
    assert rows(view, "empty") == ["Nobody in the story makes a claim on this."]
    assert claims_page(view, "empty", 80).title == "Who asks?"
    known = view.known_by(parse_date("2024-11-02").earliest)
    assert rows(known, "empty") == ["No claim on this was known by 2 November 2024."]


def test_an_unknown_topic_says_so() -> None:
    page = claims_page(told(), "no-such\x1b-topic", 80)
    assert "\x1b" not in page.title
    assert [line.text for line in page.lines] == ["The story has no such topic."]


def test_claims_outside_the_filter_are_only_counted() -> None:
    view = story(
        event("2024-11-01", "Kept"),
        event("2024-11-02", "Said", claims=(claim("5"),)),
        header=TOPIC_HEADER,
    )
    assert shown(view, "kept") == ["Kept"]
    kept = view.with_query(parse_query("kept", view.vocabulary).query)
    assert rows(kept) == ["None of the events shown has a claim on this; 1 event of the story does."]


def test_dates_are_counted_from_the_day_that_the_view_counts_from() -> None:
    view = told(claim("5", date="2024-10-18"), claim("6", date="2024-11-12"))
    counted = view.counted_from(parse_date("2024-11-02").earliest)
    assert counted.day_in_words(parse_date("2024-10-18").earliest) == "T-15"
    text = "\n".join(rows(counted))
    assert "T-15" in text
    assert "October" not in text
    assert "Oct" not in text
    assert "2024" not in text


def test_undated_claims_need_no_axis() -> None:
    lines = rows(told(claim("5"), date="[..2020,2023..]"))
    assert not any(line.startswith("When") for line in lines)
    assert any(line.startswith("Figures") for line in lines)


SPEAKERS = st.sampled_from(["russia", "twin", "ghost", "nobody-known", "tass"])
FIGURES = ["-5", "0", "-0.5..0.25", "8000", "~8000", "..8000", "8000..", "~..9", "~1..2", "0.0001"]
HOSTILE = ["9" * 59, "-" + "9" * 50 + "..", "." * 70, "金" * 60, "a\x1b[31m\u202e\n\tb", "\u200b", "~1e"]
VALUES = st.one_of(
    st.sampled_from(FIGURES + HOSTILE), st.integers(-(10**12), 10**12).map(str), st.text(max_size=40)
)
DATES = st.sampled_from(
    [
        "2024-11-01",
        "2024-11-05",
        "2024",
        "-0044-03-15",
        "Y-170000",
        "[..2020,2023..]",
        "../2022",
        "2024-11-02/..",
    ]
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    claims = st.builds(claim, VALUES, SPEAKERS, st.one_of(st.just(""), DATES))
    return event(draw(DATES), "Something", claims=tuple(draw(st.lists(claims, max_size=6))))


@examples(150)
@given(st.lists(events(), min_size=1, max_size=4), st.integers(30, 200))
def test_no_line_is_too_wide_or_contains_invisible_characters(held: list[Event], width: int) -> None:
    page = claims_page(story(*held, header=TOPIC_HEADER), "troops", width)
    for line in page.lines:
        assert cells(line.text) <= width
        assert not set("\x1b\u202e\n\t\u200b") & set(line.text)


@examples(100)
@given(st.lists(events(), min_size=1, max_size=4), st.integers(30, 200))
def test_every_claim_has_a_line_that_leads_to_it(held: list[Event], width: int) -> None:
    page = claims_page(story(*held, header=TOPIC_HEADER), "troops", width)
    values = [one.value for entry in held for one in entry.claims]
    figures = [value for value in values if parse_figure(value)]
    lines = list(page.lines)
    if figures:
        start = next(place for place, line in enumerate(lines) if line.text.startswith("Figures"))
        stop = next(place for place in range(start, len(lines)) if not lines[place].text)
        assert sum(len(line.targets) for line in lines[start:stop]) == len(figures)
    assert all(target.id == "" for line in lines for target in line.targets)


def test_only_the_last_of_ten_thousand_claims_are_listed_and_the_page_says_so() -> None:
    view = story(
        *(
            event(
                f"{1000 + year}-01-{1 + year % 28:02}",
                "Something",
                claims=tuple(claim(f"{year * 10 + place}", f"speaker-{place}") for place in range(10)),
            )
            for year in range(1000)
        ),
        header=TOPIC_HEADER,
    )
    page = claims_page(view, "troops", 100)
    text = "\n".join(line.text for line in page.lines)
    assert "10,000 claims by 10 speakers" in text
    assert f"only the last {MOST:,} claims and days" in text.replace("\n", " ")
    assert sum(line.text.endswith("●") for line in page.lines) >= MOST
