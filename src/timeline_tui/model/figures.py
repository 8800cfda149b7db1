"""Numbers in claims: `8000`, `8_000`, `8000..10000`, `..8000`, `8000..`, `~8000`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_NUMBER = r"-?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?"
_FIGURE = re.compile(rf"(~)?({_NUMBER})?(?:(\.\.)({_NUMBER})?)?\Z")
_LONGEST = 60


class Figure(NamedTuple):
    """The number of a claim: a range from `low` to `high`, either of which can be open."""

    low: Decimal | None
    """None if there is no lower bound (`..8000`)."""
    high: Decimal | None
    """None if there is no upper bound (`8000..`)."""
    about: bool = False
    """Whether it is approximate (`~8000`)."""

    def __str__(self) -> str:
        """In words: `8,000 to 10,000`, `at most 8,000`, `at least 8,000`, `about 8,000`."""
        if self.low is None:
            words = f"at most {self.high:,f}"
        elif self.high is None:
            words = f"at least {self.low:,f}"
        elif self.low == self.high:
            words = f"{self.low:,f}"
        else:
            words = f"{self.low:,f} to {self.high:,f}"
        return f"about {words}" if self.about else words


def parse_figure(text: str) -> Figure | None:
    """The number in the value of a claim, or None for a text answer or a range that ends below its start."""
    match = _FIGURE.match(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        return None
    about, low, dots, high = match.groups()
    first = Decimal(low) if low else None
    last = Decimal(high) if high else None
    if not dots:
        last = first
    if (first is None and last is None) or (first is not None and last is not None and last < first):
        return None
    return Figure(first, last, bool(about))
