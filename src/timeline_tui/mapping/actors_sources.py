"""Recognises actors and sources in values of any shape, and makes records of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.mapping.key_names import (
    NAMES,
    PEOPLE,
    ROLES,
    keys_named,
    may_cite,
    plain_name,
)
from timeline_tui.model.records import Citation
from timeline_tui.text.addresses import is_address
from timeline_tui.text.ids import UniqueIds, id_from_title, is_id
from timeline_tui.text.sanitize import has_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Record = dict[str, Any]

_LONGEST_NAME = 90
_MOST_WORDS = 8
_BETWEEN = re.compile(r"\s*(?:;|,|\n|\|)\s*")
_LINK = re.compile(r"\[([^\]]*\w[^\]]*)\]\((https?://[^\s/?#)][^\s)]*)\)")
_ADDRESS = re.compile(r"https?://(?=[^\s/?#])[^\s<>\"'|\\^`{}]*[^\s<>\"'|\\^`{}.,;:!?)\]]", re.IGNORECASE)
_NO_SOURCES = re.compile(
    r"(?:added|new|updated|changed|removed|manual|auto(?:matic)?|generated|imported|import|unknown|none|n/?a|tbd|todo"
    r"|yes|no|true|false|internal|self|primary|secondary|own|various|multiple|original|default|public)\.?",
    re.IGNORECASE,
)
_SOURCE_FIELDS = {
    "title": ("title", "name", "headline", "label", "text", "citation", "description"),
    "publisher": ("publisher", "outlet", "publication", "site", "website", "newspaper", "journal", "source"),
    "author": ("author", "authors", "by", "byline"),
    "date": ("date", "published", "published-date", "publication-date", "date-published", "year"),
    "url": ("url", "link", "href", "uri", "web"),
    "archive_url": ("archive-url", "archive", "archived", "archived-url", "archive-link"),
    "language": ("language", "lang"),
    "kind": ("kind", "type"),
    "note": ("note", "notes", "comment"),
}


class People:
    """The actors or the sources of a file, each recorded once.

    Args:
        field: The field that names a record: `name` or `title`.
        fallback: The id of a record whose name has no letters.
    """

    def __init__(self, field: str, fallback: str) -> None:
        self.records: dict[str, Record] = {}
        """Records by id, as in the header."""
        self.new: list[str] = []
        """The ids of the records that were added last, for who takes them away from here."""
        self._field = field
        self._fallback = fallback
        self._ids: dict[tuple[tuple[str, object], ...], str] = {}
        self._slugs = UniqueIds()
        self.declared: dict[str, str] = {}
        """The ids of the records that the file itself lists, by the ids that it uses."""

    def declare(self, name: str, record: Record) -> None:
        """Add a record that the file lists under an id of its own."""
        fit = name.lower().replace("_", "-").replace(" ", "-")
        slug = fit if is_id(fit) else id_from_title(str(record[self._field]))
        new = self._slugs.unique(self._fallback if slug == "event" else slug)
        self.declared[name] = new
        self.records[new] = record

    def id_of(self, record: Record) -> str:
        """The id of a record, which is added if it is new; records with the same fields are one."""
        same = tuple(
            [(name, value if isinstance(value, str) else (repr(value),)) for name, value in record.items()]
        )
        if same not in self._ids:
            slug = id_from_title(str(record[self._field]))
            new = self._slugs.unique(self._fallback if slug == "event" else slug)
            self._ids[same] = new
            self.records[new] = record
            self.new.append(new)
        return self._ids[same]


class Named(NamedTuple):
    """An actor who is named in an event."""

    record: Record
    role: str = ""
    id: str = ""
    """The id, if the file lists the actor; then `record` is empty."""


def actors_of(value: object, declared: Mapping[str, str]) -> list[Named] | None:
    """Actors and their roles; None if the value names no actor, such as a number of people or a sentence.

    Args:
        value: A value of any shape.
        declared: The ids that the file lists.
    """
    found: list[Named] = []
    if isinstance(value, str):
        parts = [part for part in _BETWEEN.split(value.strip()) if part]
        # The capital letters of names distinguish a list in one text from a sentence.
        if not all(part in declared or (_is_name(part) and _is_capital(part)) for part in parts):
            return None
        found = [_named(part, "", declared) for part in parts]
    elif isinstance(value, dict):
        if not all(isinstance(role, str) and _is_name(name) for name, role in value.items()):
            return None
        found = [_named(name, role, declared) for name, role in value.items()]
    else:
        for item in value if isinstance(value, list) else []:
            one = _actor(item, declared)
            if one is None:
                return None
            found.append(one)
    return found or None


def _named(name: str, role: str, declared: Mapping[str, str]) -> Named:
    return Named({}, role, declared[name]) if name in declared else Named({"name": name.strip()}, role)


def _actor(item: object, declared: Mapping[str, str]) -> Named | None:
    if isinstance(item, str):
        return _named(item, "", declared) if item in declared or _is_name(item) else None
    if not isinstance(item, dict):
        return None
    role_key = next((key for key in keys_named(item, ROLES) if isinstance(item[key], str)), "")
    role = item[role_key] if role_key else ""
    if item.get("id") in declared and item.keys() <= {"id", role_key}:
        return Named({}, role, declared[item["id"]])
    record = actor_record(item, role_key)
    return Named(record, role) if record else None


def actor_record(item: Record, role_key: str = "") -> Record | None:
    """A map as an actor, without its role, which may differ between events; None if it has no name."""
    name_key = next((key for key in keys_named(item, NAMES) if isinstance(item[key], str)), "")
    if not name_key or not item[name_key].strip() or "\n" in item[name_key]:
        return None
    record: Record = {"name": item[name_key].strip()}
    for key, part in item.items():
        if key not in (name_key, role_key):
            fits = isinstance(part, str) and key in ("kind", "description", "role")
            record[key if fits or key not in _ACTOR_KEYS else f"their-{key}"] = part
    return record


_LOCATORS = ("at", "page", "pages", "locator")
_ACTOR_KEYS = frozenset(["name", "kind", "role", "of", "aliases", "description"])
_SOURCE_KEYS = frozenset([*_SOURCE_FIELDS, "derived_from"])


def _is_name(text: object) -> bool:
    return (
        isinstance(text, str)
        and 0 < len(text.strip()) <= _LONGEST_NAME
        and len(text.split()) <= _MOST_WORDS
        and any(map(str.isalpha, text))
        and not _ADDRESS.search(text)
        and "\n" not in text
    )


def _is_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return any(letter.isupper() or not letter.islower() for letter in letters)


def tags_of(value: object) -> list[str] | None:
    """The words in a list, a text with commas or a list of maps with names; None if it is none of these."""
    if isinstance(value, str):
        items: Iterable[object] = _BETWEEN.split(value) if len(value) < 1000 else ()
    elif isinstance(value, list):
        items = value
    else:
        return None
    found = []
    for item in items:
        name = _name_of(item)
        if name is None or len(name) > _LONGEST_NAME:
            return None
        if name.strip():
            found.append(name.strip())
    return list(dict.fromkeys(found)) or None


def _name_of(item: object) -> str | None:
    if isinstance(item, dict):
        names = [item[key] for key in keys_named(item, NAMES) if isinstance(item[key], str)]
        if len(item) == 1 and not names:
            names = [value for value in item.values() if isinstance(value, str)]
        return names[0] if len(item) == 1 and names else None
    return item if isinstance(item, str) else None


def sources_of(value: object, declared: Mapping[str, str], *, cites: bool) -> list[Record | Citation] | None:
    """Sources as records of the format, or as citations of listed ones; None if one of them is neither.

    Args:
        value: A text, a map, or a list of them.
        declared: The ids that the file lists.
        cites: Whether a value that is not an address may be a source.
    """
    found: list[Record | Citation] = []
    made: list[Record | Citation]
    for item in _items(value):
        if isinstance(item, str):
            made = [Citation(declared[item])] if item in declared else [*_of_text(item, cites=cites)]
        elif isinstance(item, dict):
            known = declared.get(str(item.get("id", "")), "")
            at = next((str(item[key]) for key in _LOCATORS if key in item), "")
            cited = known and item.keys() <= {"id", *_LOCATORS}
            made = [Citation(known, at)] if cited else [*source_records(item, cites=cites)]
        else:
            made = []
        if not made and item:
            return None
        found += made
    return found or None


def _items(value: object) -> list[object]:
    """One source or several: a list, or a map such as `{primary: {…}, other: {…}}` or `{title: address}`."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return [value]
    if value and all(isinstance(part, dict) for part in value.values()):
        return [{"listed-as": name, **part} for name, part in value.items()]
    if value and all(isinstance(part, str) and is_address(part) for part in value.values()):
        named = {plain_name(name) for name in value}
        if not named & set(_SOURCE_FIELDS["url"]):
            return [{"title": name, "url": part} for name, part in value.items()]
    return [value]


