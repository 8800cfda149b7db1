"""Parts of an event that are read from the index: the summary that a list shows, and the ends of links."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import msgspec

from timeline_tui.dates.date import Date, parse_date
from timeline_tui.index.errors import DatabaseError
from timeline_tui.model.records import Postponement

_BODIES = msgspec.msgpack.Decoder(list[msgspec.Raw])


class Summary(msgspec.Struct, frozen=True):
    """The fields of an event that a list shows; the others are not decoded."""

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
    """Whether the file has the link in the event that it is seen from."""


def unpacked_bodies(data: bytes) -> list[msgspec.Raw]:
    """The records in MessagePack that were given to `prepare.packed_bodies()`.

    Raises:
        DatabaseError: They are damaged.
    """
    try:
        return _BODIES.decode(zlib.decompress(data))
    except zlib.error as error:
        raise DatabaseError("records of the index are damaged") from error


def date_from_text(type_: type, value: object) -> object:
    """A `dec_hook` of msgspec that reads the dates that `prepare.date_as_text()` wrote."""
    # Also called for `object`, the type of the values of unknown keys in the file.
    return parse_date(str(value)) if type_ is Date else value
