"""A disk that is soon full."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Callable[..., None]]:
    """Mounts a disk of a given size, as the cache if no other place is given."""
    places = []

    def mount(size: str, place: Path = folder) -> None:
        place.mkdir(mode=0o700, exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "timeline-tui-test", place],
            check=False,
            capture_output=True,
        )
        if done.returncode:
            pytest.skip("no disk can be mounted here")
        places.append(place)

    yield mount
    for place in places:
        subprocess.run(["umount", place], check=True)
