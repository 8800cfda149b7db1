"""A command that measures itself, in a process of its own: what it printed, and how much memory it took."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

from bench.memory import Peak
from bench.probe import environment

if TYPE_CHECKING:
    from pathlib import Path

_GLANCE = 0.1
"""Seconds between looks at its memory."""


class Told(NamedTuple):
    """What a command said of itself, and what was seen of it."""

    seconds: dict[str, float]
    peak: Peak
    lists: dict[str, dict[str, list[float]]]
    """Where it measured several things several times: seconds by what was measured."""


def apart(home: Path, module: str, *arguments: str) -> Told:
    """Run one of our modules, which prints seconds by name as JSON, and may add its own `peak` in bytes.

    A name may have a mapping to lists of seconds in place of seconds.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    command = [sys.executable, "-m", module, *arguments]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(command, stdout=said, stderr=complaints, env=environment(home))
        peak = Peak(process.pid, shares=True)
        while process.poll() is None:
            peak.note()
            time.sleep(_GLANCE)
        said.seek(0)
        complaints.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, stderr=complaints.read())
        said_all = json.loads(said.read())
        lists = {name: value for name, value in said_all.items() if isinstance(value, dict)}
        seconds = {name: value for name, value in said_all.items() if name not in lists}
        # It may have ended before it was looked at.
        peak.added_up = max(peak.added_up, seconds.pop("peak", 0))
        return Told(seconds, peak, lists)
