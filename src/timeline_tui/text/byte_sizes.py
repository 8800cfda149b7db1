"""Sizes in bytes, parsed from and formatted as `500 MB`."""

from __future__ import annotations

import re

NOTICEABLE = 1_000_000
"""The size of a file, in bytes, that is read in a fifth of a second: indexes of larger files are cached."""

_WRITTEN = re.compile(r"\s*([0-9]{1,15}(?:\.[0-9]{1,3})?)\s*([KMGT]?)(I?)B?\s*", re.IGNORECASE)
_LETTERS = "KMGT"
_ROUND = 10


def parse_size(text: str) -> int | None:
    """The bytes of a size such as `500MB`, `2 GB`, `1.5GiB` or `0`; None if the text is not a size."""
    match = _WRITTEN.fullmatch(text)
    if not match:
        return None
    number, letter, binary = match.groups()
    power = _LETTERS.index(letter.upper()) + 1 if letter else 0
    return int(float(number) * (1024 if binary else 1000) ** power)


def format_size(size: int) -> str:
    """A number of bytes with at most three digits: `926 MB`, `4 GB`, `1.2 kB`."""
    if size < 1000:
        return f"{size} bytes" if size != 1 else "1 byte"
    value, unit = size / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if round(value) < 1000:
            break
        value, unit = value / 1000, larger
    figures = f"{value:,.1f}".removesuffix(".0") if round(value, 1) < _ROUND else f"{value:,.0f}"
    return f"{figures} {unit}"
