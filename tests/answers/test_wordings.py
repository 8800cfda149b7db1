from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import quote, story
from timeline_tui.answers.wordings import (
    MOST_WORDS,
    Version,
    by_language,
    differing_pieces,
    divergences,
    is_long,
    versions,
)
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Citation, Header, Quote, Source, Wording
from timeline_tui.timeline.view import View

HEADER = Header(
    title="Words",
    sources={
        "afp": Source(title="A wire", publisher="AFP", kind="wire"),
        "post": Source(title="A copy", publisher="Post", derived_from=("afp",)),
        "tass": Source(title="Another wire", publisher="TASS"),
    },
)
WORDS = st.lists(st.sampled_from(["until", "Victory", "victory", "day", "the", "of", "—", "«we»", "胜利"]))


def found(said: Quote) -> list[Version]:
    return versions(story(header=HEADER), said)


def wording(text: str, language: str = "en", *ids: str, note: str = "") -> Wording:
    return Wording(text=text, language=language, sources=tuple(map(Citation, ids)), note=note)


def marked(base: str, other: str) -> str:
    return "".join(f"<{text or '…'}>" if differs else text for text, differs in differing_pieces(base, other))


def test_the_quotes_own_text_is_the_first_version() -> None:
    said = quote("choe", "Until victory", language="en", wordings=(wording("Bis zum Sieg", "de"),))
    assert [(version.text, version.language, version.is_quote_text) for version in found(said)] == [
        ("Until victory", "en", True),
        ("Bis zum Sieg", "de", False),
    ]


def test_a_reposted_wire_is_one_outlet() -> None:
    said = quote("choe", "Until victory", sources=(Citation("post"), Citation("afp"), Citation("tass")))
    (version,) = found(said)
    assert [(outlet.name, outlet.reposts) for outlet in version.outlets] == [("AFP", ("Post",)), ("TASS", ())]
    assert version.sources == ("afp", "post", "tass")


def test_the_same_words_in_one_language_are_one_version() -> None:
    said = quote(
        "choe",
        "Until  victory",
        language="en",
        sources=(Citation("afp"),),
        note="One.",
        wordings=(
            wording("Until\nvictory ", "en", "post", "tass", note="Two."),
            wording("Until Victory", "en"),
            wording("Until victory", "la"),
        ),
    )
    merged, *others = found(said)
    assert [(outlet.name, outlet.reposts) for outlet in merged.outlets] == [("AFP", ("Post",)), ("TASS", ())]
    assert (merged.note, merged.is_quote_text) == ("One.\nTwo.", True)
    assert [version.text for version in others] == ["Until Victory", "Until victory"]


def test_the_language_of_the_quote_comes_first_and_others_as_they_appear() -> None:
    said = quote(
        "choe",
        "Until victory",
        language="en",
        wordings=(wording("a", "fr"), wording("b", "de"), wording("c", "en-GB"), wording("d", "fr")),
    )
    groups = by_language(found(said))
    assert [(tag, [version.text for version in group]) for tag, group in groups] == [
        ("en", ["Until victory", "c"]),
        ("fr", ["a", "d"]),
        ("de", ["b"]),
    ]


def test_without_the_quotes_own_text_versions_are_compared_with_the_longest() -> None:
    said = quote(
        "choe", "x", language="ko", wordings=(wording("short", "fr"), wording("the longest of them", "fr"))
    )
    assert [version.text for version in by_language(found(said))[1][1]] == ["the longest of them", "short"]


@pytest.mark.parametrize(
    ("base", "other", "shown"),
    [
        ("until Victory Day", "until victory day", "until <victory day>"),
        ("until Victory Day", "until the day of victory", "until <the day of victory>"),
        ("We stand firmly until Victory Day.", "until Victory Day", "until Victory Day"),
        ("“It’s ours,” he said", "It's ours — he said!", "It's ours — he said!"),
        ("that the Kremlin plans", "that [the] Kremlin plans", "that [the] Kremlin plans"),
        ("He did not agree to a ceasefire", "He did agree to a ceasefire", "He did <…>agree to a ceasefire"),
        ("He did not, he said, agree", "He did, (agree)", "He did, <…>(agree)"),
        ("We will not stop, and never yield", "will stop never yield", "will <…>stop <…>never yield"),
        ("We did not say so today", "did say so", "did <…>say so"),
        ("直到最后胜利日", "直到胜利日", "直到<…>胜利日"),
        ("today ... are rising", "today … are rising", "today … are rising"),
        ("at 5 degrees", "at -5 degrees", "at <-5> degrees"),
        ("about 5 of them", "about 5% of them", "about <5%> of them"),
        ("8,000 soldiers", "8.000 soldiers", "<8.000> soldiers"),
        ("直到胜利日", "直到胜利的那天", "直到胜利<的那天>"),
        ("", "all of it", "<all of it>"),
        ("all of it", "", ""),
        ("Cafe\u0301 noir", "Café noir", "Café noir"),
    ],
)
def test_differing_words_are_marked(base: str, other: str, shown: str) -> None:
    assert marked(base, other) == shown


