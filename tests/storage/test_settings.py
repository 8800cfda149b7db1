"""The user's settings: what the file gives, what is wrong with it, and the file that is printed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.storage.settings import (
    SETTINGS,
    SettingProblem,
    Settings,
    checked_keys,
    commented,
    parse_settings,
    read_settings,
)

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {"next-match": "n", "find": "slash", "quit": "q"}


def written(settings: Settings) -> bytes:
    return "\n".join(commented(settings, KEYS)).encode()


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "none" / "config.toml")
    assert [settings[setting.name] for setting in SETTINGS] == [setting.default for setting in SETTINGS]
    assert not settings.problems


def test_settings_in_the_file_replace_the_defaults() -> None:
    settings = parse_settings(b'theme = "paper"\nsort = "newest"\n[keys]\nfind = "slash,ctrl+f"\n')
    assert (settings["theme"], settings["sort"]) == ("paper", "newest")
    assert settings["layout"] == "auto"
    assert settings.keys == {"find": "slash,ctrl+f"}
    assert not settings.problems


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('theme = "paper"\nsrot = "newest"\n', 2, "did you mean sort"),
        ('\nsort = "newset"\n', 2, "did you mean newest"),
        ('theme = "paper"\nsort = ["newest"]\n', 2, "write a text on one line"),
        ('zone = "Europe/Kiew"\n', 1, "there is no time zone"),
        ('theme = "paper\n', 1, ""),
        ('theme = "paper"\ntheme = "night"\n', 2, ""),
        ('keys = "x"\n', 1, "write [keys]"),
        ('[keys]\nfind = ["slash"]\n', 2, "write keys as a text"),
        ('theme = "a\\u001b"\nx = {', 2, ""),
        ('layout = "below"\n[colours]\n', 2, "there is no setting"),
        ("zone = '../../etc/passwd'\n", 1, "there is no time zone"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, words: str) -> None:
    (problem,) = parse_settings(text.encode()).problems
    assert problem.line == line
    assert words in str(problem)


def test_a_mistake_in_one_setting_leaves_the_others_in_force() -> None:
    settings = parse_settings(b'theme = "paper"\nsort = "newset"\nlayout = 3\n[keys]\nquit = 4\nfind = "f"\n')
    assert settings.given == {"theme": "paper"}
    assert settings.keys == {"find": "f"}
    assert [problem.line for problem in settings.problems] == [2, 3, 5]


def test_keys_of_a_command_that_does_not_exist_are_named_with_their_line() -> None:
    settings = checked_keys(parse_settings(b'[keys]\nfind = "f"\nnext-mach = "m"\n'), KEYS)
    assert settings.keys == {"find": "f"}
    assert [str(problem) for problem in settings.problems] == [
        "line 3: there is no command 'next-mach'; did you mean next-match?"
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [(b'theme = "\xff"\n', 1), (b'theme = "paper"\n# \xe9\n', 2), (b"x = " + b"[" * 5_000, 0), (b"\x00", 1)],
)
def test_bytes_that_are_no_toml_are_a_problem(data: bytes, line: int) -> None:
    settings = parse_settings(data)
    assert settings.given == {}
    assert [problem.line for problem in settings.problems] in ([line], [0])


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert read_settings(tmp_path).problems
    large = tmp_path / "config.toml"
    large.write_bytes(b"#" * 2_000_000)
    assert read_settings(large).problems == (SettingProblem(0, "it is larger than 1 MB"),)


def test_a_pipe_in_place_of_the_file_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(path := tmp_path / "config.toml")
    assert [str(problem) for problem in read_settings(path).problems] == ["it is not a file"]


def test_the_printed_file_gives_the_same_settings() -> None:
    settings = parse_settings(b'theme = "nord"\neditor = "code --wait"\n[keys]\nfind = ""\n')
    again = parse_settings(written(settings))
    assert (again.given, again.keys, again.problems) == (settings.given, settings.keys, ())


def test_the_printed_file_without_its_comment_marks_gives_the_defaults() -> None:
    lines = written(Settings()).decode().split("\n")
    uncommented = "\n".join(line.removeprefix("# ") for line in lines if " = " in line or line == "[keys]")
    settings = parse_settings(uncommented.encode())
    assert settings.given == {setting.name: setting.default for setting in SETTINGS}
    assert settings.keys == KEYS
    assert not settings.problems


@examples(500)
@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_no_file_is_too_broken(data: bytes) -> None:
    for problem in parse_settings(data).problems:
        assert str(problem).isprintable()


@examples(300)
@given(st.text(st.characters(exclude_characters="\n", codec="utf-8")))
def test_any_line_of_text_can_be_printed_and_read_again(value: str) -> None:
    again = parse_settings(written(Settings({"editor": value}, {"find": value})))
    keys = ",".join(each.strip() for each in value.split(","))
    assert (again["editor"], again.keys, again.problems) == (value, {"find": keys}, ())
