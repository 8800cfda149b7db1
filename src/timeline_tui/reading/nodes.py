"""Makes nodes of YAML parse events: text, lists and maps, each with its place in the file.

Every scalar is text. What the format does not allow (tags other than `!!str`, `!!seq` and `!!map`, merge
keys, keys that are not text) becomes an `InvalidNode`. Nesting and the expansion of aliases are limited, so
that reading a file takes time and memory in proportion to its size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from yaml.error import Mark
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from timeline_tui.model.problems import Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml._yaml import Mark as CMark

    AnyMark: TypeAlias = Mark | CMark

DEEPEST = 64
"""How deep lists and maps may be nested."""

_OWN_TAGS = {
    ScalarEvent: "tag:yaml.org,2002:str",
    SequenceStartEvent: "tag:yaml.org,2002:seq",
    MappingStartEvent: "tag:yaml.org,2002:map",
}
_MOST_ANCHORS = 10_000
_LEAST_BUDGET = 10_000
_LETTERS_A_NODE = 64


class Mapping:
    """A map: its keys, and their values in the same order."""

    __slots__ = ("flaw", "keys", "start_mark", "values")

    def __init__(
        self,
        start_mark: AnyMark | None,
        keys: list[ScalarEvent],
        values: list[Node],
        flaw: InvalidNode | None = None,
    ) -> None:
        self.start_mark = start_mark
        self.keys = keys
        self.values = values
        self.flaw = flaw
        """The first invalid key; it is not among `keys`."""

    def repeated(self) -> list[ScalarEvent]:
        """Each key that occurs earlier in the map already."""
        names = {key.value for key in self.keys}
        if len(names) == len(self.keys):
            return []
        again = []
        for key in self.keys:
            if key.value in names:
                names.remove(key.value)
            else:
                again.append(key)
        return again


class Sequence:
    """A list."""

    __slots__ = ("items", "start_mark")

    def __init__(self, start_mark: AnyMark | None, items: list[Node]) -> None:
        self.start_mark = start_mark
        self.items = items


class InvalidNode:
    """A node that the format does not allow, and why."""

    __slots__ = ("code", "hint", "message", "start_mark")

    def __init__(self, start_mark: AnyMark | None, code: Code, message: str, hint: str = "") -> None:
        self.start_mark = start_mark
        self.code = code
        self.message = message
        self.hint = hint


Node: TypeAlias = ScalarEvent | Mapping | Sequence | InvalidNode
"""A scalar is the parser's own event: only its `value`, `style` and place are used."""


class NodeError(Exception):
    """The rest of the input cannot be made into nodes."""

    def __init__(self, flaw: InvalidNode) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def position(node: Node | Event, first_line: int) -> tuple[int, int]:
    """Line and column of `node` in the file, from 1; the parser started at the line `first_line` (from 0)."""
    mark = node.start_mark
    return (first_line + mark.line + 1, mark.column + 1) if mark else (0, 0)


def is_nothing(node: Node) -> bool:
    """Whether `node` is an empty value: a plain `~`, or no text at all."""
    return node.__class__ is ScalarEvent and node.value in {"", "~"} and not node.style


