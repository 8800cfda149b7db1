"""The signs for states of a record, and the word that is shown for a status."""

from __future__ import annotations

STATUS_SIGNS = {
    "confirmed": "●",
    "claimed": "◐",
    "disputed": "◇",
    "denied": "⊘",
    "scheduled": "○",
    "postponed": "◔",
    "cancelled": "✕",
}
"""One cell each; the word stands beside it, so that nobody has to know the sign or see its colour."""


def status_word(status: str) -> str:
    """The word that is shown for a status: `happened` for `confirmed`.

    Readers take `confirmed` to mean that a claim in the event is confirmed.
    """
    return "happened" if status == "confirmed" else status


ADDED, CHANGED = "+", "~"
"""Signs at the end of the row of an event that was added or changed since the last visit."""

FALLEN = "∅"
"""Sign of a statement that has lost all that it rests on, and of a source that supports nothing."""

CLOCK = "◷"
"""Sign of the day that the story is shown as known on."""

MARK, NOTE = "★", "✎"
"""Signs at the end of the row of an event that the reader has marked, or has written a note on."""

LEGEND = (
    *((sign, status_word(status)) for status, sign in STATUS_SIGNS.items()),
    ("6q 2c", "six quotes, two claims; q and c alone, or nothing, where the title needs the room"),
    (ADDED, "at the end of a row: added since the last visit; under the clock, new on its day"),
    (CHANGED, "changed since the last visit; under the clock, on its day"),
    (MARK, "you have marked it (m; :marks lists these)"),
    (NOTE, "you have written a note on it (:note), which only you see"),
    (CLOCK, "the day that the timeline is shown as known on"),
    (FALLEN, "fallen: all that it rests on was taken away or retracted"),
    ("2 … 9 ▂▄▆█", "in a picture: so many events; 10, 32, 100, 1,000 events or more, + if selected"),
    ("━ ┄ ◂ ▸", "in a picture: it lasted; it may be any of these days; it goes on"),
    ("○─┐ ◐─┐", "in two clocks: a plan that was changed; what a speaker claimed before and after"),
    ("┊", "a long time without an entry; folded in the overview, whose bars have the colour of doubt"),
    ("▸by◂ ▸…◂", "words that differ from the first wording, or mark words left out"),
    ("T-8 T+5", "days before and after the event where T was pressed"),
)
"""Every sign on the screen, and what it means."""
