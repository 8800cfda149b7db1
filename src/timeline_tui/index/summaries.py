"""What of an event is read from the index for a list, and the ends of links; how dates are read again."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from timeline_tui.dates.date import Date, parse_date
from timeline_tui.model.records import Postponement


class Summary(msgspec.Struct, frozen=True):
    """What a list shows of an event; the rest of it is not decoded."""

    date: Date
    title: str
    id: str = ""
    kind: str = ""
    status: str = "confirmed"
    by: tuple[str, ...] = ()
    known: Date | None = None
    postponed: tuple[Postponement, ...] = ()
    place: str = ""
    quotes: tuple[msgspec.Raw, ...] = ()
    claims: tuple[msgspec.Raw, ...] = ()
    places: tuple[str, ...] = ()


class Link(NamedTuple):
    """An event at one end of a link, seen from the other end."""

    relation: str
    key: int
    id: str
    title: str
    outward: bool = False
    """Whether the link is written at the end that it is seen from."""


def dates(type_: type, value: object) -> object:
    """A date as MessagePack keeps it, read again: a `dec_hook` of msgspec."""
    # Asked about `object` too, which is what unknown keys of the file hold.
    return parse_date(str(value)) if type_ is Date else value
