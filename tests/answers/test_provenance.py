from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote, story
from timeline_tui.answers.provenance import SourceTree, outlets, source_trees, support_of, walk_trees
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.open_timeline import open_timeline
from timeline_tui.model.records import Actor, Citation, Claim, Header, Source, Topic
from timeline_tui.pages.event_card import Paragraph, event_card
from timeline_tui.pages.sources import provenance_lines
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.records import Event

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


def told(*ids: str) -> str:
    return support_of(view_of(), ids).verdict


def printed(view: View, width: int = 100) -> str:
    return "\n".join(line.text.rstrip() for line in provenance_lines(view, width))


def test_a_source_stands_below_the_one_it_repeats() -> None:
    assert source_trees(view_of(), ["post", "tass", "blog", "afp"]) == [
        SourceTree(
            "afp",
            cited=True,
            repeats=(SourceTree("post", cited=True, repeats=(SourceTree("blog", cited=True),)),),
        ),
        SourceTree("tass", cited=True),
    ]


def test_a_repeated_source_is_in_the_tree_even_if_it_is_not_cited() -> None:
    assert source_trees(view_of(), ["blog"]) == [
        SourceTree(
            "afp",
            cited=False,
            repeats=(SourceTree("post", cited=False, repeats=(SourceTree("blog", cited=True),)),),
        )
    ]


@pytest.mark.parametrize(
    ("ids", "tops"),
    [
        (["egg", "hen", "chick"], ["egg"]),
        (["chick", "hen"], ["hen"]),
        (["chick"], ["hen"]),
        (["self"], ["self"]),
    ],
)
def test_a_circle_of_repeats_is_cut_and_marked(ids: list[str], tops: list[str]) -> None:
    found = source_trees(view_of(), ids)
    assert [root.id for root in found] == tops
    assert all(root.circular for root in found)
    assert [root.id for _, root in walk_trees(found) if root.cited] == [
        id_ for id_ in ("egg", "hen", "chick", "self") if id_ in ids
    ]


def test_ten_thousand_steps_of_repetition_are_one_tree() -> None:
    sources = {
        f"s{at}": Source(title="T", derived_from=(f"s{at - 1}",) if at else ()) for at in range(10_000)
    }
    view = view_of(sources=sources)
    found = source_trees(view, ["s9999", "s1"])
    assert [root.id for root in found] == ["s0"]
    assert max(depth for depth, _ in walk_trees(found)) == 9999
    assert support_of(view, ["s9999", "s1"]).verdict == "2 reports, one source: T"


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ((), "rests on no source"),
        (("tass",), "rests on one source: TASS"),
        (("tass", "tass"), "rests on one source: TASS"),
        (("kcna",), "rests on one source: A communiqué"),
        (("post",), "rests on one source: Post, which repeats AFP"),
        (("joke",), "rests only on satire: The Joke"),
        (("joke", "wit"), "rests only on satire"),
        (("fooled",), "rests only on satire: The Fooled"),
        (("afp", "post", "blog"), "3 reports, one wire: AFP"),
        (("post", "blog"), "2 reports, one wire: AFP"),
        (("hen", "chick"), "2 reports, one source: Hen"),
        (("tass", "joke"), "rests on one source besides satire: TASS"),
        (("afp", "post", "joke"), "2 reports besides satire, one wire: AFP"),
        (("tass", "afp"), "2 sources, neither said to repeat the other"),
        (("tass", "afp", "kcna"), "3 sources, none said to repeat another"),
        (("tass", "afp", "kcna", "post"), "4 sources, 3 of which repeat no other"),
        (("tass", "blog", "post"), "3 sources that go back to 2"),
        (("tass", "afp", "joke"), "3 sources, none said to repeat another; 1 of them satire"),
        (
            ("tass", "nowhere"),
            "2 sources, neither said to repeat the other; not described in the file: nowhere",
        ),
        (("orphan",), "rests on one source: Orphan, which repeats gone"),
    ],
)
def test_a_verdict_says_no_more_than_the_file(ids: tuple[str, ...], said: str) -> None:
    assert told(*ids) == said


