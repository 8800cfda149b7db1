"""The programs that exports are opened in: where each is, and what to say of one that is not."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
_PATIENCE = 300
"""Seconds that a program may take for one file."""


def module(name: str) -> Path:
    """The folder of a package that npm has installed; the test is skipped where it is not."""
    folder = MODULES / name
    if shutil.which("node") is None or not (folder / "package.json").exists():
        pytest.skip(f"{name} is not here: `make test-peers` installs it with npm, where Node.js is")
    return folder


def command(name: str) -> str:
    """The path of a program, of this machine or of `peers/requirements.txt`; else the test is skipped."""
    own = HERE / ".venv" / "bin" / name
    found = str(own) if own.exists() else shutil.which(name)
    if found is None:
        pytest.skip(
            f"{name} is not here: neither on this machine nor in {own.parent.relative_to(HERE.parent)}"
        )
    return found


def told(*words: str | Path, given: str = "") -> str:
    """What a program prints, which ends well; what it says against a file is the failure."""
    done = subprocess.run(
        [str(word) for word in words],
        input=given,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{Path(words[0]).name}: {done.stderr[-4000:] or done.stdout[-4000:]}"
    return done.stdout


def node(script: str, text: str) -> Any:  # noqa: ANN401  whatever the script prints as JSON
    """What a script of this folder makes of a text."""
    return json.loads(told("node", HERE / script, given=text))
