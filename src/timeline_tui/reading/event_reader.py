"""Nodes as events."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from yaml.events import ScalarEvent

from timeline_tui.model.problem_log import Code
from timeline_tui.model.records import Event
from timeline_tui.reading.nodes import Mapping, place

if TYPE_CHECKING:
    from timeline_tui.reading.nodes import Node
    from timeline_tui.reading.records_of import Conversion


class EventReader:
    """Reads events one by one.

    Args:
        conversion: Takes the problems, and notes which records are named.
    """

    def __init__(self, conversion: Conversion) -> None:
        self.left_out: set[tuple[str, str]] = set()
        """Kind and id of the events that were left out; of one without an id, `line 12` in its place."""
        self._conversion = conversion

    def fields(self, node: Node) -> dict[str, Any] | None:
        """The values of an event's fields by name; None after it is reported why there are none."""
        if not isinstance(node, Mapping):
            self._conversion.no_record(Event, node)
            self.leave_out(*place(node, self._conversion.values.first_line))
            return None
        node = self._without_next(node)
        fields = self._conversion.fields(Event, node)
        if fields is None:
            self._leave_out(node)
        return fields

    def leave_out(self, line: int, _column: int) -> None:
        """Take note of an event that is left out and has no id to be known by."""
        self.left_out.add(("event", f"line {line}"))

    def _without_next(self, node: Mapping) -> Mapping:
        """`node` without the events behind it that only lack their dash: they begin with the same key."""
        first = node.keys[0].value if node.keys else ""
        starts = [at for at, key in enumerate(node.keys) if key.value == first]
        if len(starts) < 2:
            return node
        parts = [
            Mapping(node.start_mark, node.keys[start:end], node.values[start:end])
            for start, end in pairwise([*starts, len(node.keys)])
        ]
        if not all({"date", "title"} <= {key.value for key in part.keys} for part in parts):
            return node
        for part in parts[1:]:
            message = f"{first} stands here again: the event that begins here has no dash"
            self._conversion.values.error(
                Code.DUPLICATE_KEY, part.keys[0], message, "write - before its first key"
            )
            self._leave_out(part)
        return parts[0]

    def _leave_out(self, node: Mapping) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if key.value == "id" and isinstance(value, ScalarEvent):
                self.left_out.add(("event", value.value))
                return
        self.leave_out(*place(node, self._conversion.values.first_line))
