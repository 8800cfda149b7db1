"""What the columns of a table, or the keys of a list, are taken for, by their names and what they hold.

A column is a key of JSON or YAML too. A name only says where to look first; what a column holds decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, get_args

from timeline_tui.dates.lenient import Evidence, take_time
from timeline_tui.errors import UsageError
from timeline_tui.mapping.actors_sources import actors_of, sources_of, tags_of
from timeline_tui.mapping.key_names import (
    IDS,
    KINDS,
    PEOPLE,
    PLACES,
    TAGS,
    TEXTS,
    TITLES,
    date_rank,
    is_end,
    is_precision,
    is_shown_date,
    keys_named,
    makes_event,
    may_cite,
    may_lead,
    plain_name,
)
from timeline_tui.text.sanitize import one_line
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterable, Iterator, Sequence

Role: TypeAlias = Literal[
    "date", "end", "time", "title", "text", "actors", "place", "lat", "lon", "tags", "kind", "status",
    "source", "known", "id",
]  # fmt: skip
"""What a column can be taken for."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)
SAMPLES: Final = 3
"""The values of a column that are shown."""

_MOST = 0.6
"""The share of the values of a column that makes it a column of dates, whatever its name."""
_LEAST_FILLED = 0.3
"""The share of rows that must have a value for a column to have the dates by what it holds alone."""
_TRIED = 60
"""The values of a column that are tried as dates: fewer say too little, more take too long."""
_FIELD = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"[-+\u2212]?[0-9]+(?:[.,][0-9]+)?")
_NAMES: Final[tuple[tuple[Role, tuple[str, ...]], ...]] = (
    ("title", TITLES),
    ("text", TEXTS),
    ("kind", KINDS),
    ("place", PLACES),
    ("tags", TAGS),
    ("actors", PEOPLE),
    ("id", IDS),
)
_EXACT: Final[dict[str, Role]] = {
    "status": "status",
    "known": "known",
    "lat": "lat",
    "latitude": "lat",
    "lon": "lon",
    "lng": "lon",
    "long": "lon",
    "longitude": "lon",
}
_WORDS: Final[dict[Role, str]] = {
    "date": "the date",
    "end": "the end",
    "time": "the time of day",
    "title": "the title",
    "text": "the text",
    "actors": "actors",
    "place": "the place",
    "lat": "the latitude",
    "lon": "the longitude",
    "tags": "tags",
    "kind": "the kind of event",
    "status": "the status",
    "source": "a source",
    "known": "the day on which it became known",
    "id": "the id",
}


class Column(NamedTuple):
    """A column, and what it was taken for."""

    name: str
    samples: tuple[str, ...]
    """Some of its values, as they are."""
    taken_for: Role | None
    """None for a column that is kept as a field of its own."""
    why: str
    """A clause: `because of its name`, `97 of 100 values are dates`."""
    could_be: tuple[Role, ...] = ()
    """What else it could be, the most likely first."""


@dataclass(frozen=True)
class Mapping:
    """What each column was taken for, and what a person has changed."""

    columns: tuple[Column, ...] = ()
    """In the order of the file."""
    chosen: abc.Mapping[Role, str] = field(default_factory=dict)
    """What a person has said: for a role a column, several with commas between them, or a template."""
    header: tuple[str, ...] = ()
    """The columns by which the choices of a person are remembered: those at the beginning of the file."""
    joined: str = ""
    """A template of two columns for titles, where one column alone does not tell entries apart."""

    def of(self, role: Role) -> tuple[str, ...]:
        """The columns with that role, the most likely first; those of a template in its order."""
        if role in self.chosen:
            return self._chosen(role)
        given = self.given
        return tuple(each.name for each in self.columns if each.taken_for == role and each.name not in given)

    def template(self, role: Role) -> str:
        """The template for a role, as `{kind}: {place}`; empty if it is a column or nothing."""
        text = self.chosen.get(role, "")
        return text if _FIELD.search(text) and not self._is_name(text) else ""

    @property
    def given(self) -> frozenset[str]:
        """The columns that a person has given to a role by themselves, and not as a part of a template."""
        return frozenset(
            name for role in self.chosen if not self.template(role) for name in self._chosen(role)
        )

    def with_choice(self, role: Role, value: str) -> Mapping:
        """The same, with a column or template chosen for a role; an empty value takes the choice back."""
        chosen = {name: text for name, text in self.chosen.items() if name != role}
        return replace(self, chosen={**chosen, role: value} if value else chosen)

    def _chosen(self, role: Role) -> tuple[str, ...]:
        text = self.chosen[role]
        if self.template(role):
            return tuple(dict.fromkeys(_FIELD.findall(text)))
        return (
            (text,)
            if self._is_name(text)
            else tuple(part.strip() for part in text.split(",") if part.strip())
        )

    def _is_name(self, text: str) -> bool:
        return any(each.name == text for each in self.columns)


