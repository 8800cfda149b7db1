"""`config`: the printed settings, and what is said about mistakes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline_tui.cli.main import main
from timeline_tui.storage.settings import SETTINGS, parse_settings
from timeline_tui.tui.keys import COMMANDS, default_keys, wrong_keys

if TYPE_CHECKING:
    from pathlib import Path
HOW = "write keys like j, ctrl+f, f2, question_mark"


@pytest.fixture
def config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_config_path", lambda name: tmp_path / name)
    folder = tmp_path / "timeline-tui"
    folder.mkdir()
    return folder / "config.toml"


def test_without_a_file_every_setting_is_printed_as_a_comment_with_its_default(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config"]) == 0
    printed, complaints = capsys.readouterr()
    assert complaints == ""
    assert str(config_file) in printed
    for setting in SETTINGS:
        assert f'\n# {setting.name} = "{setting.default}"\n' in printed
    assert all(f"\n# {command.name} = " in printed for command in COMMANDS)
    assert parse_settings(printed.encode()).given == {}


def test_a_mistake_is_named_with_its_line_and_the_rest_is_printed_as_it_counts(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config_file.write_text('theme = "paper"\nsort = "newset"\n[keys]\nfnid = "f9"\nfilter = "f9"\n')
    assert main(["config"]) == 1
    printed, complaints = capsys.readouterr()
    start = f"timeline-tui: {config_file}: line"
    assert complaints.splitlines() == [
        f"{start} 2: sort: 'newset' is none of oldest, newest; did you mean newest?",
        f"{start} 4: there is no command 'fnid'; did you mean find?",
    ]
    settings = parse_settings(printed.encode())
    assert (settings.given, settings.keys) == ({"theme": "paper"}, {"filter": "f9"})


def test_a_name_that_no_key_has_and_a_key_of_two_commands_are_named_too(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config_file.write_text('[keys]\nhelp = "f1, super+space, ?, é"\nfind = "bakspace"\nquit = "j"\n')
    assert main(["config"]) == 1
    start = f"timeline-tui: {config_file}: line"
    assert capsys.readouterr().err.splitlines() == [
        f"{start} 4: quit: j is also the key of down",
        f"{start} 3: find: there is no key 'bakspace'; {HOW}; did you mean backspace?",
    ]


def test_every_default_key_is_a_key() -> None:
    assert [told for told in wrong_keys(default_keys()).values() if "no key" in told] == []
