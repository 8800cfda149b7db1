"""Fingerprints of events and of the header's records, a hash for each field, and the changes between two.

A fingerprint is MessagePack: `[fields, quotes, claims]`, without empty items at its end. Fields are a map
from the number of the field to a 32-bit hash, without fields that have their default. A quote is
`[fields, wordings]`; a claim and a wording are their fields. There are no texts, ids or places in the file.
An event has the same fingerprint in every version of Python. That of a source, an actor, a topic, a place or
a story is `[kind, fields]`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from timeline_tui.dates.date import Date
from timeline_tui.model.fields import declared, fields_of
from timeline_tui.model.records import (
    Actor,
    Claim,
    Event,
    Place,
    Quote,
    Record,
    Source,
    Story,
    Topic,
    Wording,
)

if TYPE_CHECKING:
    import hashlib
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.model.records import Header

VERSION: Final = 1
"""The version of fingerprints; those of different versions cannot be compared."""

What = Literal["event", "quote", "claim", "wording"]
How = Literal["added", "changed", "removed"]
RecordKind = Literal["source", "actor", "topic", "place", "story"]

_Decoded = TypeVar("_Decoded")
_Fields = dict[int, int]
"""Hashes by field number."""

NAMES: Final = (
    "speaker", "about", "date", "title", "text", "value", "to", "language", "translated_from", "kind",
    "status", "by", "known", "postponed", "outcome", "place", "actors", "tags", "sources", "note", "links",
    "extra", "places", "updates", "media", "original", "id", "name", "role", "of", "aliases", "description",
    "short", "roles", "question", "unit", "settled", "publisher", "author", "url", "archive_url",
    "derived_from", "title_basis", "retracted", "corrections", "lat", "lon", "within", "precision", "steps",
)  # fmt: skip
"""Field names; the index is the number. Fingerprints are kept in files: add at the end, and never remove."""
_NUMBERS: Final = {name: number for number, name in enumerate(NAMES)}
_APART: Final = frozenset({"postponed", "quotes", "claims", "wordings"})
"""Fields with records, which also have their places in the file; they are hashed in another way."""
_POSTPONED: Final = _NUMBERS["postponed"]
_TITLE: Final = _NUMBERS["title"]
_UPDATES: Final = _NUMBERS["updates"]
_OF_RECORDS: Final = frozenset({"updates", "media", "roles", "settled", "retracted", "corrections", "steps"})
_PLACES: Final = frozenset({"line", "column"})

_CANDIDATES = 40_000
"""The greatest number of pairs of quotes that are compared, to limit the time for a rewritten event."""


class Change(NamedTuple):
    """A change of an event or of a part of it."""

    what: What
    how: How
    fields: tuple[str, ...] = ()
    """For a changed part, the names of the fields that differ; empty if they are not known."""
    number: int = 0
    """The 0-based index among the quotes, claims or wordings; for a removed part, the former index."""
    quote: int = 0
    """For a wording, the 0-based index of its quote."""


class _Fingerprint(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    fields: _Fields
    quotes: tuple[msgspec.Raw, ...] = ()
    claims: tuple[msgspec.Raw, ...] = ()


class _RecordFingerprint(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    kind: str
    fields: _Fields


class _QuoteFingerprint(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    fields: _Fields
    wordings: tuple[msgspec.Raw, ...] = ()


class _Field(NamedTuple):
    number: int
    salt: int
    name: str
    default: object
    long: str
    """The attribute for the records of its long form, if it has one."""


class _Hashed(NamedTuple):
    fields: tuple[_Field, ...]
    values: Callable[[Record], tuple[object, ...]]
    """Gives the values of these fields."""
    numbers: tuple[int, ...]
    salts: tuple[int, ...]
    """Those of the fields, in their order."""
    records: Callable[[Record], Iterable[object]]
    """Gives the values that are hashed in a way of their own: records, and the long forms of fields."""
    defaults: tuple[tuple[int, int, object], ...]
    """Of the fields that have a value by default: the place among the fields, the number, and that value."""


def _getter(names: Iterable[str]) -> Callable[[Record], Iterable[object]]:
    """Gives the values of some attributes."""
    held = tuple(names)
    if len(held) > 1:
        return attrgetter(*held)
    return lambda record: [getattr(record, name) for name in held]


def _plain(value: object) -> object:
    if isinstance(value, Date):
        return value.text
    raise NotImplementedError(type(value))


def _without_places(value: object) -> object:
    """The values of records, without their places in the file."""
    if isinstance(value, Record):
        names = (name for name in value.__struct_fields__ if name not in _PLACES)
        return {name: _without_places(found) for name in names if (found := getattr(value, name))}
    if isinstance(value, tuple):
        return [_without_places(item) for item in value]
    return value


@cache
def _hashed(record: type[Record]) -> _Hashed:
    """The fields of a record that are hashed one by one, by number."""
    found = []
    long = {field.name: field.long.name for field in fields_of(record) if field.long}
    for field in declared(record):
        is_own_id = record is Event and field.name == "id"
        if field.name in _NUMBERS and field.name not in _APART and not is_own_id:
            default: object = None if field.default is msgspec.NODEFAULT else field.default
            if field.default_factory is not msgspec.NODEFAULT:
                default = field.default_factory()
            salt = crc32(field.name.encode())
            found.append(_Field(_NUMBERS[field.name], salt, field.name, default, long.get(field.name, "")))
    fields = tuple(sorted(found))
    names = [field.name for field in fields]
    return _Hashed(
        fields,
        attrgetter(*names),
        tuple(field.number for field in fields),
        tuple(field.salt for field in fields),
        _getter(
            [field.long for field in fields if field.long] + [name for name in names if name in _OF_RECORDS]
        ),
        tuple((place, field.number, field.default) for place, field in enumerate(fields) if field.default),
    )


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
_OF_HEADER: Final[dict[RecordKind, type[Record]]] = {
    "source": Source, "actor": Actor, "topic": Topic, "place": Place, "story": Story,
}  # fmt: skip

_PRINT = msgspec.msgpack.Decoder(_Fingerprint).decode
_QUOTE = msgspec.msgpack.Decoder(_QuoteFingerprint).decode
_FIELDS = msgspec.msgpack.Decoder(_Fields).decode
_RECORD = msgspec.msgpack.Decoder(_RecordFingerprint).decode


def event_fingerprint(event: Event) -> bytes:
    """The fingerprint of an event, of about 60 bytes."""
    fields = _hashes(event, _hashed(Event))
    if event.postponed:
        plans = [(plan.date, plan.known, plan.extra) for plan in event.postponed]
        fields[_POSTPONED] = crc32(_encode(plans))
    if event.before_updates is not None:
        # The values that an update replaced belong to its content.
        fields[_UPDATES] = crc32(_encode(event.before_updates), fields[_UPDATES])
    if event.claims:
        claims = [_hashes(claim, _hashed(Claim)) for claim in event.claims]
        return _encode([fields, [_quote_parts(quote) for quote in event.quotes], claims])
    if event.quotes:
        return _encode([fields, [_quote_parts(quote) for quote in event.quotes]])
    return _encode([fields])


def header_fingerprints(header: Header) -> Iterator[tuple[RecordKind, str, bytes]]:
    """Kind, id and fingerprint of each record of a header."""
    registers: dict[RecordKind, Mapping[str, Record]] = {
        "source": header.sources,
        "actor": header.actors,
        "topic": header.topics,
        "place": header.places,
        "story": header.stories,
    }
    for kind, register in registers.items():
        for id_, record in register.items():
            yield kind, id_, _encode([kind, _hashes(record, _hashed(_OF_HEADER[kind]))])


def kind_of(print_: bytes) -> str:
    """The kind of record that a fingerprint is of; empty for an event."""
    try:
        return _RECORD(print_).kind
    except (msgspec.MsgspecError, RecursionError):
        return ""


def record_changes(old: bytes, new: bytes) -> tuple[str, ...]:
    """The names of the fields that differ between two fingerprints of a record of the header.

    Raises:
        ValueError: One of the two is not a valid fingerprint.
    """
    return _differing(_decoded(_RECORD, old).fields, _decoded(_RECORD, new).fields)


def id_fingerprint(id_: str) -> bytes:
    """The hash of an event's id, of 8 bytes."""
    return _blake2b()(id_.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def without_title(print_: bytes) -> bytes:
    """A fingerprint without the title, from which a missing id is made.

    Raises:
        ValueError: It is not a valid fingerprint.
    """
    found = _decoded(_PRINT, print_)
    found.fields.pop(_TITLE, None)
    return _encode(found)


def changes_between(old: bytes, new: bytes) -> list[Change]:
    """The changes from one fingerprint to another: of the event, its quotes with their wordings, its claims.

    A part that only moved has not changed. Two different quotes are one quote that changed if they have the
    same speaker or the same words; two claims, if two of topic, actor and answer are the same; two wordings,
    if the language or the words are the same.

    Raises:
        ValueError: One of the two is not a valid fingerprint.
    """
    if old == new:
        return []
    before, after = _decoded(_PRINT, old), _decoded(_PRINT, new)
    fields = _differing(before.fields, after.fields)
    return [
        *([Change("event", "changed", fields)] if fields else []),
        *_quote_changes(before.quotes, after.quotes),
        *_plain_changes("claim", before.claims, after.claims),
    ]


@cache
def _blake2b() -> type[hashlib.blake2b]:
    import hashlib  # noqa: PLC0415  takes longer to load than a small file to open

    return hashlib.blake2b


def _decoded(decode: Callable[[bytes | msgspec.Raw], _Decoded], data: bytes | msgspec.Raw) -> _Decoded:
    try:
        return decode(data)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("not a valid fingerprint of an event") from error


def _hashes(record: Record, hashed: _Hashed) -> _Fields:
    values = hashed.values(record)
    usual = []
    for place, number, default in hashed.defaults:
        value = values[place]
        if value == default:
            usual.append(number)
        elif not value:
            return _hashes_one_by_one(record, hashed, values)
    if any(hashed.records(record)):
        return _hashes_one_by_one(record, hashed, values)
    # Most fields have no value, and nothing is to be hashed of those.
    texts = map(_encode, compress(values, values))
    found = dict(zip(compress(hashed.numbers, values), map(crc32, texts, compress(hashed.salts, values))))  # noqa: B905  a text for each number
    for number in usual:
        del found[number]
    return found


def _hashes_one_by_one(record: Record, hashed: _Hashed, values: tuple[object, ...]) -> _Fields:
    found = {}
    for (number, salt, name, default, long), value in zip(hashed.fields, values, strict=True):
        if not long and (value is default or (not value and not default)):
            continue
        if long and (records := getattr(record, long)):
            found[number] = crc32(_encode([value, _without_places(records)]), salt)
        elif value != default:
            found[number] = crc32(_encode(_without_places(value) if name in _OF_RECORDS else value), salt)
    return found


def _quote_parts(quote: Quote) -> list[object]:
    fields = _hashes(quote, _hashed(Quote))
    if not quote.wordings:
        return [fields]
    return [fields, [_hashes(wording, _hashed(Wording)) for wording in quote.wordings]]


def _differing(old: _Fields, new: _Fields) -> tuple[str, ...]:
    numbers = sorted(number for number in old.keys() | new.keys() if old.get(number) != new.get(number))
    # A field that only another version knows counts as a key that the format does not know.
    known = [NAMES[number] if 0 <= number < len(NAMES) else "extra" for number in numbers]
    return tuple(dict.fromkeys(known))


def _quote_changes(old: Sequence[msgspec.Raw], new: Sequence[msgspec.Raw]) -> Iterator[Change]:
    gone, come = _unmatched(old, new)
    before = {place: _decoded(_QUOTE, old[place]) for place in gone}
    after = {place: _decoded(_QUOTE, new[place]) for place in come}
    had = {place: frozenset(map(bytes, quote.wordings)) for place, quote in before.items()}
    has = {place: frozenset(map(bytes, quote.wordings)) for place, quote in after.items()}

    def likeness(one: int, other: int) -> int:
        alike = _likeness(_IDENTITY["quote"], before[one].fields, after[other].fields)
        return alike and alike + len(had[one] & has[other])

    pairs = _pairs(gone, come, likeness)
    for place in come:
        if place not in pairs:
            yield Change("quote", "added", number=place)
            continue
        was, now = before[pairs[place]], after[place]
        if fields := _differing(was.fields, now.fields):
            yield Change("quote", "changed", fields, place)
        yield from _plain_changes("wording", was.wordings, now.wordings, place)
    became = set(pairs.values())
    yield from (Change("quote", "removed", number=place) for place in gone if place not in became)


def _plain_changes(
    what: What, old: Sequence[msgspec.Raw], new: Sequence[msgspec.Raw], quote: int = 0
) -> Iterator[Change]:
    """The changes of parts that have only fields."""
    gone, come = _unmatched(old, new)
    before = {place: _decoded(_FIELDS, old[place]) for place in gone}
    after = {place: _decoded(_FIELDS, new[place]) for place in come}
    pairs = _pairs(gone, come, lambda one, other: _likeness(_IDENTITY[what], before[one], after[other]))
    for place in come:
        if place in pairs:
            yield Change(what, "changed", _differing(before[pairs[place]], after[place]), place, quote)
        else:
            yield Change(what, "added", (), place, quote)
    became = set(pairs.values())
    yield from (Change(what, "removed", (), place, quote) for place in gone if place not in became)


def _unmatched(old: Sequence[msgspec.Raw], new: Sequence[msgspec.Raw]) -> tuple[list[int], list[int]]:
    """The indexes of items in `old` and in `new` that the other list does not have, or not as often."""
    gone = [place for place, one in enumerate(old) if place >= len(new) or one != new[place]]
    come = [place for place, one in enumerate(new) if place >= len(old) or one != old[place]]
    where: dict[bytes, list[int]] = defaultdict(list)
    for place in reversed(come):
        where[bytes(new[place])].append(place)
    moved = set()
    left = []
    for place in gone:
        if places := where.get(bytes(old[place])):
            moved.add(places.pop())
        else:
            left.append(place)
    return left, [place for place in come if place not in moved]


class _Identity(NamedTuple):
    """The fields that identify a part."""

    numbers: tuple[int, ...]
    least: int
    """How many of these fields must be equal for one part to be the other, changed."""


_IDENTITY: Final = {
    "quote": _Identity((_NUMBERS["speaker"], _NUMBERS["text"]), 1),
    "claim": _Identity((_NUMBERS["about"], _NUMBERS["by"], _NUMBERS["value"]), 2),
    "wording": _Identity((_NUMBERS["text"], _NUMBERS["language"]), 1),
}


def _likeness(own: _Identity, old: _Fields, new: _Fields) -> int:
    """How alike `old` and `new` are; 0 if they are different parts."""
    # Two wordings without a language are equal in this field too.
    shared = sum(old.get(number) == new.get(number) for number in own.numbers)
    if shared < own.least:
        return 0
    return shared * len(NAMES) + sum(new.get(number) == value for number, value in old.items())


def _pairs(gone: list[int], come: list[int], likeness: Callable[[int, int], int]) -> dict[int, int]:
    """By index in `come`, the index in `gone` of the same part before; the most alike are paired first."""
    if not gone or not come:
        return {}
    reach = max(_CANDIDATES // (2 * len(gone)), 1)
    candidates = [
        (-alike, abs(order - at), one, come[at])
        for order, one in enumerate(gone)
        for at in range(max(order - reach, 0), min(order + reach + 1, len(come)))
        if (alike := likeness(one, come[at]))
    ]
    pairs: dict[int, int] = {}
    became = set()
    for _, _, one, other in sorted(candidates):
        if one not in became and other not in pairs:
            pairs[other] = one
            became.add(one)
    return pairs
