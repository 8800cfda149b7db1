"""Completion, requested as shells request it, and in the shells themselves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pty_session import PtySession
from tests.support.screens import HARBOUR, TODAY
from tests.support.shells import COMMANDS, VOCABULARY, providers
from tests.support.stories import event, story
from timeline_tui.cli.completion import (
    SHELLS,
    Providers,
    answer,
    offer,
    read_line,
    script,
    vocabulary_of,
)
from timeline_tui.cli.parser import parser_for as parser_of
from timeline_tui.query.completion import candidates
from timeline_tui.query.language import FIELDS, parse_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline_tui.query.vocabulary import Vocabulary


def offered(line: str) -> tuple[str, ...]:
    return offer(read_line(f"timeline-tui {line}"), providers()).words


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("act", ["actor:"]),
        ("s", ["speaker:", "status:", "source:", "support:", "since:"]),
        ("actor:", ["actor:council", "actor:counsel", "actor:mayor"]),
        ("actor:coun", ["actor:council", "actor:counsel"]),
        ("ACTOR:M", ["actor:mayor"]),
        ("-kind:v", ["-kind:vote"]),
        ("-ki", ["-kind:"]),
        ("troops kind:v", ["troops kind:vote"]),
        ('"two words" -actor:m', ['"two words" -actor:mayor']),
        ("place:new", ['place:"New York"']),
        ('place:"New Y', ['place:"New York"']),
        ('place:"The ""R', ['place:"The ""Rock"""']),
        ("tag:", ["tag:quay"]),
        ("has:q", ["has:quotes"]),
        ("since:2", []),
        ("nothing:", []),
        ("troops", []),
    ],
)
def test_a_query_is_completed_by_its_last_term(word: str, expected: list[str]) -> None:
    assert list(candidates(VOCABULARY, word)) == expected


def test_after_a_term_every_field_is_offered() -> None:
    assert [word.removeprefix("troops ") for word in candidates(VOCABULARY, "troops ")] == [
        f"{field}:" for field in FIELDS if field not in ("during", "word")
    ]


@given(st.text(max_size=30))
def test_every_completion_is_a_valid_query(word: str) -> None:
    for found in candidates(VOCABULARY, f"kind:vote {word.replace(chr(34), '')} place:"):
        assert "place" in {term.field for term in parse_query(found).query}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", COMMANDS),
        ("l", ("list",)),
        ("list --k", ("--known-on",)),
        ("list f.yaml --show cl", ("claims",)),
        ("list f.yaml --show=cl", ("--show=claims",)),
        ("list f.yaml --topic ", ("height", "cost")),
        ("list f.yaml --filter kind:v", ("kind:vote",)),
        ("list f.yaml --filter=kind:v", ("--filter=kind:vote",)),
        ("list f.yaml --filter 'kind:vote actor:m", ("kind:vote actor:mayor",)),
        ("list f.yaml --sides 'actor:mayor | kind:v", ("actor:mayor | kind:vote",)),
        ("list --filter kind:v", ()),
        ("--filter kind:v", ("kind:vote",)),
        ("f.yaml --filter kind:v", ("kind:vote",)),
        ("f.yaml --width ", ()),
        ("f.yaml l", ()),
        ("check a.yaml --s", ("--strict",)),
        ("completion ", SHELLS),
        ("completion bash ", ()),
    ],
)
def test_a_line_is_completed_with_the_arguments_of_its_command(line: str, expected: tuple[str, ...]) -> None:
    assert offered(line) == expected


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("", True),
        ("sto", True),
        ("list ", True),
        ("check a.yaml ", True),
        ("check a.yaml b", True),
        ("list a.yaml ", False),
        ("list --filter ", False),
        ("list a.yaml --show ", False),
    ],
)
def test_file_names_are_offered_where_a_file_is_expected(line: str, files: bool) -> None:
    assert offer(read_line(f"timeline-tui {line}"), providers()).files is files


def test_the_vocabulary_is_that_of_the_file_on_the_line() -> None:
    names: list[str] = []

    def known(name: str) -> Vocabulary:
        names.append(name)
        return VOCABULARY

    for line in ("list --width 80 'a b.yaml' --filter ", "--filter ", "x.yaml --filter ", "list --topic "):
        offer(read_line(f"timeline-tui {line}"), Providers(COMMANDS, parser_of, known))
    assert names == ["a b.yaml", "", "x.yaml"]


@pytest.mark.parametrize(
    ("line", "words", "last"),
    [
        ("", (), ""),
        ("a", (), "a"),
        ("a ", ("a",), ""),
        (r"a\ b 'c d' \"e", ("a b", "c d"), '"e'),
        ("a 'b c", ("a",), "b c"),
        (r'a "b \"c\d', ("a",), r'b "c\d'),
        (r"a 'b\' c", ("a", "b\\"), "c"),
        ("a '' b", ("a", ""), "b"),
        ("a\\", (), "a"),
    ],
)
def test_a_line_is_read_as_shells_read_it(line: str, words: tuple[str, ...], last: str) -> None:
    begun = read_line(line)
    assert (begun.words, begun.last) == (words, last)