NOTHING_KNOWN: Final = Mapping()
"""The mapping of a file whose columns were not looked at."""


def filled_in(template: str, fields: abc.Mapping[str, object]) -> str:
    """A template with the values of an entry; empty if the entry has none of them.

    What stands before a value that is missing is left out with it.
    """
    found = ""
    *pairs, last = _FIELD.split(template)
    for before, name in zip(pairs[::2], pairs[1::2], strict=True):
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            found += (before if found or name == pairs[1] else "") + " ".join(value.split())
    return f"{found}{last}" if found else ""


def choices(texts: Iterable[str], option: str = "--map") -> dict[Role, str]:
    """What `--map` says: `date=occurred_at`, `title={kind}: {place}`; `date=` takes back what was said.

    Args:
        texts: As typed.
        option: What they were typed after.

    Raises:
        UsageError: One of them is not a role, `=` and a column or a template.
    """
    found: dict[Role, str] = {}
    for text in texts:
        role, equals, value = text.partition("=")
        role = role.strip()
        if not equals:
            raise UsageError(
                f"{option} {one_line(text)} says no column: write what it is, =, and the column, as in"
                f" {option} date=occurred_at"
            )
        if role not in ROLES:
            hint = did_you_mean(role, ROLES)
            raise UsageError(
                f"{option} {one_line(text)}: no column can be taken for {one_line(role)}; "
                f"{hint or 'use one of ' + ', '.join(ROLES)}"
            )
        found[role] = value.strip()
    return found


def check_names(mapping: Mapping) -> None:
    """Raise UsageError if a person has chosen a column that is not there."""
    names = [each.name for each in mapping.columns]
    for role in mapping.chosen:
        for name in mapping.of(role):
            if name not in names:
                hint = did_you_mean(name, names) or f"there are {', '.join(map(one_line, names[:12]))}"
                raise UsageError(f"there is no column {one_line(name)} to take for {_WORDS[role]}; {hint}")


def decide(
    names: Sequence[str],
    rows: Sequence[abc.Mapping[str, object]],
    chosen: abc.Mapping[Role, str] | None = None,
    dates: abc.Mapping[str, Evidence] | None = None,
    header: Sequence[str] = (),
) -> Mapping:
    """What each column is taken for.

    Args:
        names: The columns, in the order of the file.
        rows: A sample of entries: values by column; what is no text is no date, title or place.
        chosen: What a person has said.
        dates: What all values of some columns show about dates; of others, the sample does.
        header: As in `Mapping`.
    """
    values = {name: [row[name] for row in rows if row.get(name) not in (None, "", [], {})] for name in names}
    texts = {name: [each for each in held if isinstance(each, str)] for name, held in values.items()}
    evidence = {name: (dates or {}).get(name) or _evidence(_spread(texts[name])) for name in names}
    fits = {name: tuple(_fits(name, values[name], evidence[name], len(rows))) for name in names}
    roles = _assigned(names, fits, evidence)
    columns = []
    for name in names:
        role, why = roles.get(name) or (None, _why_kept(name, values[name]))
        others = tuple(other for other in dict.fromkeys(each for each, _ in fits[name]) if other != role)
        samples = tuple(dict.fromkeys(map(_as_text, values[name])))[:SAMPLES]
        columns.append(Column(name, samples, role, why, others))
    joined = "" if "title" in (chosen or {}) else _joined(columns, rows)
    mapping = Mapping(tuple(columns), dict(chosen or {}), tuple(header), joined)
    return replace(mapping, columns=tuple(_as_chosen(mapping, each) for each in mapping.columns))