@pytest.mark.parametrize(
    ("ids", "doubtful"),
    [
        ((), True),
        (("tass",), True),
        (("joke", "wit"), True),
        (("afp", "post", "blog"), True),
        (("tass", "joke"), True),
        (("tass", "afp"), False),
    ],
)
def test_a_statement_that_rests_on_one_origin_is_doubtful(ids: tuple[str, ...], *, doubtful: bool) -> None:
    assert support_of(view_of(), ids).is_doubtful is doubtful


def test_a_source_that_repeats_two_rests_on_both() -> None:
    sources = {**SOURCES, "digest": Source(title="Digest", derived_from=("post", "tass"))}
    view = view_of(sources=sources)
    trees = source_trees(view, ("digest",))
    assert [tree.id for tree in trees] == ["afp", "tass"]
    rest = support_of(view, ("digest",))
    assert rest.verdict == "rests on one source, which repeats 2 others: Digest"
    assert not rest.is_doubtful


def test_a_source_published_later_is_not_counted() -> None:
    view = view_of().known_by(parse_date("2024-11-01").earliest)
    assert support_of(view, ["afp", "post"]).verdict == "rests on one source: AFP"
    assert support_of(view, ["post"]).verdict == "rests on no source known by 1 November 2024"


def test_reports_of_a_source_published_later_count_once_and_do_not_name_it() -> None:
    sources = {
        "memoir": Source(title="A memoir", date=parse_date("2030")),
        "one": Source(title="One", derived_from=("memoir",)),
        "two": Source(title="Two", derived_from=("memoir",)),
    }
    view = story(
        event("2024-11-01", "Talks", sources=cited("one", "two")),
        header=Header(title="Later", sources=sources),
    ).known_by(parse_date("2024-12-01").earliest)
    assert support_of(view, ["one", "two"]).verdict == "2 reports, one source: a source published later"
    shown = printed(view) + "".join(line.text for line in event_card(view, view.event(0), 0))
    assert "memoir" not in shown
    assert "2030" not in shown


def test_reports_of_one_wire_are_one_outlet() -> None:
    (outlet, other) = outlets(view_of(), cited("post", "tass", "afp"))
    assert (outlet.name, outlet.source, outlet.reposts) == ("AFP", "afp", ("Post",))
    assert outlet.date == parse_date("2024-11-01")
    assert outlet.cited == ("afp", "post")
    assert (other.name, other.reposts) == ("TASS", ())


def test_reports_of_a_wire_that_is_not_cited_are_named_after_it() -> None:
    (outlet,) = outlets(view_of(), cited("post", "blog"))
    assert (outlet.name, outlet.reposts, outlet.cited) == ("AFP", ("Post", "Blog"), ("post", "blog"))


def test_a_single_report_keeps_its_name_and_says_what_it_repeats() -> None:
    (outlet,) = outlets(view_of(), cited("post"))
    assert (outlet.name, outlet.repeats) == ("Post", "AFP")


@given(
    st.dictionaries(st.integers(0, 9), st.integers(0, 12), max_size=10),
    st.lists(st.integers(0, 11), max_size=8),
)
def test_each_cited_source_is_in_the_trees_once(repeats: dict[int, int], numbers: list[int]) -> None:
    sources = {f"s{of}": Source(title="T", derived_from=(f"s{to}",)) for of, to in repeats.items()}
    ids = [f"s{number}" for number in numbers]
    found = source_trees(view_of(sources=sources), ids)
    there = [root.id for _, root in walk_trees(found)]
    assert len(there) == len(set(there))
    assert {root.id for _, root in walk_trees(found) if root.cited} == set(ids)
    for root in found:
        for _, member in walk_trees([root]):
            for child in member.repeats:
                assert sources[child.id].derived_from == (member.id,)


