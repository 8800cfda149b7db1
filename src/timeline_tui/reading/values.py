"""Reads the values of fields from nodes: texts, words, dates, ids, URLs, and lists of these.

Each reader takes a node and returns the field's value, None for an empty value (`key:` alone, or `~`), or
`BROKEN` after it has reported an error.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from yaml.events import ScalarEvent

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.model.fields import SECTIONS, Field
from timeline_tui.model.problems import Code
from timeline_tui.model.records import Citation, Shape
from timeline_tui.reading.nodes import InvalidNode, Mapping, Node, Sequence, is_nothing, position
from timeline_tui.text.addresses import address_problem, is_address
from timeline_tui.text.ids import is_id
from timeline_tui.text.sanitize import has_hidden
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.model.problems import ProblemLog


class _Broken(Enum):
    BROKEN = "broken"
    NEWER = "newer"


BROKEN: Final = _Broken.BROKEN
"""The value of a field that has an error."""
NEWER: Final = _Broken.NEWER
"""A value whose form this field has only in a later version of the format."""

_LANGUAGE = re.compile(r"(?:[a-z]{2,8}(?:-[a-z0-9]{1,8})*|[xi](?:-[a-z0-9]{1,8})+)\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,12})?\Z", re.ASCII)
_FLAGS = {"true": True, "false": False}
_SHOWN = 60
_KINDS = {Mapping: "a map", Sequence: "a list", ScalarEvent: "text"}


class Reference(NamedTuple):
    """A place in the file that refers to a record by id."""

    kind: str
    """`source`, `actor`, `topic`, `place` or `event`."""
    id: str
    line: int
    column: int


class ValueReader:
    """Reads values from nodes, and collects the references to records.

    Args:
        log: Takes the problems.
    """

    def __init__(self, log: ProblemLog) -> None:
        self.log = log
        self.first_line = 0
        """The line of the file, from 0, on which the current piece begins; for `nodes.position()`."""
        self.declared: dict[str, set[str]] = {kind: set() for kind in SECTIONS.values()}
        """The ids declared so far, by kind of record."""
        self.references: list[Reference] = []
        """Every reference to an id that is not declared above it; of each other id, the first reference."""
        self._resolved: dict[str, set[str]] = {kind: set() for kind in self.declared}
        self._ids: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self.own_id = self.id_reader("")
        """Reads the id of a record itself; it is not collected as a reference."""
        self._source = self.id_reader("source")
        self._actor = self.id_reader("actor")
        self._linked = self._ids_reader("event")

    def error(self, code: Code, node: Node, message: str, hint: str = "") -> None:
        """Report an error at `node`; the record that it belongs to is left out."""
        self.log.error(code, position(node, self.first_line), message, hint)

    def warning(self, code: Code, node: Node, message: str, hint: str = "") -> None:
        """Report a warning at `node`; the record is kept."""
        self.log.warning(code, position(node, self.first_line), message, hint)

    def reader_of(self, field: Field) -> Callable[[Node], object]:
        """The reader for a field whose values are not records."""
        kind = field.refers
        if field.shape is Shape.ID:
            return self.id_reader(kind)
        if field.shape is Shape.IDS:
            return self._ids_reader(kind)
        if field.shape is Shape.CHOICE:
            return lambda node: self._choice(node, field)
        if field.shape in {Shape.TEXT, Shape.MARKDOWN}:
            return self._required_text if field.required else self.text
        return {
            Shape.WORD: self.word,
            Shape.DATE: self._date,
            Shape.FLAG: self._flag,
            Shape.NUMBER: self._number,
            Shape.URL: self._url,
            Shape.LANGUAGE: self._language,
            Shape.WORDS: lambda node: self._list(node, field.shape, self.word),
            Shape.CITATIONS: lambda node: self._list(node, field.shape, self._citation),
            Shape.ROLES: self._roles,
            Shape.LINKS: self._links,
        }[field.shape]

    def text(self, node: Node) -> object:
        """Any text, as written."""
        if not isinstance(node, ScalarEvent):
            return self.wrong(node, Shape.TEXT)
        text = node.value
        if len(text) < 2 and is_nothing(node):
            return None
        if not text.isprintable() and has_hidden(text):
            message = "this text has control, bidirectional or invisible characters"
            self.warning(Code.HIDDEN_CHARACTER, node, message, "they are kept and shown as ‹U+202E›")
        return text

    def word(self, node: Node) -> object:
        """A text that the file may repeat often: equal texts share one object."""
        if isinstance(node, ScalarEvent) and node.value in self._words:
            return self._words[node.value]
        text = self.text(node)
        return self._words.setdefault(text, text) if isinstance(text, str) else text

    def id_reader(self, kind: str) -> Callable[[Node], object]:
        """The reader for ids of a kind of record; without a kind, they are not collected as references."""
        ids, resolved = self._ids, self._resolved.get(kind)

        def read(node: Node) -> object:
            if not isinstance(node, ScalarEvent):
                return self.wrong(node, Shape.ID)
            name = ids.get(node.value)
            if name is None:
                if is_nothing(node):
                    return None
                name = self._new_id(node)
                if not name:
                    return BROKEN
            if resolved is not None and name not in resolved:
                self._note(kind, name, node)
            return name

        return read

    def wrong(self, node: Node, shape: Shape, hint: str = "") -> object:
        """Report that `node` does not have this shape, unless it is empty; returns None or `BROKEN`."""
        if isinstance(node, InvalidNode):
            self.error(node.code, node, node.message, node.hint)
        elif is_nothing(node):
            return None
        else:
            message = f"{shape.value} is expected here, not {_KINDS[type(node)]}"
            self.error(Code.WRONG_SHAPE, node, message, hint)
        return BROKEN

    def _required_text(self, node: Node) -> object:
        text = self.text(node)
        if isinstance(text, str) and not text.strip():
            self.error(Code.EMPTY_VALUE, node, "this text is empty")
            return BROKEN
        return text

    def _new_id(self, node: ScalarEvent) -> str:
        name = node.value if node.value.isascii() else unicodedata.normalize("NFC", node.value)
        if not is_id(name):
            hint = (
                f"write {valid}" if is_id(valid := name.lower().replace("_", "-").replace(" ", "-")) else ""
            )
            message = (
                f"{_short(name)} is not a valid id: use lower-case letters, digits and hyphens, and do not "
                "begin with a hyphen"
            )
            self.error(Code.BAD_ID, node, message, hint)
            return ""
        self._ids[node.value] = name
        return name

    def _note(self, kind: str, name: str, node: Node) -> None:
        self.references.append(Reference(kind, name, *position(node, self.first_line)))
        if name in self.declared[kind]:
            self._resolved[kind].add(name)

    def _ids_reader(self, kind: str) -> Callable[[Node], object]:
        one = self.id_reader(kind)

        def read(node: Node) -> object:
            if isinstance(node, Sequence):
                return self._list(node, Shape.IDS, one)
            if not isinstance(node, ScalarEvent):
                return self.wrong(node, Shape.IDS)
            name = one(node)
            return (name,) if isinstance(name, str) else name

        return read

    def _list(self, node: Node, shape: Shape, convert: Callable[[Node], object]) -> object:
        if not isinstance(node, Sequence):
            hint = f"write [{_short(node.value)}]" if isinstance(node, ScalarEvent) else ""
            return self.wrong(node, shape, hint)
        values = [convert(item) for item in node.items]
        if None in values:
            empty = node.items[values.index(None)]
            self.warning(Code.EMPTY_VALUE, empty, "this list item is empty", "remove it")
            values = [value for value in values if value is not None]
        return BROKEN if BROKEN in values else tuple(values)

    def _choice(self, node: Node, field: Field) -> object:
        word = self.word(node)
        if not isinstance(word, str) or word in field.choices:
            return word
        hint = did_you_mean(word, field.choices) or f"use one of {', '.join(field.choices)}"
        self.error(Code.BAD_WORD, node, f"unknown {field.key} {_short(word)}", hint)
        return BROKEN

    def _date(self, node: Node) -> object:
        if not isinstance(node, ScalarEvent):
            return self.wrong(node, Shape.DATE)
        if len(node.value) < 2 and is_nothing(node):
            return None
        try:
            return parse_date(node.value)
        except DateError as error:
            self.error(Code.BAD_DATE, node, error.message, error.hint)
            return BROKEN

    def _flag(self, node: Node) -> object:
        word = self.word(node)
        if not isinstance(word, str) or word in _FLAGS:
            return _FLAGS[word] if isinstance(word, str) else word
        hint = "write true or false" if word.lower() not in _FLAGS else f"write {word.lower()}"
        self.error(Code.BAD_WORD, node, f"{_short(word)} is neither true nor false", hint)
        return BROKEN

    def _number(self, node: Node) -> object:
        text = self.word(node)
        if not isinstance(text, str):
            return text
        if _NUMBER.match(text):
            return float(text)
        comma = text.replace(",", ".")
        hint = f"write {comma}" if _NUMBER.match(comma) else "write it in decimal digits, such as -12.5"
        self.error(Code.BAD_NUMBER, node, f"{_short(text)} is not a number", hint)
        return BROKEN

    def _url(self, node: Node) -> object:
        url = self.text(node)
        if not isinstance(url, str) or not (fault := address_problem(url)):
            return url
        hint = (
            f"write https://{url}" if "." in url and ":" not in url and is_address(f"https://{url}") else ""
        )
        self.error(Code.BAD_URL, node, f"{_short(url)} {fault}", hint)
        return BROKEN

    def _language(self, node: Node) -> object:
        tag = self.word(node)
        if isinstance(tag, str) and not _LANGUAGE.match(tag):
            message = f"{_short(tag)} is not a BCP 47 language tag"
            self.warning(Code.BAD_LANGUAGE, node, message, "examples: en, ru, zh-Hant")
        return tag

    def _citation(self, node: Node) -> object:
        if isinstance(node, ScalarEvent):
            only = self._source(node)
            return Citation(only) if isinstance(only, str) else only
        if not isinstance(node, Mapping):
            return self.wrong(node, Shape.CITATIONS)
        if not self.has_sound_keys(node):
            return BROKEN
        name: object = None
        locator: object = ""
        extra: dict[str, object] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key.value == "id":
                name = self._source(value)
            elif key.value == "at":
                locator = self.text(value) or ""
            else:
                hint = did_you_mean(key.value, ("id", "at"))
                self.warning(Code.UNKNOWN_KEY, key, f"unknown key {_short(key.value)} in a citation", hint)
                extra[key.value] = self.plain(value)
        if name is None:
            self.error(Code.MISSING_KEY, node, "this citation has no id")
        if isinstance(name, str) and isinstance(locator, str) and BROKEN not in extra.values():
            return Citation(name, locator, extra)
        return BROKEN

    def _roles(self, node: Node) -> object:
        if isinstance(node, Sequence):
            names = self._list(node, Shape.ROLES, self._actor)
            return dict.fromkeys(names, "") if isinstance(names, tuple) else names
        if not isinstance(node, Mapping):
            hint = f"write [{_short(node.value)}]" if isinstance(node, ScalarEvent) else ""
            return self.wrong(node, Shape.ROLES, hint)
        return self._pairs(node, self._actor, lambda value: self.text(value) or "")

    def _links(self, node: Node) -> object:
        if not isinstance(node, Mapping):
            return self.wrong(node, Shape.LINKS, "write relation: [id]")
        return self._pairs(node, self.word, lambda value: self._linked(value) or ())

    def _pairs(
        self, node: Mapping, left: Callable[[Node], object], right: Callable[[Node], object]
    ) -> object:
        sound = self.has_sound_keys(node)
        pairs = {}
        for key, value in zip(node.keys, node.values, strict=True):
            name, meaning = left(key), right(value)
            if name is None:
                self.error(Code.BAD_KEY, key, "this key is empty")
            if isinstance(name, str) and meaning is not BROKEN:
                pairs[name] = meaning
            else:
                sound = False
        return pairs if sound else BROKEN

    def has_sound_keys(self, node: Mapping) -> bool:
        """Whether the keys of a map are all valid and different; if not, this is reported."""
        again = node.repeated()
        if node.flaw is not None:
            self.wrong(node.flaw, Shape.TEXT)
        if again:
            names = ", ".join(dict.fromkeys(_short(key.value) for key in again))
            starts = {"id", "date", "title"}.intersection(key.value for key in again)
            hint = "perhaps the next item is missing its -" if starts else "remove one of them"
            self.error(Code.DUPLICATE_KEY, again[0], f"repeated in the same map: {names}", hint)
        return not again and node.flaw is None

    def plain(self, node: Node) -> object:
        """The value of a key that the format does not know, as plain text, lists and dictionaries."""
        if isinstance(node, ScalarEvent):
            return None if is_nothing(node) else self.text(node)
        if isinstance(node, Sequence):
            items = [self.plain(item) for item in node.items]
            return BROKEN if BROKEN in items else items
        if isinstance(node, Mapping):
            if not self.has_sound_keys(node):
                return BROKEN
            names = [key.value for key in node.keys]
            values = [self.plain(value) for value in node.values]
            return BROKEN if BROKEN in values else dict(zip(names, values, strict=True))
        return self.wrong(node, Shape.TEXT)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