_LEAST_ROWS = 3
_DULL = 0.7
"""Of entries, the share with a title of their own below which titles are dull: `closed`, 52 times."""
_GAIN = 0.25
_LONGEST_PART = 60
_PARTS_OF_TITLES: Final = ("title", "kind", "place", "actors", "text", None)
"""What the columns of a title may have been taken for, the best first."""


def _joined(columns: Sequence[Column], rows: Sequence[abc.Mapping[str, object]]) -> str:
    """Two columns that tell entries apart better than the one with their titles; empty if that does."""
    title = next((each for each in columns if each.taken_for == "title"), None)
    if len(rows) < _LEAST_ROWS or (title is None and any(each.taken_for == "text" for each in columns)):
        return ""
    own = _told_apart(rows, (title.name,)) if title else 0.0
    if own >= _DULL:
        return ""
    is_dull = title is None or status_word(title.name) or own * len(rows) <= 1
    able = [each for each in columns if each is not title and _may_tell(each, rows)]
    able.sort(key=lambda each: _PARTS_OF_TITLES.index(each.taken_for))
    firsts = [title] if title and not is_dull else [each for each in able if each.taken_for == "kind"]
    pairs: list[tuple[str, ...]] = [
        (one.name, other.name) for one in firsts for other in able if other.name != one.name
    ]
    pairs += [(each.name,) for each in able if is_dull]
    best = max(pairs, key=lambda names: (round(_told_apart(rows, names), 2), len(names) == 2), default=())
    if not best or _told_apart(rows, best) < own + _GAIN:
        return ""
    return ": ".join(f"{{{name}}}" for name in best)


def status_word(name: str) -> bool:
    """Whether a column has the name of a status column, which cannot be a title."""
    return plain_name(name) in ("status", "state")


def _may_tell(column: Column, rows: Sequence[abc.Mapping[str, object]]) -> bool:
    """Whether a column may be a part of a title: short words in most rows, no codes, dates or addresses."""
    texts = [value for row in rows if isinstance(value := row.get(column.name), str) and value.strip()]
    return (
        column.taken_for in _PARTS_OF_TITLES
        and not status_word(column.name)
        and 2 * len(texts) >= len(rows)
        and not _are_numbers(texts)
        and all(len(text) <= _LONGEST_PART and not text.startswith(("http:", "https:")) for text in texts)
        and any(text != text.upper() or " " in text for text in texts)
    )


def _told_apart(rows: Sequence[abc.Mapping[str, object]], names: Sequence[str]) -> float:
    """The share of rows with values of their own in some columns."""
    held = {tuple(str(row.get(name, "")) for name in names) for row in rows}
    return len(held) / len(rows) if rows else 0.0


def explain(mapping: Mapping) -> Iterator[str]:
    """Each column in lines: what it was taken for, why, what else it could be, and some values."""
    for column in mapping.columns:
        what = said_of(mapping, column)
        yield f"{one_line(column.name)}: {what} ({one_line(column.why)})"
        if column.could_be:
            yield f"    could also be: {', '.join(column.could_be)}"
        if column.samples:
            yield f"    holds: {' | '.join(one_line(text)[:40] for text in column.samples)}"
    for role in mapping.chosen:
        if template := mapping.template(role):
            yield f"{_WORDS[role]} is made of {one_line(template)}"


def said_of(mapping: Mapping, column: Column) -> str:
    """What a column was taken for, in words."""
    if column.taken_for is None:
        return "a field of its own"
    first = mapping.of(column.taken_for)[:1]
    words = _WORDS[column.taken_for]
    is_next = column.taken_for == "date" and first != (column.name,)
    return f"{words}, where {one_line(first[0])} has none" if is_next and first else words


def _as_chosen(mapping: Mapping, column: Column) -> Column:
    """A column with the role that a person has given it, or without one that another column was given."""
    for role in mapping.chosen:
        if not mapping.template(role) and column.name in mapping.of(role):
            before = (column.taken_for,) if column.taken_for else ()
            others = tuple(each for each in dict.fromkeys((*before, *column.could_be)) if each != role)
            return column._replace(taken_for=role, why="as you say", could_be=others)
    if column.taken_for is not None and column.taken_for in mapping.chosen:
        others = (column.taken_for, *column.could_be)
        return column._replace(taken_for=None, why="you have chosen another one", could_be=others)
    return column


