"""Files of plain data, read; and what records say without their places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline_tui.model.records import Header
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from tests.support.histories import Plain
    from timeline_tui.reading.reader import Reading


def read(file: Plain) -> Reading:
    """A file of plain data: JSON is YAML, and its first line says the format."""
    lines = [f"{key}: {json.dumps(value)}" for key, value in file.items()]
    return read_text("\n".join(lines).encode(), "x.yaml")


def header_of(reading: Reading) -> Header:
    assert isinstance(reading.header, Header)
    return reading.header


def unplaced(value: object) -> Any:  # noqa: ANN401  whatever a record holds
    """What records say, without their places in the file and without keys of the file's own."""
    if isinstance(value, tuple):
        return tuple(map(unplaced, value))
    fields = getattr(value, "__struct_fields__", None)
    if fields is None:
        return value
    kept = (name for name in fields if name not in ("line", "column", "extra"))
    return {name: unplaced(getattr(value, name)) for name in kept}
