from __future__ import annotations

from pathlib import Path

import pytest

from timeline_tui.editing.external_editor import editor_command
from timeline_tui.errors import TimelineError

FILE = Path("/home/me/my story; rm -rf *.yaml")


@pytest.mark.parametrize(
    "name",
    "vim vi nvim view gvim emacs emacsclient nano pico kak ne joe jed mg ed gedit micro".split(),  # noqa: SIM905
)
def test_most_editors_take_a_line_with_a_plus(name: str) -> None:
    words = editor_command({"VISUAL": name}, FILE, 12)
    assert words[0] == name
    assert words[-2:] == ["+12", str(FILE)]


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("hx", ["hx", f"{FILE}:12"]),
        ("helix", ["helix", f"{FILE}:12"]),
        ("zed", ["zed", "--wait", f"{FILE}:12"]),
        ("subl", ["subl", "--wait", f"{FILE}:12"]),
        ("subl -n -w", ["subl", "-n", "-w", f"{FILE}:12"]),
        ("code", ["code", "--wait", "--goto", f"{FILE}:12"]),
        ("code --wait", ["code", "--wait", "--goto", f"{FILE}:12"]),
        ("code -w -n", ["code", "-w", "-n", "--goto", f"{FILE}:12"]),
        ("cursor", ["cursor", "--wait", "--goto", f"{FILE}:12"]),
        ("gedit", ["gedit", "--wait", "+12", str(FILE)]),
        ("gvim", ["gvim", "--nofork", "+12", str(FILE)]),
        ("gvim -f", ["gvim", "-f", "+12", str(FILE)]),
        ("kate", ["kate", "--block", "--line", "12", str(FILE)]),
        ("my-editor --fast", ["my-editor", "--fast", str(FILE)]),
        ("vim -c 'set nowrap'", ["vim", "-c", "set nowrap", "+12", str(FILE)]),
        ("/usr/bin/vim", ["/usr/bin/vim", "+12", str(FILE)]),
        ("/usr/bin/vim.basic", ["/usr/bin/vim.basic", "+12", str(FILE)]),
        ("'/opt/my tools/nano'", ["/opt/my tools/nano", "+12", str(FILE)]),
        ("env FOO=1 vim", ["env", "FOO=1", "vim", "+12", str(FILE)]),
        ("nice -n 5 emacs -nw", ["nice", "-n", "5", "emacs", "-nw", "+12", str(FILE)]),
        ("env FOO=1 other", ["env", "FOO=1", "other", str(FILE)]),
        ("my-wrapper vim", ["my-wrapper", "vim", str(FILE)]),
        ("vim; touch x", ["vim;", "touch", "x", str(FILE)]),
    ],
)
def test_each_editor_gets_the_line_in_its_own_syntax(variable: str, expected: list[str]) -> None:
    assert editor_command({"VISUAL": variable}, FILE, 12) == expected


def test_without_a_line_the_editor_gets_the_file_and_still_waits() -> None:
    assert editor_command({"VISUAL": "vim"}, FILE, 0) == ["vim", str(FILE)]
    assert editor_command({"VISUAL": "code"}, FILE, 0) == ["code", "--wait", str(FILE)]


def test_visual_comes_before_editor_and_empty_ones_do_not_count() -> None:
    assert editor_command({"VISUAL": "vim", "EDITOR": "nano"}, FILE, 1)[0] == "vim"
    assert editor_command({"VISUAL": "  ", "EDITOR": "nano"}, FILE, 1)[0] == "nano"
    assert editor_command({"VISUAL": "''", "EDITOR": "nano"}, FILE, 1)[0] == "nano"


def test_the_path_is_made_absolute_so_that_no_name_is_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert editor_command({"VISUAL": "vim"}, Path("-c :!x"), 1) == ["vim", "+1", str(tmp_path / "-c :!x")]


def test_an_open_quotation_mark_is_reported() -> None:
    with pytest.raises(TimelineError, match="EDITOR is not a valid command: a quotation mark is not closed"):
        editor_command({"EDITOR": "vim '\x1b"}, FILE, 1)


def program(path: Path) -> None:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)


def test_the_first_editor_found_is_used_if_none_is_set(tmp_path: Path) -> None:
    environment = {"PATH": str(tmp_path)}
    with pytest.raises(TimelineError, match="set VISUAL"):
        editor_command(environment, FILE, 1)
    program(tmp_path / "vi")
    assert editor_command(environment, FILE, 3) == [str(tmp_path / "vi"), "+3", str(FILE)]
    program(tmp_path / "nano")
    assert editor_command(environment, FILE, 3) == [str(tmp_path / "nano"), "+3", str(FILE)]
    program(tmp_path / "sensible-editor")
    assert editor_command(environment, FILE, 3) == [str(tmp_path / "sensible-editor"), str(FILE)]


def test_a_link_named_editor_gets_the_line_in_the_syntax_of_its_target(tmp_path: Path) -> None:
    program(tmp_path / "vim.basic")
    (tmp_path / "editor").symlink_to("vim.basic")
    command = editor_command({"PATH": str(tmp_path)}, FILE, 3)
    assert command == [str(tmp_path / "editor"), "+3", str(FILE)]