def _of_text(text: str, *, cites: bool) -> Iterator[Record]:
    text = text.strip()
    if is_address(text) and not has_hidden(text):
        yield {"title": shortened(text), "url": text}
        return
    links = [(title, url) for title, url in _LINK.findall(text) if is_address(url)]
    addresses = [url for url in _ADDRESS.findall(text) if is_address(url)]
    if has_hidden("".join(addresses)):
        return
    if links and not _LINK.sub("", text).strip(" ,;.-*\n"):
        yield from ({"title": title, "url": url} for title, url in links)
    elif len(addresses) > 1 and not _ADDRESS.sub("", text).strip(" ,;\n"):
        yield from ({"title": shortened(url), "url": url} for url in addresses)
    elif len(addresses) == 1 and len(text) < 500:
        # `Reuters, https://…`
        title = " ".join(text.replace(addresses[0], " ").split()).strip(" ,;:()<>-\u2013\u2014")
        yield {"title": title or shortened(addresses[0]), "url": addresses[0]}
    elif cites and not addresses and _is_citation(text):
        yield from ({"title": part} for part in re.split(r"\s*;\s*", text) if part)


def _is_citation(text: str) -> bool:
    """Whether a text names a source: several words or a capitalised name, not a path or a marker."""
    if not any(map(str.isalpha, text)) or _NO_SOURCES.fullmatch(text):
        return False
    if " " in text:
        return len(text) < 500
    is_path = text.startswith(("/", ".", "#")) or ("/" in text and "." in text)
    return not is_path and (text[0].isupper() or not text[0].islower()) and len(text) < _LONGEST_NAME


