"""Time zones by their name in the IANA time zone database."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@lru_cache(maxsize=64)
def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of that name, like `Europe/Kyiv`; None if this machine knows none."""
    # Other characters could make a path.
    if not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", name):
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415  not before the first frame

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None


@lru_cache(maxsize=1)
def zone_names() -> list[str]:
    """The names of all time zones that this machine knows, those of cities before others."""
    from zoneinfo import available_timezones  # noqa: PLC0415  as above

    return sorted(available_timezones(), key=lambda name: ("/" not in name or name.startswith("Etc/"), name))
