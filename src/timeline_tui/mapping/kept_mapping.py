"""What columns were taken for, as it is kept with an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from timeline_tui.mapping.columns import NOTHING_KNOWN, Column, Mapping, Role

if TYPE_CHECKING:
    from collections import abc

KEPT: Final = "columns"
"""The name under which an index has it."""
_Kept = tuple[tuple[str, ...], dict[Role, str], list[Column]]


def packed(mapping: Mapping) -> bytes:
    """A mapping as bytes."""
    return msgspec.msgpack.encode((mapping.header, dict(mapping.chosen), list(mapping.columns)))


def unpacked(data: bytes | None) -> Mapping:
    """What `packed()` was given; a mapping without columns if there is nothing."""
    if not data:
        return NOTHING_KNOWN
    header, chosen, columns = msgspec.msgpack.decode(data, type=_Kept)
    choices: abc.Mapping[Role, str] = chosen
    return Mapping(tuple(columns), choices, header)