def shortened(url: str) -> str:
    """An address as a title: without `https://www.` and a slash at the end."""
    return re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/") or url


def source_records(item: Record, *, cites: bool) -> Iterator[Record]:
    """A map as a source; empty if it is not one."""
    named = {plain_name(key): key for key in reversed(item)}
    found: Record = {}
    used = set()
    for field, names in _SOURCE_FIELDS.items():
        for name in names:
            key = named.get(name)
            if key is not None and key not in used and (value := _field(field, item[key])):
                found[field] = value
                used.add(key)
                break
    if "url" not in found and not cites:
        return
    if "title" not in found:
        title = found.get("publisher") or shortened(found.get("url", ""))
        if not title:
            return
        found = {"title": title, **found}
    for key, value in item.items():
        if key not in used and value not in (None, "", [], {}):
            found[key if key not in _SOURCE_KEYS else f"its-{key}"] = value
    yield found


def _field(name: str, value: object) -> str:
    """The value of a field of a source; empty if it is not valid."""
    if name == "author" and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if not isinstance(value, str) or not value.strip():
        return ""
    if name == "date":
        return edtf_of(value)
    if name in ("url", "archive_url"):
        return value.strip() if is_address(value.strip()) and not has_hidden(value) else ""
    return value


def declare(rest: object, actors: People, sources: People) -> None:
    """Record the actors and sources that a file lists with ids, and remove the lists from its data."""
    if not isinstance(rest, dict):
        return
    for key in [*rest]:
        is_of_people, is_of_sources = plain_name(key) in PEOPLE, may_cite(key)
        listed = _listed(rest[key]) if is_of_people or is_of_sources else None
        if not listed:
            continue
        records: list[Record | None]
        if is_of_people:
            records = [actor_record(record) for _, record in listed]
        else:
            records = [next(source_records(record, cites=True), None) for _, record in listed]
        if None in records:
            continue
        register = actors if is_of_people else sources
        for (name, _), record in zip(listed, records, strict=True):
            if record is not None:
                register.declare(name, record)
        del rest[key]


def _listed(value: object) -> list[tuple[str, Record]] | None:
    """Ids and records in a list of maps with ids, or a map of maps by id; None if it is neither."""
    pairs: list[tuple[object, object]]
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [
            (item.get("id"), {key: part for key, part in item.items() if key != "id"})
            for item in value
            if isinstance(item, dict)
        ]
        if len(pairs) != len(value):
            return None
    else:
        return None
    ids = [name for name, record in pairs if isinstance(name, str) and isinstance(record, dict)]
    if len(ids) != len(pairs) or len(set(ids)) != len(ids):
        return None
    return [(str(name), record) for name, record in pairs if isinstance(record, dict)]
