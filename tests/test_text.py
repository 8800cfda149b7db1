"""Text from a file, made visible and searchable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.text import fold, has_hidden, one_line, printable, visible, words

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
def test_what_is_hidden_is_shown_and_the_rest_stays(raw: str, shown: str) -> None:
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
    ],
)
def test_case_accents_and_width_make_no_difference_to_a_search(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_voiced_kana_stay_other_letters() -> None:
    assert fold("が") != fold("か")


def test_each_character_of_an_unspaced_script_is_a_word() -> None:
    assert words("勝利の日 until 2024") == ["勝", "利", "の", "日", "until", "2024"]


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(fold(text)) == words(text)
