from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.repeated_sources import SOURCES, cited, view_of
from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, story
from timeline_tui.answers.provenance import SourceTree, outlets, source_trees, support_of, walk_trees
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Header, Source
from timeline_tui.timeline.view import View


def verdict(*ids: str) -> str:
    return support_of(view_of(), ids).verdict


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
    ("ids", "words"),
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
def test_a_verdict_says_no_more_than_the_file(ids: tuple[str, ...], words: str) -> None:
    assert verdict(*ids) == words


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


def test_in_the_bundled_story_the_pledge_as_the_article_has_it_rests_on_one_report_besides_satire() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    key = view.key_of("choe-lavrov-talks")
    assert key is not None
    printed = next(each for each in view.event(key).quotes[0].wordings if each.text.endswith("Victory Day."))
    said = support_of(view, [citation.id for citation in printed.sources]).verdict
    assert said.startswith("rests on one source besides satire: [News part of the article")
