"""When how much happened, as a row of bars: a picture of its own, without styles or scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.exchange.html.prose import line

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View

_BARS = 100
_WIDTH, _HEIGHT = 10, 60
"""Of a bar, in units of the picture."""


def strip(view: View) -> str:
    """The events of a view from first day to last, counted in equal slices; empty for a single day."""
    first, last = view.span
    if first == last:
        return ""
    bars = min(_BARS, last - first + 1)
    counts = view.density(bars)
    starts = [first, *view.starts(bars)]
    ends = [*(start - 1 for start in starts[1:]), last]
    drawn = "".join(
        _bar(view, place, counts, (starts[place], ends[place])) for place, count in enumerate(counts) if count
    )
    words = [line(view.day_in_words(day)) for day in (first, last)]
    label = f"{_events(view.count)} from {words[0]} to {words[1]}; most in one bar: {max(counts)}"
    return (
        f'<figure class="strip"><svg viewBox="0 0 {bars * _WIDTH} {_HEIGHT}" preserveAspectRatio="none" '
        f'role="img" aria-label="{label}">{drawn}</svg>'
        f"<figcaption><span>{words[0]}</span> <span>tallest bar: {_events(max(counts))}</span> "
        f"<span>{words[1]}</span></figcaption></figure>"
    )


def _bar(view: View, place: int, counts: tuple[int, ...], days: tuple[int, int]) -> str:
    count = counts[place]
    height = max(count * _HEIGHT // max(counts), 2)
    first, last = (line(view.day_in_words(day)) for day in days)
    said = first if first == last else f"{first} to {last}"
    return (
        f'<rect x="{place * _WIDTH + 1}" y="{_HEIGHT - height}" width="{_WIDTH - 2}" height="{height}">'
        f"<title>{said}: {_events(count)}</title></rect>"
    )


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"
