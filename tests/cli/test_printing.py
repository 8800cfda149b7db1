"""The output of commands: on a terminal, in an open or closed pipe, on a full disk."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import timeline_tui
from tests.support.hostile_text import HOSTILE, TEMPLATE, assert_harmless, quoted
from tests.support.pty_session import PROGRAM, PtySession
from tests.support.screens import HARBOUR
from timeline_tui.cli.edit import TerminalPrompt
from timeline_tui.cli.main import main
from timeline_tui.cli.printing import print_lines, print_text
from timeline_tui.exchange.registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WRITTEN = list(FORMATS)
ALL_HOSTILE = " ".join(HOSTILE.values()).replace("\r", "")


class Terminal(io.StringIO):
    """A standard output that claims to be a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def hostile_story(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.yaml"
    text = quoted(ALL_HOSTILE)
    path.write_text(TEMPLATE.format(text=text, key=quoted(ALL_HOSTILE[:200])), encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text("title: x\nevents:\n  - date: nonsense\n    title: y\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", WRITTEN)
def test_an_export_cannot_control_the_terminal(
    name: str, hostile_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    main(["export", str(hostile_story), "--to", name])
    assert terminal.getvalue()
    assert_harmless(terminal.getvalue(), name)


@pytest.mark.parametrize(
    "words",
    [
        ["list"], ["list", "--show", "sources"], ["list", "--show", "actors"], ["list", "--show", "claims"],
        ["list", "--show", "wordings"], ["check"], ["check", "--format", "json"], ["fmt"],
        ["add", "--title", ALL_HOSTILE, "--date", "2024"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_command_prints_control_characters_to_a_terminal(
    words: list[str], hostile_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal, errors = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", errors)
    main([*words, str(hostile_story)])
    assert_harmless(terminal.getvalue() + errors.getvalue(), words[0])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The prompts that reach the terminal."""
    prompts: list[str] = []

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return ""

    monkeypatch.setattr("builtins.input", answer)
    return prompts


def test_no_prompt_controls_the_terminal(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    TerminalPrompt(lambda _: None).ask(f"full name (Enter for {ALL_HOSTILE}): ")
    (prompt,) = asked
    assert_harmless(prompt, "prompt")
    assert prompt.endswith("): ")
    assert "\n" not in prompt


@pytest.mark.parametrize("name", HOSTILE)
def test_no_completion_controls_the_terminal(name: str, asked: list[str]) -> None:
    prompt = TerminalPrompt(lambda _: None)
    prompt.ask("Actors: ", [f"ann{HOSTILE[name]}", "ann"])
    offered = [prompt.completion("an", number) for number in range(3)]
    assert "ann" in offered
    assert_harmless("".join(filter(None, offered)), name)
    assert asked


def test_nothing_prints_or_asks_past_the_module_that_makes_text_harmless() -> None:
    package = Path(timeline_tui.__file__).parent
    for path in package.rglob("*.py"):
        if path != package / "cli" / "printing.py":
            calls = [
                node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
            ]
            names = {function.id for function in calls if isinstance(function, ast.Name)}
            assert not names & {"print", "input"}, path


def test_a_terminal_gets_visible_characters_and_a_pipe_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "title.yaml"
    path.write_text(
        'title: x\nevents: [{date: 2024-01-01, title: "a \\e]0;owned\\a \\u202Eb"}]\n', encoding="utf-8"
    )
    words = [*PROGRAM, "export", str(path), "--to", "csv"]
    with PtySession(words) as session:
        assert session.exit_code() == 0
        assert b"\x1b" not in session.output
        assert "a ‹U+001B›]0;owned‹U+0007› ‹U+202E›b".encode() in session.output
    piped = subprocess.run(words, capture_output=True, timeout=120, check=True)
    assert "a \x1b]0;owned\x07 \u202eb".encode() in piped.stdout


def test_a_terminal_gets_only_bytes_of_its_encoding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    terminal.encoding = "ascii"
    monkeypatch.setattr(sys, "stdout", terminal)
    print_text("né\x9b")
    assert terminal.getvalue() == "n\\xe9\\u2039U+009B\\u203a"


def run_closed(words: Sequence[str], number: int = 1) -> tuple[int, bytes]:
    """Exit code and standard error of the program, whose output `number` is a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    streams = {1: "stdout", 2: "stderr"}
    other = streams[3 - number]
    with subprocess.Popen([*PROGRAM, *words], **{streams[number]: writing, other: subprocess.PIPE}) as done:  # type: ignore[call-overload]  # by name
        os.close(writing)
        said = getattr(done, other).read()
        return done.wait(timeout=120), said


@pytest.mark.parametrize("command", ["check", "list", "export --to json", "export --to csv"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_closed_pipe_does_not_change_the_exit_code(command: str, number: int, broken: Path) -> None:
    code, said = run_closed([*command.split(), str(broken)], number)
    assert code == 1
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said
    assert run_closed([*command.split(), str(HARBOUR)], number)[0] == 0


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["--version"], ["schema"], ["cache"]])
def test_commands_without_a_file_end_quietly_in_a_closed_pipe(words: list[str]) -> None:
    assert run_closed(words) == (0, b"")


def test_an_event_is_added_even_if_nobody_reads_the_output(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(HARBOUR.read_bytes())
    assert run_closed(["add", str(path), "--title", "The wall is mended", "--date", "2024"]) == (0, b"")
    assert "The wall is mended" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", [["list"], ["check", "--format", "json"], ["export", "--to", "csv"], ["--help"], ["schema"]]
)
def test_a_full_disk_is_reported_and_ends_with_2(words: list[str], broken: Path) -> None:
    files = [] if words[0] in ("schema", "--help") else [str(broken)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *words, *files], stdout=full, stderr=subprocess.PIPE, timeout=120, check=False
        )
    last = done.stderr.decode().splitlines()[-1]
    assert (done.returncode, last) == (
        2, "timeline-tui: standard output cannot be written: no space left on device"
    )  # fmt: skip


def test_the_exit_code_stays_the_same_if_errors_cannot_be_printed(broken: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "list", str(broken)], stdout=subprocess.PIPE, stderr=full, timeout=120, check=False
        )
    assert done.returncode == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_outputs_do_not_change_the_exit_code(closed: str, broken: Path) -> None:
    for words, code in ((f"check {broken}", 1), (f"list {HARBOUR}", 0), (f"export {HARBOUR} --to csv", 0)):
        script = f"exec {sys.executable} -m timeline_tui {words} {closed}"
        done = subprocess.run(["sh", "-c", script], capture_output=True, timeout=120, check=False)
        assert done.returncode == code
        assert b"Traceback" not in done.stdout + done.stderr


def test_lines_that_nobody_reads_are_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    made = []

    def lines() -> Iterator[str]:
        for number in range(100_000):
            made.append(number)
            yield "x" * 1000

    with os.fdopen(writing, "w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        print_lines(lines())
        monkeypatch.undo()
    # What is written at once depends on the version of Python: up to 128 KiB.
    assert len(made) < 1_000