@given(WORDS, WORDS)
def test_the_pieces_joined_are_the_text(base: list[str], other: list[str]) -> None:
    text = " ".join(other)
    assert "".join(piece for piece, _ in differing_pieces(" ".join(base), text)) == text


@given(st.text(), st.text())
def test_the_pieces_of_any_text_are_whole_and_no_text_differs_from_itself(base: str, other: str) -> None:
    assert "".join(piece for piece, _ in differing_pieces(base, other)) == other
    assert not any(differs for _, differs in differing_pieces(other, other))


@given(WORDS, st.integers(0, 9), st.integers(0, 9))
def test_a_fragment_has_no_differing_words(base: list[str], start: int, stop: int) -> None:
    assert not any(differs for _, differs in differing_pieces(" ".join(base), " ".join(base[start:stop])))


def test_long_texts_are_compared_by_their_words_alone() -> None:
    base = " ".join(f"w{number}" for number in range(MOST_WORDS + 1))
    assert is_long(base, "w2 w1")
    assert marked(base, "w2 w1 new") == "w2 w1 <new>"
    assert not is_long("w1 w2", "w2 w1")


def test_monotonous_texts_are_compared_by_their_words_alone() -> None:
    assert is_long("x " * MOST_WORDS, "x z " * (MOST_WORDS // 2))


def test_versions_diverge_where_most_of_them_have_other_words() -> None:
    texts = ["We stand until Victory Day.", "We stand until victory", "Until victory, we stand", "We stand"]
    assert [[(variant.words, variant.versions) for variant in place] for place in divergences(texts)] == [
        [("until Victory Day", (0,)), ("until victory", (1, 2))]
    ]


@pytest.mark.parametrize(
    ("base", "other", "places"),
    [
        ("We stand until Victory Day", "until victory", [["until Victory Day", "until victory"]]),
        ("until the day of victory", "until victory", [["until the day of victory", "until victory"]]),
        ("until victory", "until the day of victory", [["until victory", "until the day of victory"]]),
        (
            "He did not agree to it",
            "He did agree to that",
            [["did not agree", "did agree"], ["to it", "to that"]],
        ),
        ("a b c d e", "a x c y e", [["a b c d e", "a x c y e"]]),
        (f"from {'on ' * 20}to", "from to", []),
    ],
)
def test_two_versions_diverge_where_one_has_other_or_fewer_words(
    base: str, other: str, places: list[list[str]]
) -> None:
    assert [[variant.words for variant in place] for place in divergences([base, other])] == places


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["We stand"],
        ["We stand until Victory Day", "stand until Victory"],
        ["stand until Victory", "We stand until Victory Day, he said"],
        ["We stand", "Until victory"],
        ["We stand", "we stand"],
        ["We stand until victory", "until victory", "We stand"],
        ["x " * MOST_WORDS, "x z " * (MOST_WORDS // 2), "y"],
    ],
)
def test_fragments_and_long_texts_have_no_divergences(texts: list[str]) -> None:
    assert divergences(texts) == []


@given(st.lists(WORDS.map(" ".join), max_size=5))
def test_a_variant_is_a_stretch_of_each_version_that_has_it(texts: list[str]) -> None:
    for place in divergences(texts):
        assert len(place) > 1
        numbers = [number for variant in place for number in variant.versions]
        assert sorted(numbers) == sorted(set(numbers))
        for variant in place:
            assert variant.words in texts[variant.versions[0]]


def test_in_the_bundled_story_the_pledge_has_five_endings_in_english() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    key = view.key_of("choe-lavrov-talks")
    assert key is not None
    language, group = by_language(versions(view, view.event(key).quotes[0]))[1]
    (place,) = divergences([version.text for version in group])
    assert language == "en"
    assert [
        (variant.words, [outlet.name for at in variant.versions for outlet in group[at].outlets])
        for variant in place
    ][1:] == [
        ("until victory day", ["The Moscow Times", "TRT World"]),
        ("until the day of victory", ["The Kyiv Independent", "inkl", "wouldideal.com"]),
        ("until the victory day", ["MENAFN"]),
        ("until victory", ["TASS"]),
    ]
    assert place[0].words == "until Victory Day"