def sourced() -> View:
    return view_of(
        event(
            "2024-11-01",
            "Talks \x1b[31m",
            sources=cited("afp", "post", "blog"),
            quotes=(
                quote("choe", "Until Victory Day", sources=cited("tass")),
                quote("choe", "thanked Lavrov", kind="paraphrase"),
            ),
            claims=(Claim(about="troops", by="choe", value="~8000", sources=cited("joke")),),
        )
    )


def test_each_statement_is_listed_with_its_sources() -> None:
    assert printed(sourced()).splitlines() == [
        "1 November 2024 · Talks ‹U+001B›[31m",
        "    3 reports, one wire: AFP",
        "      AFP · wire · 1 November 2024",
        "        └ Post · 2 November 2024 · repeats AFP",
        "          └ Blog · undated · repeats Post",
        "  Choe Son-hui: “Until Victory Day”",
        "    rests on one source: TASS",
        "      TASS · wire · undated",
        "  Choe Son-hui (paraphrase): thanked Lavrov",
        "    rests on no source",
        "  Choe Son-hui: about 8,000 soldiers — How many soldiers?",
        "    rests only on satire: The Joke",
        "      The Joke · satire · undated",
    ]


def test_the_lines_of_a_statement_lead_to_it_and_its_sources() -> None:
    lines = list(provenance_lines(sourced(), 100))
    assert [target.sources for target in lines[0].targets] == [("afp", "post", "blog")]
    assert [target.sources for target in lines[3].targets] == [("post",)]
    assert [target.quote for target in lines[8].targets] == [1]
    assert [target.claim for target in lines[8].targets + lines[10].targets] == [-1, 0]


@pytest.mark.parametrize("width", [30, 41, 77])
def test_no_line_is_wider_than_asked(width: int) -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    assert all(cells(line.text) <= width for line in provenance_lines(view, width))


def test_the_card_shows_sources_as_a_tree_with_a_verdict() -> None:
    view = sourced()
    lines = list(event_card(view, view.event(0), 0))
    at = lines.index(Paragraph("3 sources of the event", "heading"))
    assert [paragraph._replace(target=None) for paragraph in lines[at + 1 : at + 9]] == [
        Paragraph("3 reports, one wire: AFP.", "doubt"),
        Paragraph("Choe in Moscow", "text"),
        Paragraph("AFP · wire · 1 November 2024", "detail", 2),
        Paragraph("└ Choe again", "text", 2),
        Paragraph("Post · 2 November 2024", "detail", 4),
        Paragraph("repeats AFP", "doubt", 4),
        Paragraph("└ Choe once more", "text", 4),
        Paragraph("Blog · undated", "detail", 6),
    ]
    assert Paragraph("Rests on one source: TASS.", "doubt") in lines
    assert Paragraph("rests only on satire: The Joke", "doubt", 4) in lines


def test_the_card_says_that_no_source_is_given() -> None:
    view = view_of(event("2024-11-01", "Talks", quotes=(quote("choe", "Until victory"),)))
    lines = list(event_card(view, view.event(0), 0))
    assert lines.count(Paragraph("No source is given.", "doubt")) == 2


def test_the_card_shows_every_locator_of_a_source() -> None:
    at = (Citation("afp", "para. 2"), Citation("afp", "para. 9"))
    view = view_of(event("2024-11-01", "Talks", sources=at))
    assert "AFP · wire · 1 November 2024 · para. 2 · para. 9" in [
        line.text for line in event_card(view, view.event(0), 0)
    ]


def test_the_card_counts_dates_from_where_the_view_does() -> None:
    view = sourced().counted_from(parse_date("2024-11-01").earliest)
    text = "\n".join(line.text for line in event_card(view, view.event(0), 0))
    assert view.date_in_words(parse_date("2024-11-02")) in text


def test_in_the_bundled_story_the_pledge_rests_on_one_report_besides_satire() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    key = view.key_of("choe-lavrov-talks")
    assert key is not None
    said = support_of(view, [citation.id for citation in view.event(key).quotes[0].sources]).verdict
    assert said.startswith("rests on one source besides satire: [News part of the article")
