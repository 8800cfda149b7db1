from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from tests.support.terminal_checks import CTRL_Q, assert_reacts, assert_restored, ready, reports
from timeline_tui.tui.terminal.keyboard import MAX_PASTE, Keyboard, QuickKey

if TYPE_CHECKING:
    from textual.message import Message

    from tests.support.terminal_checks import Start

pytest_plugins = ["tests.support.terminal_fixtures"]


ODD_INPUT = {
    "not UTF-8": b"\xff\xfe\x80\xc3(\xf0\x9f",
    "C1": b"\x9b1;2m\xc2\x9b",
    "no such character": b"\x1b[99999999999u\x1b[1114112;1u\x1b[1;99999999999999999999u",
    "half a character": b"\x1b[55296;1;55296u",
    "impossible mouse": b"\x1b[<99999999999999999999;1;1M\x1b[<35;9999999999999999;9M\x1b[<0;-5;-5M",
    "impossible size": b"\x1b[48;0;0;0;0t\x1b[48;99999;99999;1;1t\x1b[<35;5;5M",
    "cursor report": b"\x1b[99999;99999R",
    "half sequences": b"\x1b[\x1b[<\x1bO\x1b]52;c;aGk=\x1b\\\x1bPq\x1b_\x1b",
    "false mode report": b"\x1b[?2026;0$y\x1b[?2048;9$y\x1b[?9999999999;1$y",
    "end of a paste that was none": b"\x1b[201~",
}


def test_invalid_input_does_no_harm(start: Start) -> None:
    session = ready(start())
    for odd in ODD_INPUT.values():
        mark = session.mark()
        session.write(odd)
        session.write(b" z")
        session.wait_for("<key z>", after=mark)
    session.write(CTRL_Q)
    assert session.exit_code() == 0
    assert_restored(session)


def test_half_a_sequence_before_the_terminal_is_gone_does_no_harm(
    start: Start, environment: dict[str, str]
) -> None:
    session = ready(start())
    session.write(b"\x1b[200~never ended\xc3")
    session.vanish()
    assert session.exit_code() == -signal.SIGHUP
    assert reports(environment) == []


def test_a_storm_of_mouse_reports_does_not_keep_keys_waiting(start: Start) -> None:
    session = ready(start())
    session.write(b"".join(b"\x1b[<35;%d;%dM" % (1 + i % 80, 1 + i % 24) for i in range(20_000)))
    session.write(b"z")
    session.wait_for("<key z>")


def test_an_enormous_paste_is_cut_and_does_not_keep_keys_waiting(start: Start) -> None:
    session = ready(start())
    session.write(b"\x1b[200~" + b"pasted\x1b]0;t\x07\r" * 400_000 + b"\x1b[201~")
    session.wait_for("<paste ")
    session.wait_for(" pasted‹U+001B›]0;t‹U>")
    session.write(b"z")
    session.wait_for("<key z>")


def test_a_paste_that_never_ends_does_not_swallow_the_keys_for_ever(start: Start) -> None:
    session = ready(start())
    session.write(b"\x1b[200~begun")
    session.wait_for("<paste 5 begun>")
    assert_reacts(session)


def keys_of(messages: list[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, Key)]


SEQUENCES = st.lists(
    st.one_of(
        st.binary(max_size=8),
        st.sampled_from(
            [b"\x1b", b"\x1b[", b"\x1b[<", b"\x1b[200~", b"\x1b[201~", b";", b":", b"M", b"u", b"t", b"R"]
        ),
        st.integers(-(10**12), 10**25).map(lambda number: str(number).encode()),
        st.tuples(st.integers(0, 10**12), st.integers(0, 10**9)).map(lambda two: b"\x1b[%d;%du" % two),
        st.tuples(*[st.integers(0, 10**9)] * 3).map(lambda three: b"\x1b[<%d;%d;%dM" % three),
        st.tuples(*[st.integers(0, 10**9)] * 4).map(lambda four: b"\x1b[48;%d;%d;%d;%dt" % four),
    ),
    max_size=30,
)


@given(SEQUENCES)
def test_no_bytes_stop_the_keyboard(chunks: list[bytes]) -> None:
    keyboard = Keyboard()
    for chunk in chunks:
        list(keyboard.feed_bytes(chunk))
    messages = list(keyboard.feed_bytes(b"\x1b[201~" + b" " * 40 + b"z"))
    assert keys_of(messages)[-1] == "z"


@given(st.binary(), st.data())
def test_a_paste_is_the_same_however_it_is_split(text: bytes, data: st.DataObject) -> None:
    whole = b"\x1b[200~" + text.replace(b"\x1b", b"") + b"\x1b[201~q"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    keyboard = Keyboard()
    messages = [message for piece in pieces for message in keyboard.feed_bytes(piece)]
    pasted = [message.text for message in messages if isinstance(message, Paste)]
    assert pasted == [message.text for message in Keyboard().feed_bytes(whole) if isinstance(message, Paste)]
    assert len(pasted) == 1
    assert keys_of(messages) == ["q"]


def typed_alone(text: str) -> list[Key]:
    """The keys of a text after which nothing is typed for a while."""
    keyboard = Keyboard()
    messages = [*keyboard.feed_bytes(text.encode())]
    if keyboard._timeout_time is not None:
        keyboard._timeout_time = 0
        messages += keyboard.tick()
    return [message for message in messages if isinstance(message, Key)]


def test_every_character_right_after_escape_is_that_key_and_escape() -> None:
    for character in map(chr, range(ord("!"), ord("~") + 1)):
        (alone,) = typed_alone(character)
        (quick,) = typed_alone(f"\x1b{character}")
        assert isinstance(quick, QuickKey)
        assert [key.key for key in quick.apart] == ["escape", alone.key]
        assert [key.character for key in quick.apart] == ["\x1b", character]


def test_arrows_and_other_keys_with_long_sequences_are_one_key_each() -> None:
    named = {"\x1b[B": "down", "\x1bOA": "up", "\x1b[5~": "pageup", "\x1b[1;5C": "ctrl+right", "\x1bOP": "f1"}
    for text, key in named.items():
        assert keys_of([*Keyboard().feed_bytes(text.encode())]) == [key]


def test_option_and_an_arrow_of_a_mac_still_move_by_a_word_where_text_is_typed() -> None:
    quick = [key for text in ("\x1bb", "\x1bf") for key in typed_alone(text)]
    assert [(key.key, key.character) for key in quick] == [("ctrl+left", None), ("ctrl+right", None)]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b"\x1b[A", ["up"]),
        (b"\x1bOA", ["up"]),
        (b"\x1b[5~", ["pageup"]),
        (b"\x1b[1;3C", ["alt+right"]),
        (b"\x1bOP", ["f1"]),
    ],
)
def test_an_escape_that_begins_a_longer_sequence_is_no_key_of_its_own(typed: bytes, keys: list[str]) -> None:
    messages = [*Keyboard().feed_bytes(typed)]
    assert [message.key for message in messages if isinstance(message, Key)] == keys


def test_no_answer_of_a_terminal_is_taken_for_keys() -> None:
    answers = b"\x1b[?2026;2$y\x1b[?2048;0$y\x1b[I\x1b[O\x1b[12;40R"
    assert not [each for each in Keyboard().feed_bytes(answers) if isinstance(each, Key)]


def test_a_paste_is_cut_at_its_maximum_length() -> None:
    keyboard = Keyboard()
    (paste,) = keyboard.feed_bytes(b"\x1b[200~" + b"a" * (MAX_PASTE + 1) + b"\x1b[201~")
    assert isinstance(paste, Paste)
    assert paste.text == "a" * MAX_PASTE
