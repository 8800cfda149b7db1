"""Parts of an event that are read from the index: the summary that a list shows, and the ends of links."""

from __future__ import annotations

import zlib
from typing import Final, NamedTuple, TypeVar

import msgspec

from timeline_tui.dates.date import Date, parse_date
from timeline_tui.index.errors import DatabaseError
from timeline_tui.model.records import Postponement

_RAW = msgspec.msgpack.Decoder(list[msgspec.Raw])
_BYTES = msgspec.msgpack.Decoder(list[bytes])
_TEXTS = msgspec.msgpack.Decoder(list[str])
_DAMAGED: Final = "records of the index are damaged"

_Item = TypeVar("_Item")


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


def blocks_of(run: bytes) -> list[bytes]:
    """The blocks of records of a run.

    Raises:
        DatabaseError: They are damaged.
    """
    return _decoded(_BYTES, run)


def bodies_of(block: bytes) -> list[msgspec.Raw]:
    """The records of a block in MessagePack.

    Raises:
        DatabaseError: They are damaged.
    """
    return _decoded(_RAW, _unsqueezed(block))


def ids_of(ids: bytes) -> list[str]:
    """The ids of the events of a run.

    Raises:
        DatabaseError: They are damaged.
    """
    return _decoded(_TEXTS, _unsqueezed(ids))


def prints_of(prints: bytes) -> list[bytes]:
    """The fingerprints of the events of a run.

    Raises:
        DatabaseError: They are damaged.
    """
    return _decoded(_BYTES, _unsqueezed(prints))


def _unsqueezed(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DatabaseError(_DAMAGED) from error


def _decoded(decoder: msgspec.msgpack.Decoder[list[_Item]], data: bytes) -> list[_Item]:
    try:
        return decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise DatabaseError(_DAMAGED) from error


def date_from_text(type_: type, value: object) -> object:
    """A `dec_hook` of msgspec that reads the dates that `prepare.date_as_text()` wrote."""
    # Also called for `object`, the type of the values of unknown keys in the file.
    return parse_date(str(value)) if type_ is Date else value
