"""Text from a file, made visible and searchable."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.text.sanitize import (
    fold,
    found_spans,
    has_hidden,
    joined_runs,
    one_line,
    printable,
    visible,
    word_spans,
    words,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "‹U+001B›]52;c;aGk=‹U+0007›"),
        ("a\u202eb", "a‹U+202E›b"),
        ("a\x00b", "a‹U+0000›b"),
        ("\x9b31m", "‹U+009B›31m"),
        ("one\r\ntwo\rthree", "one\ntwo‹U+000D›three"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\ud800", "‹U+D800›"),
        ("[sic] [/ [@click=app.quit]", "[sic] [/ [@click=app.quit]"),
        ("최선희 崔善姬 تشوي 👩‍👩‍👧 é", "최선희 崔善姬 تشوي 👩‍👩‍👧 é"),
    ],
)
def test_hidden_characters_are_shown_and_the_rest_is_unchanged(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(ANY_TEXT)
def test_visible_text_holds_no_control_and_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not has_hidden(shown)
    assert all(unicodedata.category(char) not in ("Cc", "Cs") or char in "\t\n" for char in shown)


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert "\t" not in line
    assert line == line.strip()


@given(ANY_TEXT)
def test_anything_can_be_printed_in_any_encoding(text: str) -> None:
    for encoding in ("ascii", "latin-1", "utf-8", None):
        printable(visible(text), encoding).encode(encoding or "utf-8")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Émile Zola", "emile zola"),
        ("ПОБЕДЫ", "победы"),
        ("Straße", "STRASSE"),
        ("ᴬ𝚨", "aα"),
        ("Ｆｕｌｌ", "full"),
        ("최선희", "최선희"),
        ("جُمْهُورِيَّة", "جمهورية"),
        ("والأمــة", "والامة"),
        ("שָׁלוֹם", "שלום"),
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
        ("Đà Nẵng", "da nang"),
        ("ıslak İstanbul", "islak istanbul"),
        ("Œuvre", "oeuvre"),
        ("Ægir Þór Seyðisfjörður", "aegir thor seydisfjordur"),
        ("ﬁnance", "finance"),
        ("Ħamrun Ŧ ƀ Ɗ", "hamrun t b d"),
        ("Hawaiʻi Qurʼān ʿAlī Kazanʹ", "hawaii quran ali kazan"),
        ("１２３ ＡＢＣ", "123 abc"),
        ("ｶﾀｶﾅ ｶﾞｲﾄﾞ", "カタカナ ガイド"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
    ],
)
def test_case_accents_strokes_ligatures_and_width_make_no_difference_to_a_search(
    written: str, typed: str
) -> None:
    assert fold(written) == fold(typed)


def test_voiced_kana_stay_other_letters() -> None:
    assert fold("が") != fold("か")


def test_words_of_indic_scripts_stay_whole_and_keep_their_vowels() -> None:
    assert words("वार्ता समाप्त हुई।") == ["वारता", "समापत", "हुई"]
    assert fold("की") != fold("का")


def test_each_character_of_an_unspaced_script_is_a_word() -> None:
    assert words("勝利の日 until 2024") == ["勝", "利", "の", "日", "until", "2024"]


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(fold(text)) == words(text)


SPELT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("ŁłæŒßþðﬁıİʻــｶﾞﾀ会谈กุ๊ित्ำ가각각 e\u0301\u0327\u3099ς"),
    )
)


@given(SPELT)
def test_every_word_is_found_where_it_stands(text: str) -> None:
    found = word_spans(text)
    assert [place.word for place in found] == words(text)
    for place in found:
        assert place.word in fold(text[place.start : place.end])
    assert [(place.start, place.end) for place in found] == sorted(
        (place.start, place.end) for place in found
    )


@given(SPELT, st.integers(0, 20), st.integers(1, 4))
def test_what_is_searched_for_is_marked_wherever_it_is_found(text: str, first: int, length: int) -> None:
    found = words(text)
    part = joined_runs(found[first : first + length])
    spans = found_spans(text, part)
    assert bool(spans) == bool(part)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "beginnings", "marked"),
    [
        ("Ægir and Cæsar", ("aeg", "caes"), ["Ægir", "Cæsar"]),
        ("Œuvre d’art in Łódź", ("oeuvre", "lo"), ["Œuvre", "Łódź"]),
        ("朝俄外长在北京会谈后发表声明", ("会谈", "声明"), ["会谈", "声明"]),
        ("谈会", ("会谈",), []),
        ("会谈谈判", ("会谈", "谈谈"), ["会谈谈"]),
        ("東京で会談 ｶﾀｶﾅ", ("カタ",), ["ｶﾀ"]),
        ("e\u0301lan", ("elan",), ["e\u0301lan"]),
        ("ﬁne", ("fi",), ["ﬁne"]),
        ("In Đà Nẵng today", ("danang",), ["Đà Nẵng"]),
        ("In Đà Nẵng today", ("da",), ["Đà"]),
        ("Da Nang", ("danang",), []),
    ],
)
def test_marks_stand_on_what_was_written(text: str, beginnings: tuple[str, ...], marked: list[str]) -> None:
    assert [text[start:end] for start, end in found_spans(text, beginnings)] == marked