class Anchors:
    """The anchors of a document, and a limit on the nodes that their aliases expand to.

    Args:
        size: Bytes of the document. All aliases together may expand to about as many nodes as a file of
            that size can have.
    """

    def __init__(self, size: int) -> None:
        self.used = False
        """Whether the document has had any anchor or alias so far."""
        self._budget = max(_LEAST_BUDGET, size // 4)
        self._nodes: dict[str, tuple[Node, int] | None] = {}
        # By `id()`; holding the nodes keeps these numbers unique.
        self._measures: dict[int, tuple[Node, int, int]] = {}

    @property
    def spent(self) -> bool:
        """Whether a limit was exceeded."""
        return self._budget < 0

    def open(self, name: str, event: NodeEvent) -> None:
        """Begin the node of an anchor.

        Raises:
            NodeError: There are too many anchors; the nodes of each stay in memory.
        """
        self.used = True
        if len(self._measures) >= _MOST_ANCHORS:
            self._budget = -1
            raise NodeError(
                InvalidNode(event.start_mark, Code.BAD_ALIAS, f"more than {_MOST_ANCHORS:,} anchors")
            )
        self._nodes[name] = None

    def close(self, name: str, node: Node, first_line: int) -> None:
        """Complete the node of an anchor, read by a parser that started at `first_line`."""
        self._nodes[name] = node, first_line
        self._measures[id(node)] = (node, *self._measure(node))

    def resolve(self, alias: AliasEvent, depth: int, first_line: int) -> Node:
        """The node that `alias` refers to, at `depth` levels of nesting.

        Raises:
            NodeError: The aliases of the file expand to too many nodes.
        """
        self.used = True
        name = cast("str", alias.anchor)
        if name not in self._nodes:
            hint = "put a text that begins with * into quotation marks"
            return InvalidNode(alias.start_mark, Code.BAD_ALIAS, f"no anchor &{name} above", hint)
        known = self._nodes[name]
        if known is None:
            return InvalidNode(
                alias.start_mark, Code.BAD_ALIAS, f"*{name} is used inside its own anchor &{name}"
            )
        node, its_first_line = known
        _, weight, height = self._measures[id(node)]
        if depth + height > DEEPEST:
            return too_deep(alias.start_mark)
        self._budget -= weight
        if self._budget < 0:
            message = "the aliases up to here expand to more than a file of this size can contain"
            raise NodeError(InvalidNode(alias.start_mark, Code.BAD_ALIAS, message))
        if its_first_line == first_line:
            return node
        moved = _moved(node, its_first_line - first_line)
        self._measures[id(moved)] = moved, weight, height
        self._nodes[name] = moved, first_line
        return moved

    def _measure(self, node: Node) -> tuple[int, int]:
        """The number of nodes in `node`, and its height in levels; an anchored node is measured once."""
        if id(node) in self._measures:
            _, weight, height = self._measures[id(node)]
            return weight, height
        if isinstance(node, ScalarEvent):
            return 1 + len(node.value) // _LETTERS_A_NODE, 0
        children: list[Node] = []
        if isinstance(node, Mapping):
            children = [*node.keys, *node.values]
        elif isinstance(node, Sequence):
            children = node.items
        measures = [self._measure(child) for child in children]
        return 1 + sum(weight for weight, _ in measures), 1 + max((high for _, high in measures), default=0)


class NodeReader:
    """Makes nodes of the events of one parser.

    Args:
        get_event: The parser's next event.
        anchors: Those of the document.
        first_line: The line of the file, from 0, at which the parser starts.
    """

    __slots__ = ("_anchors", "_next", "first_line")

    def __init__(self, get_event: Callable[[], Any], anchors: Anchors, first_line: int) -> None:
        self._next = get_event
        self._anchors = anchors
        self.first_line = first_line

    def node(self, event: Event, depth: int = 1) -> Node:
        """The node that begins with `event`, read to its end.

        Raises:
            NodeError: It is nested too deep, or there are too many anchors or aliases.
            yaml.YAMLError: It is not valid YAML.
        """
        kind = event.__class__
        if kind is AliasEvent:
            return self._anchors.resolve(cast("AliasEvent", event), depth, self.first_line)
        begun = cast("ScalarEvent | MappingStartEvent | SequenceStartEvent", event)
        if depth > DEEPEST:
            raise NodeError(too_deep(begun.start_mark))
        if begun.anchor is not None:
            self._anchors.open(begun.anchor, begun)
        node: Node
        if kind is MappingStartEvent:
            node = self._mapping(event, depth + 1)
        elif kind is SequenceStartEvent:
            node = self._sequence(event, depth + 1)
        else:
            node = cast("ScalarEvent", event)
        if begun.tag is not None and begun.tag != _OWN_TAGS[type(begun)]:
            message = f"the tag {begun.tag} is not allowed"
            node = InvalidNode(
                begun.start_mark, Code.BAD_TAG, message, "every value is text: leave the tag out"
            )
        if begun.anchor is not None:
            self._anchors.close(begun.anchor, node, self.first_line)
        return node

    def _sequence(self, event: Event, depth: int) -> Sequence:
        items: list[Node] = []
        get = self._next
        while (item := get()).__class__ is not SequenceEndEvent:
            if item.__class__ is ScalarEvent and item.anchor is item.tag is None:
                items.append(item)
            else:
                items.append(self.node(item, depth))
        return Sequence(event.start_mark, items)

    def _mapping(self, event: Event, depth: int) -> Mapping:
        keys: list[ScalarEvent] = []
        values: list[Node] = []
        flaw = None
        get = self._next
        while (key := get()).__class__ is not MappingEndEvent:
            if key.__class__ is not ScalarEvent or key.tag is not None or key.anchor is not None:
                key = self.node(key, depth)
            value = get()
            if value.__class__ is not ScalarEvent or value.tag is not None or value.anchor is not None:
                value = self.node(value, depth)
            if key.__class__ is ScalarEvent and (key.value != "<<" or key.style):
                keys.append(key)
                values.append(value)
            else:
                flaw = flaw or bad_key(key)
        return Mapping(event.start_mark, keys, values, flaw)


def bad_key(key: Node) -> InvalidNode:
    """Why `key` is not a valid key."""
    if isinstance(key, InvalidNode):
        return key
    if isinstance(key, ScalarEvent):
        hint = "repeat the keys instead"
        return InvalidNode(key.start_mark, Code.MERGE_KEY, "the merge key << is not allowed", hint)
    return InvalidNode(key.start_mark, Code.BAD_KEY, "a key must be text, not a list or a map")


def too_deep(mark: AnyMark | None) -> InvalidNode:
    """The error for a place that is nested too deep."""
    return InvalidNode(mark, Code.TOO_DEEP, f"lists and maps are nested more than {DEEPEST} deep")


def _moved(node: Node, lines: int) -> Node:
    """A copy of `node`, with every place in it moved down by `lines`."""
    mark = node.start_mark
    if mark is not None:
        mark = Mark("", mark.index, mark.line + lines, mark.column, None, 0)
    if isinstance(node, ScalarEvent):
        return ScalarEvent(None, None, node.implicit, node.value, mark, mark, node.style)
    if isinstance(node, Sequence):
        return Sequence(mark, [_moved(item, lines) for item in node.items])
    if isinstance(node, Mapping):
        keys = [cast("ScalarEvent", _moved(key, lines)) for key in node.keys]
        return Mapping(mark, keys, [_moved(value, lines) for value in node.values], node.flaw)
    return InvalidNode(mark, node.code, node.message, node.hint)
