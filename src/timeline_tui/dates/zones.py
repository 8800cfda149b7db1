"""Time zones by their name in the IANA time zone database."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=64)
def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of that name, like `Europe/Kyiv`; None if this machine knows none."""
    # Other characters could make a path.
    if not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", name):
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None
