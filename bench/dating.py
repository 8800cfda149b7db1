"""When the events of a generated timeline happen: in bursts over eleven years, known more or less well."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_FIRST = date(2014, 1, 2)
_BEFORE_ALL = "2009-12-30"
"""Before the decade of the others begins."""
_DAYS = 4_000
_STRETCH = 25
"""Days over which events come equally often."""
_OFTEN = (0.0, 0.0, 0.3, 1.0, 1.0, 1.0, 2.0, 3.0, 8.0)
_SLACK = 90
"""Days after the last event that dates may still fall on."""


class Calendar:
    """The day of each of `count` events, in their order."""

    def __init__(self, count: int, rng: random.Random) -> None:
        self.count = count
        self.chance = rng.random
        self.days = [_FIRST + timedelta(days=day) for day in range(_DAYS + _SLACK)]
        self.written = [day.isoformat() for day in self.days]
        # The first stretch is never silent, so that there is one to begin in.
        self.weights = [1.0, *rng.choices(_OFTEN, k=_DAYS // _STRETCH - 1)]
        self.sums = [0.0, *accumulate(self.weights)]

    def day(self, number: int) -> int:
        """Days from the first to that of event `number`."""
        place = (number + 0.5) / self.count * self.sums[-1]
        stretch = bisect_right(self.sums, place) - 1
        return int((stretch + (place - self.sums[stretch]) / self.weights[stretch]) * _STRETCH)

    def later(self, number: int, days: int) -> str:
        """A day up to `days` after event `number`."""
        return self.written[self.day(number) + 1 + int(self.chance() * days)]

    def earlier(self, number: int, days: int) -> str:
        """The day `days` before event `number`, or the first one."""
        return self.written[max(0, self.day(number) - days)]

    def date(self, number: int, *, answers: bool = False) -> str:
        """The date of event `number` in EDTF, quoted where YAML asks for it.

        Three in four are plain days; the others are as uncertain as those of real stories. None is
        the first of a January, as false precision would put it. One that `answers` an event before it has
        no offset by which it would be earlier than that.
        """
        if number == 0:
            return _BEFORE_ALL
        day = self.day(number)
        text = self.written[day]
        if text.endswith("01-01"):
            text = self.written[day + 1]
        luck = self.chance()
        if luck < 0.76:
            return text
        return self._uncertain(text, day, int((luck - 0.76) * 100), "Z" if answers else "+09:00")

    def _uncertain(self, text: str, day: int, sort: int, offset: str) -> str:
        until = self.written[day + 3]
        year, month, hour = text[:4], text[5:7], f"{day % 24:02}"
        # A winter begins in the December of its year: January and February belong to the one before.
        season = {0: "24" if month == "12" else month}.get(int(month) % 12 // 3, str(20 + int(month) // 3))
        sorts = (
            f"{text}T{hour}:30:00Z", f"{text}T{hour}:30:00{offset}", f"{text}T{hour}:30:00Z",
            f"{text}/{until}", f"{text}/{until}", f"{text}/{self.written[day + 60]}", f"{text}/..",
            f"{year}-{month}", f"{year}-{month}", f"{year}-{month}", f"{year}-{month}-XX", f"{year}-{month}~",
            f"{text}?", f"{text}?", f"{text}~", f"{text}%", f"{year}-{month}?-{text[8:]}", f"{year}?-{month}",
            f'"[{text},{until}]"', f'"{{{text},{until}}}"', f"{year}-{season}", year, f"{year}~",
            f"{year[:3]}X",
        )  # fmt: skip
        return sorts[min(sort, len(sorts) - 1)]
