"""What each part may load, seen in a clean interpreter, where deferred imports show as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import timeline_tui
from tests.screens import HARBOUR

PACKAGE = Path(timeline_tui.__file__).parent
CORE = sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem not in ("__init__", "__main__"))


def loaded_by(statement: str) -> set[str]:
    script = f"import sys\n{statement}\nprint(chr(10).join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


def test_nothing_outside_the_screen_loads_textual_or_rich() -> None:
    loaded = loaded_by(";".join(f"import timeline_tui.{name}" for name in CORE))
    assert "msgspec" in loaded
    assert not loaded & {"textual", "rich"}


@pytest.mark.parametrize(
    "words",
    [["check", str(HARBOUR)], ["list", str(HARBOUR)], ["schema"], [str(HARBOUR)]],
    ids=lambda words: words[0],
)
def test_plain_commands_never_load_textual(words: list[str]) -> None:
    assert not loaded_by(f"from timeline_tui.cli import main; main({words!r})") & {"textual", "rich"}


def test_help_loads_next_to_nothing() -> None:
    statement = "from timeline_tui.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert not loaded_by(statement) & {"textual", "rich", "yaml", "sqlite3", "msgspec"}


@pytest.mark.parametrize(
    ("module", "unknown"),
    [
        ("reader", {"sqlite3", "argparse"}),
        ("checks", {"sqlite3", "argparse"}),
        ("index", {"yaml", "argparse"}),
        ("view", {"yaml", "argparse"}),
        ("query", {"yaml", "sqlite3", "msgspec"}),
        ("dates", {"yaml", "sqlite3", "msgspec"}),
    ],
)
def test_a_room_does_not_know_its_neighbours_trade(module: str, unknown: set[str]) -> None:
    assert not loaded_by(f"import timeline_tui.{module}") & unknown


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