@given(st.text())
def test_every_line_gets_an_answer(line: str) -> None:
    for shell in SHELLS:
        first, *_ = answer(shell, line, providers(), " :=")
        assert first in ("files", "words")


def test_the_vocabulary_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORIES", str(HARBOUR.parent))
    for name in (str(HARBOUR), "$STORIES/harbour.yaml"):
        known = vocabulary_of(name, TODAY)
        assert known is not None
        assert "actor:council" in candidates(known, "actor:c")
    bundled = vocabulary_of("", TODAY)
    assert bundled is not None
    assert "kind:vote" in candidates(bundled, "kind:v")
    (tmp_path / "binary").write_bytes(b"\0\1")
    os.mkfifo(tmp_path / "fifo")
    for name in (
        "missing.yaml",
        str(tmp_path),
        str(tmp_path / "binary"),
        str(tmp_path / "fifo"),
        "~none",
        "\0",
    ):
        assert vocabulary_of(name, TODAY) is None


def test_a_large_file_is_not_read_for_completion(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(HARBOUR.read_text(encoding="utf-8") + "#" * 1_000_000, encoding="utf-8")
    assert vocabulary_of(str(path), TODAY) is None


def test_the_kinds_and_tags_of_events_are_offered() -> None:
    view = story(event("2024", "A", kind="inquest", tags=("flood",)))
    assert list(candidates(view.vocabulary, "kind:")) == ["kind:inquest"]
    assert list(candidates(view.vocabulary, "tag:f")) == ["tag:flood"]


SHIM = """#!{python}
import json, sys
sys.path[:0] = {path!r}
from tests.support.shells import providers
from timeline_tui.cli.completion import answer
if sys.argv[1:2] == ["complete-line"]:
    print(*answer(sys.argv[2], sys.argv[3], providers(), *sys.argv[4:]), sep="\\n")
else:
    print("GOT" + json.dumps(sys.argv[1:]) + "END")
"""
STARTED = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
PREPARED = {
    "bash": 'PS1="> "; bind "set bell-style none"; eval "$(cat script)"',
    "zsh": 'PS1="> "; autoload -U compinit; compinit -u -D; eval "$(cat script)"',
    "fish": "source script",
}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PtySession]:
    """A shell with completion, in a folder with one file."""
    name = request.param
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name}")
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "timeline-tui"
    shim.write_text(SHIM.format(python=sys.executable, path=sys.path), encoding="utf-8")
    shim.chmod(0o755)
    (tmp_path / "script").write_text(script(name), encoding="utf-8")
    (tmp_path / "a story.yaml").write_text("", encoding="utf-8")
    variables = {"PATH": f"{shim.parent}:{os.environ['PATH']}", "TERM": "xterm", "HOME": str(tmp_path)}
    command = f"cd {tmp_path}; exec {' '.join(STARTED[name])}"
    with PtySession(["sh", "-c", command], 24, 200, env={**os.environ, **variables}) as session:
        session.write(f"{PREPARED[name]}; echo rea''dy\n".encode())
        session.wait_for("ready")
        yield session


TYPED = [
    ("comp\tfi\t", ["completion", "fish"]),
    ("list a\t--filt\tki\tv\t", ["list", "a story.yaml", "--filter", "kind:vote"]),
    ("list a\t--filter actor:m\t", ["list", "a story.yaml", "--filter", "actor:mayor"]),
    ("a\t--filter 'kind:vote actor:m\t", ["a story.yaml", "--filter", "kind:vote actor:mayor"]),
    ("list x --filter=kind:s\t", ["list", "x", "--filter=kind:statement"]),
    ("list x --filter place:N\t", ["list", "x", "--filter", 'place:"New York"']),
    ("list x --filter place:it\t", ["list", "x", "--filter", 'place:"it\'s `id`"']),
    ("list x --filter place:Ru\t", ["list", "x", "--filter", 'place:"Rue $(touch owned)"']),
    (
        "list x --filter 'tag:quay place:\"R\t",
        ["list", "x", "--filter", 'tag:quay place:"Rue $(touch owned)"'],
    ),
    (
        'list x --filter "tag:quay place:\\"R\t',
        ["list", "x", "--filter", 'tag:quay place:"Rue $(touch owned)"'],
    ),
]


def test_tab_completes_in_a_real_shell(shell: PtySession, tmp_path: Path) -> None:
    for typed, expected in TYPED:
        mark = shell.mark()
        shell.write(f"timeline-tui {typed}\n".encode())
        shell.wait_for("END", after=mark)
        shown = shell.text_after(mark)
        got = shown[shown.rindex("GOT") + 3 : shown.rindex("END")]
        assert json.loads(got.replace("\r\n", "")) == expected, typed
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("name", SHELLS)
def test_every_script_is_valid_for_its_shell(name: str, tmp_path: Path) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name}")
    path = tmp_path / "script"
    path.write_text(script(name), encoding="utf-8")
    done = subprocess.run([name, "-n", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
