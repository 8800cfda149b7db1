"""What the signs of each picture mean: below a printed picture, beside one on a page, and in the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.folded_axis import FOLD
from timeline_tui.drawing.symbols import BARS
from timeline_tui.pictures.clock_paths import CLAIMED, PLANNED
from timeline_tui.pictures.clocks import DIAGONAL
from timeline_tui.pictures.date_bars import EARLIER, LATER, MAYBE, SURE
from timeline_tui.pictures.grid import DOUBT, HEAT, NOTHING
from timeline_tui.pictures.map_picture import AREA, ARROWS, SIZES
from timeline_tui.pictures.marks import HEIGHTS, NO_STATUS, SHARE
from timeline_tui.timeline.signs import CLOCK, FALLEN, STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Meaning(NamedTuple):
    """Some signs of a picture, and what they mean."""

    signs: str
    """Separated by spaces, or the first and the last with ` … ` between; empty for what holds for all."""
    meaning: str
    only_selected: bool = False
    """Whether they are drawn only about the selected event."""
    is_of_colours: bool = False
    """Whether it is what the colours of all signs mean."""

    @property
    def words(self) -> str:
        """The signs with their meaning, as one phrase."""
        return f"{self.signs} {self.meaning}" if self.signs else self.meaning


def _events() -> Iterator[Meaning]:
    """The signs of events in lanes and clocks."""
    yield from (Meaning(sign, status_word(status)) for status, sign in STATUS_SIGNS.items())
    yield Meaning(NO_STATUS, "no status given")
    yield Meaning(FALLEN, "fallen")
    yield Meaning("2 … 9", "so many events")
    signs = " ".join(sign for _, sign in reversed(HEIGHTS))
    yield Meaning(signs, f"{', '.join(f'{least:,}' for least, _ in reversed(HEIGHTS))} events or more")
    yield Meaning("+", "the selected one of these", only_selected=True)
    yield Meaning("", f"of several, {SHARE}", is_of_colours=True)


def _axis() -> Iterator[Meaning]:
    yield Meaning(FOLD, "a silence that is folded")
    yield Meaning(CLOCK, "the day of the known-on clock")


def _lanes() -> Iterator[Meaning]:
    yield from _events()
    # Heights of another kind: the title says so.
    yield Meaning(
        f"{BARS[1]} … {BARS[-1]}", "by the numbers in the title: half as high is a quarter as many events"
    )
    yield from (Meaning(SURE, "it lasted"), Meaning(MAYBE, "some day of these"))
    yield Meaning(f"{EARLIER} {LATER}", "goes on")
    yield from _axis()
    yield Meaning("╰ ╯ │", "from an event down to its title", only_selected=True)
    yield Meaning("╴ ╶ │", "a link of the selected event, with its word", only_selected=True)


def _clocks() -> Iterator[Meaning]:
    yield from _events()
    yield from (Meaning("", "across: when it happened"), Meaning("", "up: when it became known"))
    yield Meaning(DIAGONAL, "told at once")
    yield Meaning("↖", "revealed later, above that")
    yield Meaning("↘", "announced before, below that")
    yield Meaning(
        f"{PLANNED} │ ┌ ┐ ─", "a plan: up for as long as it stood, then across to the day that took its place"
    )
    yield Meaning(
        f"{CLAIMED} │ ┌ ┐ ─",
        "the same way from a claim of the selected event to its revision",
        only_selected=True,
    )
    yield Meaning(MAYBE, "folded days, or of delays the same day")
    yield Meaning("↑", "the clock that goes up")
    yield Meaning(EARLIER, "with an open beginning")
    yield from _axis()


def _map() -> Iterator[Meaning]:
    signs = " ".join(sign for _, sign in reversed(SIZES))
    yield Meaning(signs, f"{', '.join(f'{least:,}' for least, _ in reversed(SIZES))} events or more")
    yield Meaning(AREA, "somewhere in this area")
    yield Meaning(DOUBT, "half or more in doubt")
    yield Meaning("", f"of several, {SHARE}", is_of_colours=True)
    yield Meaning(FALLEN, "fallen")
    yield Meaning("├ ─ ┤", "so long on the map")
    yield Meaning("+1", "one more place at this dot")
    yield Meaning(" ".join(ARROWS), "moves of the selected actor; →2, the second place", only_selected=True)


def _grid() -> Iterator[Meaning]:
    yield Meaning(NOTHING, "no event")
    yield Meaning(" ".join(HEAT), "few events to many")
    yield Meaning(f"{BARS[1]} … {BARS[-1]}", "the same, where a number has no room")
    yield Meaning(DOUBT, "half or more in doubt")
    yield Meaning(FOLD, "empty rows that are left out")
    yield Meaning("", "k and M: thousands and millions")


_LEGENDS = {"lanes": _lanes, "clocks": _clocks, "map": _map, "who": _grid, "calendar": _grid}


def legend(name: str) -> Iterable[Meaning]:
    """What the signs of a picture mean; `name` as in `whole_picture()`."""
    return _LEGENDS[name]()


def legend_beneath(name: str, drawn: str | None = None) -> Iterator[str]:
    """What stands below a picture in which nothing is selected; nothing if it has its own line of signs.

    Args:
        name: Which picture.
        drawn: A drawing that has its signs, of which only these are told; None for all.
    """
    if _LEGENDS[name] is _grid:
        return
    for each in legend(name):
        signs = each.signs.replace("…", "").split()
        # Statuses are named where they are drawn: under the clock, some are not known yet.
        is_drawn = drawn is None or (any(sign in drawn for sign in signs or ("",)) and not each.is_of_colours)
        if is_drawn and not each.only_selected:
            yield each.words
