"""Which modules a statement loads."""

from __future__ import annotations

import subprocess
import sys


def loaded_by(statement: str) -> set[str]:
    """The full names of the modules that a new process has loaded after a statement."""
    script = f"import sys\n{statement}\nprint(chr(10).join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return set(done.stderr.splitlines())