def _spread(texts: Sequence[str]) -> Sequence[str]:
    """At most about `_TRIED` of some texts, from all over them."""
    return texts[:: max(1, len(texts) // _TRIED)]


def _evidence(texts: Iterable[str]) -> Evidence:
    evidence = Evidence()
    for text in texts:
        evidence.add(text)
    return evidence


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _fits(name: str, values: Sequence[object], evidence: Evidence, rows: int) -> Iterator[tuple[Role, str]]:
    """The roles that a column may have, and why, the most likely first."""
    texts = [value for value in values if isinstance(value, str)]
    if not values:
        return
    dated = f"{evidence.readable:,} of {evidence.filled:,} values are dates"
    is_date = evidence.filled > 0 and evidence.readable >= _MOST * evidence.filled
    is_named = (makes_event(date_rank(name)) or is_shown_date(name)) and evidence.readable > 0
    is_full = is_date and len(texts) >= _LEAST_FILLED * rows and not _are_numbers(texts)
    if is_end(name) and evidence.readable:
        yield "end", f"because of its name, and {dated}"
    elif plain_name(name) == "known" and is_date and not is_named:
        yield "known", "because of its name"
    elif is_named or is_full:
        yield "date", f"because of its name, and {dated}" if is_named else dated
        # A column that may have the date gets none of these by itself.
        yield from ((role, dated) for role in ("end", "known"))
    if (role := _EXACT.get(plain_name(name))) is not None and (
        role not in ("lat", "lon") or _are_numbers(texts)
    ):
        yield role, "because of its name"
    if texts and all(_is_time(text) for text in texts[:50]):
        yield "time", "it holds times of day"
    if may_lead(name) and any(sources_of(each, {}, cites=may_cite(name)) for each in values[:50]):
        yield "source", "because of its name, and it holds sources"
    for role, known in _NAMES:
        if keys_named((name,), known) and _holds(role, values):
            yield role, "because of its name"


def _why_kept(name: str, values: Sequence[object]) -> str:
    """Why a column without a role is kept as a field of its own, as a clause."""
    if not values:
        return "it is empty"
    if is_precision(name):
        return "it says how exact the dates beside it are"
    return "neither its name nor its values say more"


def _holds(role: Role, values: Sequence[object]) -> bool:
    """Whether the values of a column that is named for a role fit it."""
    some = values[:50]
    if role == "actors":
        return any(actors_of(each, {}) for each in some)
    if role == "tags":
        return any(tags_of(each) for each in some)
    return any(isinstance(each, str) for each in some)


def _assigned(
    names: Sequence[str],
    fits: abc.Mapping[str, tuple[tuple[Role, str], ...]],
    dates: abc.Mapping[str, Evidence],
) -> dict[str, tuple[Role, str]]:
    """The role of each column that has one, and why: each role goes to the columns that fit it best."""
    found: dict[str, tuple[Role, str]] = {}
    for role in ROLES:
        able = [
            (name, why) for name in names for each, why in fits[name] if each == role and name not in found
        ]
        if role == "date":
            able.sort(key=lambda each: _date_order(each[0], dates[each[0]]))
        elif known := dict(_NAMES).get(role):
            order = keys_named([name for name, _ in able], known)
            able.sort(key=lambda each: order.index(each[0]))
        many = role in ("actors", "source", "date")
        for name, why in able if many else able[:1]:
            found[name] = role, why
    return {
        name: found[name]
        for name in sorted(found, key=lambda each: (found[each][0], list(found).index(each)))
    }


def _date_order(name: str, evidence: Evidence) -> tuple[bool, int, float]:
    """Sorts columns of dates: by their names, then those whose values can all be read."""
    rank = date_rank(name)
    return (rank is None, rank or 0, -evidence.readable / max(evidence.filled, 1))


def _are_numbers(texts: Sequence[str]) -> bool:
    return bool(texts) and all(_NUMBER.fullmatch(text.strip()) for text in texts[:100])


def _is_time(text: str) -> bool:
    rest, time = take_time(text.strip())
    return bool(time) and not rest
