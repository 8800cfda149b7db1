"""Non-Latin keyboards: a command is a place on the keyboard, a prompt takes the letters typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tests.support.screens import WIDE, main_screen, selected_title, timeline_app
from tests.support.terminal_checks import Start, assert_restored, ready
from timeline_tui.tui.terminal.keyboard import Keyboard, latin_keys
from timeline_tui.tui.terminal.keyboard_layouts import _KEYS, LAYOUTS, SHIFTED, is_latin, keys_of, shifted

pytest_plugins = ["tests.support.terminal_fixtures"]
KITTY_STARTS = b"\x1b[>25u"


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_two_keys_of_a_layout_have_the_same_letter(name: str) -> None:
    letters = LAYOUTS[name]
    assert len(letters) == len(_KEYS)
    typed = [letter for letter in letters if letter != " "]
    assert len(set(typed)) == len(typed)
    assert not any(map(str.isascii, typed))
    for letter, key in zip(letters, _KEYS, strict=True):
        assert letter == " " or keys_of(letter) == key


def test_no_letter_is_on_different_keys_in_two_layouts() -> None:
    places: dict[str, set[str]] = {}
    for name, letters in LAYOUTS.items():
        for letter, key in zip(letters, _KEYS, strict=True):
            places.setdefault(letter, set()).add(key)
        for letter, key in SHIFTED.get(name, {}).items():
            places.setdefault(letter, set()).add(key)
    places.pop(" ")
    assert {letter: keys for letter, keys in places.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("о", "j"), ("О", "J"), ("л", "k"), ("П", "G"), ("х", "["), ("Ъ", "}"), ("Б", "<"), ("Ю", ">"),
        ("і", "s"), ("Ї", "}"), ("ξ", "j"), ("Ξ", "J"), ("σ", "s"), ("Σ", "S"), ("ח", "j"), ("ת", ","),
        ("ت", "j"), ("آ", "N"), ("ㅓ", "j"), ("ㅏ", "k"), ("ㅆ", "T"), ("가", "rk"), ("ㅘ", "hk"),
        ("넋", "sjrt"),
        ("j", "j"), ("é", ""), ("漢", ""), ("😀", ""), ("\u0301", ""),
    ],
)  # fmt: skip
def test_a_letter_counts_as_the_latin_key_at_its_place(typed: str, keys: str) -> None:
    assert keys_of(typed) == ("" if typed == "j" else keys)


@given(st.characters(exclude_categories=["Cs"]))
def test_every_character_has_an_answer_and_latin_ones_stay(character: str) -> None:
    assert keys_of(character).isascii()
    if is_latin(character):
        assert latin_keys(events.Key(character, character)) == []


def test_with_shift_a_key_is_what_a_latin_keyboard_has_there() -> None:
    assert [shifted(key) for key in "j[],.;/"] == list("J{}<>:?")


def pressed(data: bytes) -> list[tuple[str, str | None, list[str]]]:
    """The keys that bytes are, what they type, and what they are on a Latin keyboard."""
    return [
        (key.key, key.character, [latin.key for latin in latin_keys(key)])
        for key in Keyboard().feed_bytes(data)
        if isinstance(key, events.Key)
    ]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\x1b[1086::106;;1086u", [("о", "о", ["j"])]),
        (b"\x1b[1086:1054:106;2;1054u", [("О", "О", ["J"])]),
        (b"\x1b[1093:1061:91;2;1061u", [("Х", "Х", ["left_curly_bracket"])]),
        (b"\x1b[12593::114;;12593u", [("ㄱ", "ㄱ", ["r"])]),
        (b"\x1b[1489::99;;1489u", [("ב", "ב", ["c"])]),
        (b"\x1b[1089::99;5u", [("ctrl+c", None, [])]),
        (b"\x1b[97:65;2;65u", [("A", "A", [])]),
        (b"\x1b[97::113;;97u", [("a", "a", [])]),
        (b"\x1b[233::50;;233u", [("é", "é", [])]),
        (b"\x1b[46::47;;46u", [("full_stop", ".", [])]),
        ("о".encode(), [("о", "о", ["j"])]),
        ("сь".encode(), [("с", "с", ["c"]), ("ь", "ь", ["m"])]),
        (b"\x1b[1086::9999999;;1086u", []),
    ],
)
def test_a_place_reported_by_the_terminal_counts_only_for_other_scripts(
    data: bytes, keys: list[tuple[str, str | None, list[str]]]
) -> None:
    assert [key for key in pressed(data) if key[0] != "<ignore>"] == keys


@given(st.from_regex(rb"\x1b\[[0-9:;]{0,24}u", fullmatch=True))
def test_no_sequence_of_the_protocol_stops_the_keyboard(data: bytes) -> None:
    pressed(data)


async def test_commands_work_on_a_russian_keyboard_and_prompts_take_what_is_typed() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        first = selected_title(app)
        await pilot.press("о")
        await pilot.pause()
        second = selected_title(app)
        assert second != first
        await pilot.press("л")
        await pilot.pause()
        assert selected_title(app) == first
        await pilot.press("П")
        await pilot.pause()
        assert selected_title(app) not in (first, second)
        await pilot.press("а", "о", "л")
        await pilot.pause()
        assert main_screen(app).prompt.kind == "filter"
        assert main_screen(app).prompt.text == "ол"
        await pilot.press("escape", "й")
    assert app.return_code == 0


async def test_a_composed_syllable_is_its_keys_one_after_another() -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j")
        third = selected_title(app)
        await pilot.press("k", "k")
        await pilot.press("ㅓ", "ㅓ")
        await pilot.pause()
        assert selected_title(app) == third
        # ㅁ (a: the actors) joined with ㅓ (j: down) in one syllable.
        await pilot.press("머")
        await pilot.pause()
        assert main_screen(app).focused is not None
        assert main_screen(app).focused is not main_screen(app).timeline


def test_a_terminal_is_asked_for_the_places_of_keys_until_the_end(start: Start) -> None:
    session = ready(start())
    asked, told = session.output.find(KITTY_STARTS), session.output.find(b"\x1b[=4;2u")
    assert 0 <= asked < told
    session.write(b"\x1b[1086::106;;1086u")
    session.wait_for("<key о>")
    session.write(b"\x11")
    assert session.exit_code() == 0
    assert session.output.rfind(b"\x1b[<u") > told
    assert_restored(session)
