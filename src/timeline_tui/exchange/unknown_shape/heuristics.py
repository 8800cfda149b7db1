"""Signs by which the data of other people shows what it is: a dated map, a map by dates or by names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from timeline_tui.exchange.unknown_shape.date_columns import edtf_of, edtf_of_all
from timeline_tui.exchange.unknown_shape.key_names import (
    date_rank,
    is_end,
    is_shown_date,
    is_telling,
    plain_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Fields = dict[str, Any]

SAMPLE = 200
"""How many entries of a list are looked at, to tell what sort of list it is."""
MOST = 0.6
"""What share is most of a list."""
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
YEAR = re.compile(r"(?:1?[0-9]{3}|2[01][0-9]{2})")
"""A year that may be a key: no port and no size."""


def flattened(fields: Fields) -> Fields:
    """A map with text where maps stood for it: `{year: 1963, month: 8}` is `1963-8`, `{en: A, de: B}` is `A`.

    What a text is in other languages stands beside it: `title-de`.
    """
    found: Fields = {}
    for key, value in fields.items():
        found[key] = value
        if not isinstance(value, dict):
            continue
        if value and all(isinstance(part, str) and _LANGUAGE.fullmatch(name) for name, part in value.items()):
            first = "en" if "en" in value else next(iter(value))
            found[key] = value[first]
            found |= {f"{key}-{name}": part for name, part in value.items() if name != first}
            continue
        if date_rank(key) is None and not is_end(key):
            continue
        parts = {plain_name(name): part for name, part in value.items() if isinstance(part, str) and part}
        if "year" in parts and parts.keys() <= {"year", "month", "day"}:
            found[key] = "-".join(parts[name] for name in ("year", "month", "day") if name in parts)
        elif len(parts) == len(value) and parts.keys() & {"start", "from"} and len(parts) <= 2:
            start, *end = [parts[name] for name in ("start", "from", "end", "to", "until") if name in parts]
            found[key] = " - ".join([start, *end])
    return found


def tells(data: Fields) -> bool:
    """Whether a map says more than dates in text of its own."""
    return any(
        isinstance(value, str) and value and date_rank(key) is None and not is_end(key)
        for key, value in data.items()
    )


def is_by_date(data: Fields) -> bool:
    """Whether the keys of a map are dates, and something is told behind them."""
    if not data or all(
        not value or (isinstance(value, str) and _is_number(value)) for value in data.values()
    ):
        return False
    dates = sum(is_date_key(key) for key in list(data)[:SAMPLE])
    return dates >= MOST * min(len(data), SAMPLE)


def is_date_key(key: str) -> bool:
    """Whether a key is a date."""
    return bool(YEAR.fullmatch(key)) or (not key.isdigit() and len(key) > 3 and bool(edtf_of(key)))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9][0-9.,_ ]*%?", text) is not None


def is_by_name(data: Fields) -> bool:
    """Whether a map is one of named entries: nearly all of them maps, most of these dated."""
    maps = [value for value in list(data.values())[:SAMPLE] if isinstance(value, dict)]
    if len(maps) < 2 or len(maps) < 0.9 * min(len(data), SAMPLE):
        return False
    return sum(is_dated(flattened(part)) for part in maps) >= MOST * len(maps)


def date_keys(fields: Fields) -> Iterator[str]:
    """The keys that hold something of a date by their names, the likeliest first."""
    ranked = [(date_rank(key), key) for key, value in fields.items() if isinstance(value, str) and value]
    yield from (key for _, key in sorted((rank, key) for rank, key in ranked if is_telling(rank)))


def is_dated(fields: Fields) -> bool:
    """Whether a map holds a date that can be read."""
    if any(_reads(fields[key]) for key in date_keys(fields)):
        return True
    return any(
        is_shown_date(key) and isinstance(value, str) and edtf_of(value) for key, value in fields.items()
    )


def _reads(text: str) -> bool:
    return bool(edtf_of(text)) or bool(edtf_of_all([text])[0])
