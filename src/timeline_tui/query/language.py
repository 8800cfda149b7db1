"""The search language: text to a `Query` and back.

`troops "day of victory" actor:choe-son-hui kind:vote has:quotes 2024-10..2024-11 -munitions`:
terms are joined by *and*, the same field twice by *or*; `-` before a term excludes what it matches.
In quotation marks, `""` stands for one quotation mark.

Terms without a field that make a date together are that date, the longest run first: `2023`, `oct 2024`
(`date_terms.py`). A `-` before a year that begins with 0, or before both ends of a range, belongs to the
year: `-0045..`, `-1200..-1100`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END, DateError, parse_date
from timeline_tui.dates.day_numbers import add_months, to_civil
from timeline_tui.dates.edtf import write_year
from timeline_tui.query.vocabulary import ARROW, IDENTIFIED, TOGETHER, folded
from timeline_tui.text.sanitize import joined_runs, one_line, words
from timeline_tui.text.similar import closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from timeline_tui.query.vocabulary import Vocabulary

WORD, PHRASE, DURING, WITHIN = "word", "phrase", "during", "within"
"""The fields of terms about words and dates; all but the last can be written without the field."""

NEAR = "near"
"""The field that is read as a range of dates around the event that is selected when it is typed."""

AGAINST = "against"
"""The field of terms that ask who contradicts whom."""

AT = "at"
"""The field of terms that ask for places by their ids."""

IS, SUPPORT, WITHOUT = "is", "support", "without"
"""The fields of terms that ask what statements rest on."""

WITHDRAWN, RETRACTED, CORRECTED, SETTLED = "withdrawn", "retracted", "corrected", "settled"
MARKED = "marked"
IS_VALUES = {
    "fallen": "something in it has lost all its sources: taken away or retracted",
    WITHDRAWN: "the speaker took back a quote or a claim in it",
    RETRACTED: "it cites a source that has been retracted",
    CORRECTED: "it cites a source that has been corrected",
    SETTLED: "a claim in it answers a question that has been settled since",
    MARKED: "you have marked it (m)",
}
"""The values of `is:`, and what an event is that each finds."""

HAS = (
    "quotes", "wordings", "originals", "claims", "links", "sources", "text", "outcome", "place", "tags",
    "actors", "statuses", "updates", "media",
)  # fmt: skip
"""The values of `has:`: `originals` are wordings marked as the original words, `statuses` a list of statuses
of the event, a quote or a claim."""


class Field(NamedTuple):
    """A field of the search language, as its help describes it."""

    example: str
    does: str


FIELDS = {
    "actor": Field(
        "actor:choe-son-hui",
        "this actor takes part, speaks, is spoken to or claims; id or name; actor:lavrov+tass: both",
    ),
    "speaker": Field("speaker:lavrov", "a quote of this actor"),
    "to": Field(
        "to:lavrov", "something said to this actor; to:choe-son-hui>lavrov by the first to the second"
    ),
    AGAINST: Field(
        "against:lavrov",
        "a claim that cannot be true if one of this actor is, or a link that denies what they say;"
        " against:tass>lavrov: what the first says against the second",
    ),
    "kind": Field("kind:vote", "the kind of event"),
    "status": Field("status:claimed", "the status as of today"),
    "tag": Field("tag:nuclear", "a tag"),
    "place": Field('place:"New York"', "words of the place"),
    AT: Field(
        "at:moscow",
        "the place with this id itself, not what lies within it; of a table degrees, as at:48..49,37..38",
    ),
    "source": Field("source:tass", "an event, quote or claim from this source"),
    "publisher": Field("publisher:yonhap", "an event, quote or claim from this publisher; words of its name"),
    "topic": Field("topic:troops", "a claim on this topic"),
    "language": Field("language:ru", "a quote, wording or source in this language"),
    "file": Field("file:letters", "an event from this file of a folder; words of its name"),
    "has": Field("has:quotes", f"one of {', '.join(HAS)}"),
    IS: Field("is:fallen", "; ".join(f"{value}: {meaning}" for value, meaning in IS_VALUES.items())),
    SUPPORT: Field("support:1", "something in it rests on this many origins"),
    WITHOUT: Field("without:tass", "what stands without this source; after `-`, what falls with it"),
    "since": Field("since:2024", "events that may reach to this date or beyond"),
    "until": Field("until:2024-11-06", "events that may begin on this date or before"),
    DURING: Field(
        "2024-10..2024-11", "events that may fall between two dates (either can be missing) or on one date"
    ),
    WITHIN: Field("within:2024-11", "events that certainly fall on this date, or between two"),
    "hour": Field("hour:mon-14", "events at this hour of this day of the week; hour:14, hour:mon"),
    NEAR: Field(
        "near:10d",
        "within this time of the event that is selected while you type (10d, 2w, 3m, 1y), as a range",
    ),
    WORD: Field("word:2024", "words that begin with this, even if it is a date"),
}

_TOKEN = re.compile(
    r"""(?P<minus>-?)(?:(?P<field>[^\W\d_][\w-]*):)?(?:"(?P<quoted>(?:[^"]|"")*)(?P<end>"?)|(?P<bare>[^\s"]*))"""
)
_BARE_VALUE = re.compile(r'[^\s"]+')
_RANGE = re.compile(r"(?=.*[0-9])([-Y]*[0-9][^\s\"]*?)?\.\.([-Y]*[0-9][^\s\"]*)?")
_NAMED = re.compile(r"[^\W\d_][\w-]*:")
_RUN = re.compile(r'\s*([^\s"]+)')
_SPAN = re.compile(r"([0-9]{1,6})([dwmy])")
_DAYS, _MONTHS = {"d": 1, "w": 7}, {"m": 1, "y": 12}
_LAST_YEAR = 9_999
"""The last year before and after year 0 whose days can be written in a range."""
_DIGITS = 7
"""Numbers with this many digits are greater than any number of sources."""
_LONGEST_RUN = 8
"""Words of the longest date: `between 24 February 2022 and 6 November 2024`."""
_BEFORE_CHRIST = re.compile(r"-0[0-9]{3}(?![0-9])|-[0-9]{4}[^\s\"]*?\.\.-[0-9]")
_DIGIT = re.compile("[0-9]")
_KIND_OF_IDS = {
    "actor": "actor", "speaker": "actor", "to": "actor", AGAINST: "actor", "source": "source",
    WITHOUT: "source", "topic": "topic", AT: "place",
}  # fmt: skip
"""By field of `IDENTIFIED`, the kind of record that its ids name."""
_ONE_ID = re.compile(f"[^{re.escape(TOGETHER + ARROW)}]+")
"""One of the ids in a value."""


class Term(NamedTuple):
    """One condition: `field` is a key of `FIELDS`, `WORD` or `PHRASE`."""

    field: str
    value: str
    excluded: bool = False

    def __str__(self) -> str:
        """The term as it is typed."""
        match self.field:
            case "phrase":
                return f"{'-' if self.excluded else ''}{_quoted(self.value)}"
            case "word":
                is_bare = not _dates(self.value)
            case "during":
                is_minus_of_year = bool(
                    _BEFORE_CHRIST.match(f"-{self.value}" if self.excluded else self.value)
                )
                is_negative = self.value.startswith("-")
                is_bare = is_minus_of_year == is_negative and not (is_negative and self.excluded)
            case _:
                is_bare = False
        return f"{'-' if self.excluded else ''}{self.value}" if is_bare else self.named

    @property
    def named(self) -> str:
        """The term as it can be typed anywhere: with its field; a phrase in quotation marks."""
        bare = _BARE_VALUE.fullmatch(self.value) and self.field != PHRASE
        value = self.value if bare else _quoted(self.value)
        return f"{'-' if self.excluded else ''}{'' if self.field == PHRASE else f'{self.field}:'}{value}"

    def with_new_ids(self, names: Mapping[str, str]) -> Term:
        """The term with other ids in its value, by the old ones."""
        return (
            self._replace(value=_ONE_ID.sub(lambda id_: names.get(id_[0], id_[0]), self.value))
            if names
            else self
        )

    @property
    def days(self) -> tuple[int, int]:
        """First and last day number that a term of `since`, `until`, `during` or `within` allows.

        Raises:
            DateError: The value is not a date.
        """
        first, dots, last = self.value.partition("..")
        if self.field not in (DURING, WITHIN) or not dots or self.value[0] in "[{":
            first = last = self.value
        return (
            parse_date(first).earliest if first and self.field != "until" else BEGINNING,
            parse_date(last).latest if last and self.field != "since" else END,
        )


@dataclass(frozen=True, slots=True)
class Query:
    """Which events to show: those that match all terms; of several terms of one field, any.

    A query without terms matches everything, and is false. `parse_query(str(query)).query == query`.
    """

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __str__(self) -> str:
        written = " ".join(map(str, self.terms))
        # Words and dates side by side may make another date.
        if len(self.terms) > 1 and _DIGIT.search(written) and parse_query(written).query != self:
            return " ".join(term.named for term in self.terms)
        return written

    def __and__(self, other: Query) -> Query:
        """The terms of both; those of one field still allow together."""
        return Query(tuple(dict.fromkeys(self.terms + other.terms)))

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def values(self, field: str) -> tuple[str, ...]:
        """The values of a field that the query requires, without excluded ones."""
        return tuple(term.value for term in self.terms if term.field == field and not term.excluded)

    def with_term(self, field: str, value: str, *, excluded: bool = False) -> Query:
        """This query with one more term; `value` is an id, a word or a date as the field takes them.

        A `WORD` that could not be typed as one word becomes a `PHRASE`.
        """
        return self & Query((_term(field, value, excluded=excluded),))

    def narrowed(self, other: Query) -> Query:
        """A query that finds what this one and another one both find.

        Terms of one field allow together, so those of both queries cannot stand side by side: ids are joined,
        and of `within` the days remain that both have. Of other fields the terms of the other query remain;
        they must be narrower than those of this one.

        Args:
            other: Without excluded terms.
        """
        kept = self.terms
        for field in dict.fromkeys(term.field for term in other):
            ours, theirs = self.values(field), other.values(field)
            if not ours or field in (WORD, PHRASE):
                continue
            kept = tuple(term for term in kept if term.field != field or term.excluded)
            other = other.without_field(field) & Query(tuple(_both(field, ours, theirs)))
        return Query(kept) & other

    def without_term(self, term: Term) -> Query:
        """This query without that term."""
        return Query(tuple(other for other in self.terms if other != term))

    def without_field(self, field: str) -> Query:
        """This query without any term of that field, required or excluded."""
        return Query(tuple(term for term in self.terms if term.field != field))

    def toggle(self, field: str, value: str) -> Query:
        """This query with the value added as a term, or removed if it has that term."""
        term = _term(field, value, excluded=False)
        return self.without_term(term) if term in self.terms else self & Query((term,))

    def with_new_ids(self, names: Mapping[str, Mapping[str, str]]) -> Query:
        """This query for a timeline in which records have other ids.

        Args:
            names: By kind of record (`actor`, `source`, `topic`, `place`), the new id of each old one.
        """
        return Query(
            tuple(term.with_new_ids(names.get(_KIND_OF_IDS.get(term.field, ""), {})) for term in self)
        )

    @property
    def beginnings(self) -> tuple[str, ...]:
        """The folded beginnings of the words that the query searches for, to mark them where they are shown.

        Short words of a phrase such as *of* and *in* are left out: alone they were not searched for.
        """
        texts = [
            joined_runs(words(term.value))
            for term in self.terms
            if term.field in (WORD, PHRASE) and not term.excluded
        ]
        telling = [[word for word in text if len(word) > 2 or not word.isascii()] or text for text in texts]
        return tuple(dict.fromkeys(word for text in telling for word in text))

    def in_words(self, label: Callable[[str, str], str]) -> Iterator[str]:
        """The query in words, a phrase for each field, visible on one line: `actor: Choe Son-hui or TASS`.

        `label` gives the name to show for a field's value.
        """
        groups: dict[tuple[str, bool], list[str]] = {}
        for index, (field, value, excluded) in enumerate(self.terms):
            match field:
                case "word" | "phrase":
                    group, shown = f"{index}", value if field == WORD else f"“{value}”"
                case "during" | "since" | "until" | "within":
                    group, shown = field, value
                case _:
                    group, shown = field, label(field, value)
            groups.setdefault((group, excluded), []).append(one_line(shown))
        for (group, excluded), values in groups.items():
            name = "" if group.isdigit() or group == DURING else f"{group}: "
            yield ("not " if excluded else "") + name + " or ".join(values)


class QueryProblem(NamedTuple):
    """A mistake in a query, at `text[start:end]`; raw text that must be made visible before it is shown."""

    start: int
    end: int
    message: str
    suggestion: str = ""
    """What may be meant instead, as it would be typed; empty if nothing is similar."""

    def __str__(self) -> str:
        """The mistake and the suggestion as a sentence, visible and on one line."""
        return one_line(
            f"{self.message} — did you mean {self.suggestion}?" if self.suggestion else self.message
        )


class ParsedQuery(NamedTuple):
    """The query in a text, and the mistakes in it."""

    query: Query
    problems: tuple[QueryProblem, ...]


class _MistakeError(Exception):
    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


def parse_query(
    text: str, vocabulary: Vocabulary | None = None, around: tuple[int, int] | None = None
) -> ParsedQuery:
    """The query that `text` means, without its mistakes, and these; any text may be given.

    With a vocabulary, names become ids, and a value that the timeline does not have is a mistake.

    Args:
        text: What was typed.
        vocabulary: Of the timeline; None to take every value.
        around: The first and last day number of the event that `near:` counts from; None if there is none.
            The term becomes that range of dates, and stays that when another event is selected.
    """
    terms: list[Term] = []
    problems: list[QueryProblem] = []
    for start, end, found in _parsed(text, vocabulary, around):
        if isinstance(found, Term):
            terms.append(found)
        else:
            problems.append(QueryProblem(start, end, found.message, found.suggestion))
    return ParsedQuery(Query(tuple(dict.fromkeys(terms))), tuple(problems))


class OtherReading(NamedTuple):
    """A query in which a date is read as words."""

    typed: str
    """The date as it was typed; raw."""
    query: Query


def other_reading(
    text: str, vocabulary: Vocabulary | None = None, around: tuple[int, int] | None = None
) -> OtherReading | None:
    """The other meaning of a text: its first date is searched for as words; None if it has no such date.

    The arguments are those of `parse_query()`.
    """
    parsed = [
        (text[start:end], term)
        for start, end, term in _parsed(text, vocabulary, around)
        if isinstance(term, Term)
    ]
    for place, (typed, term) in enumerate(parsed):
        if term.field == DURING and not term.excluded and ".." not in typed and not _NAMED.match(typed):
            words_instead = Term(PHRASE, typed)
            terms = [words_instead if number == place else other for number, (_, other) in enumerate(parsed)]
            return OtherReading(typed, Query(tuple(dict.fromkeys(terms))))
    return None


def _parsed(
    text: str, vocabulary: Vocabulary | None, around: tuple[int, int] | None
) -> Iterator[tuple[int, int, Term | _MistakeError]]:
    """Start and end of each term of a text, and the term or the mistake in it."""
    position = 0
    while match := _TOKEN.match(text, position):
        start, position = match.span()
        if not match[0]:
            if position == len(text):
                break
            position += 1
            continue
        found: Term | _MistakeError
        dated = _dated(text, start)
        try:
            if dated is None:
                found = _read(match, vocabulary, around)
            else:
                found, position = dated
                _check_dates(DURING, found.value)
        except _MistakeError as mistake:
            found = mistake
        yield start, position, found


def _dated(text: str, start: int) -> tuple[Term, int] | None:
    """The longest run of words from `start` on that is a date, and where it ends."""
    if not _DIGIT.search(text, start):
        return None
    ends: list[int] = []
    position = start
    while len(ends) < _LONGEST_RUN and (match := _RUN.match(text, position)):
        word, position = match[1], match.end()
        if _NAMED.match(word.lstrip("-")) or (ends and word[0] == "-" and len(word) > 1):
            break
        ends.append(position)
    for end in reversed(ends):
        typed = " ".join(text[start:end].split())
        excluded = typed.startswith("-") and not _BEFORE_CHRIST.match(typed)
        if excluded:
            typed = typed[1:] if _BEFORE_CHRIST.match(typed[1:]) else typed.lstrip("-")
        if value := _dates(typed):
            return Term(DURING, value, excluded), end
    return None


def _dates(text: str) -> str:
    """As `date_terms.dates_of()`, which is only loaded for a text with digits."""
    if not _DIGIT.search(text):
        return ""
    from timeline_tui.query.date_terms import dates_of  # noqa: PLC0415

    return dates_of(text)


def _read(match: re.Match[str], vocabulary: Vocabulary | None, around: tuple[int, int] | None) -> Term:
    minus, name, quoted, end, bare = match.groups()
    if quoted is not None and not end:
        raise _MistakeError("the closing quotation mark is missing", f'{match[0]}"')
    excluded = bool(minus)
    value = bare if quoted is None else quoted.replace('""', '"')
    if name is None:
        return _unnamed(value, is_phrase=quoted is not None, excluded=excluded)
    field = name.lower()
    if field not in FIELDS:
        raise _unknown_field(match)
    if not value:
        raise _MistakeError(f"{field}: needs a value")
    if field == NEAR:
        return Term(DURING, _range_around(value.lower(), around), excluded)
    try:
        found = _value(field, value, vocabulary)
        return _term(field, found, excluded=excluded) if field == WORD else Term(field, found, excluded)
    except _MistakeError as mistake:
        meant = str(Term(field, mistake.suggestion, excluded)) if mistake.suggestion else ""
        raise _MistakeError(mistake.message, meant) from None


def _range_around(value: str, around: tuple[int, int] | None) -> str:
    """The range of dates from some time before the first day of an event to as much after its last one.

    Where one of these days is not known, the other one counts.
    """
    found = _SPAN.fullmatch(value)
    if found is None:
        raise _MistakeError("near: takes a time like 10d, 2w, 3m or 1y", f"{NEAR}:10d")
    if around is None:
        raise _MistakeError("near: is counted from the selected event, and none is selected here")
    known = [day for day in around if BEGINNING < day < END]
    if not known:
        raise _MistakeError("near: the selected event has no known date")
    number = int(found[1])
    first, last = known[0], known[-1]
    if found[2] in _DAYS:
        days = number * _DAYS[found[2]]
        ends = (first - days, last + days)
    else:
        months = number * _MONTHS[found[2]]
        ends = (add_months(first, -months), add_months(last, months))
    return "..".join(map(_written_day, ends))


def _written_day(day: int) -> str:
    year, month, number = to_civil(day)
    if abs(year) > _LAST_YEAR:
        raise _MistakeError(f"near: that reaches beyond the years from -{_LAST_YEAR} to {_LAST_YEAR}")
    return f"{write_year(year)}-{month:02}-{number:02}"


def _unnamed(value: str, *, is_phrase: bool, excluded: bool) -> Term:
    value = value if is_phrase else value.lstrip("-")
    if not is_phrase and _RANGE.fullmatch(value):
        return Term(DURING, _value(DURING, value, None), excluded)
    if not words(value):
        message = f"{value} contains no letter or digit" if value else "there is nothing to search for"
        raise _MistakeError(message)
    return _term(PHRASE if is_phrase else WORD, value, excluded=excluded)


def _value(field: str, value: str, vocabulary: Vocabulary | None) -> str:
    if field == WORD:
        if not words(value):
            raise _MistakeError(f"{value} contains no letter or digit")
        return value
    if field in ("since", "until", DURING, WITHIN):
        dated = _dates(value)
        if dated and (field in (DURING, WITHIN) or ".." not in dated):
            value = dated
        _check_dates(field, value)
        return value
    if field in ("has", IS, SUPPORT):
        return _own_value(field, value)
    if vocabulary is None:
        return value
    known_value = vocabulary.resolve(field, value)
    if known_value is None:
        name = "source" if field == WITHOUT else field
        raise _MistakeError(f"this timeline has no {name} {value}", vocabulary.nearest(field, value))
    return known_value


def _own_value(field: str, value: str) -> str:
    """The value of a field that takes the same values in every timeline."""
    if field == "has":
        known = folded(value).rstrip("s")
        name = next((name for name in HAS if name.rstrip("s") == known), None)
        if name is None:
            raise _MistakeError(f"has: takes one of {', '.join(HAS)}", closest(value.lower(), HAS))
        return name
    if field == IS:
        if value.lower() not in IS_VALUES:
            raise _MistakeError(f"is: takes one of {', '.join(IS_VALUES)}", closest(value.lower(), IS_VALUES))
        return value.lower()
    if not (value.isascii() and value.isdecimal() and len(value) < _DIGITS and int(value)):
        raise _MistakeError("support: takes a number of origins, from 1 on", "1")
    return str(int(value))


def _both(field: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[Term]:
    """Terms that find what one of several values finds, and one of several others."""
    if field not in IDENTIFIED and field != WITHIN:
        yield from (Term(field, value) for value in theirs)
        return
    for one in ours:
        for other in theirs:
            if field == WITHIN:
                yield Term(field, _common_days(one, other))
            else:
                yield Term(
                    field, TOGETHER.join(dict.fromkeys((*one.split(TOGETHER), *other.split(TOGETHER))))
                )


def _common_days(one: str, other: str) -> str:
    """The value of `within` for the days that two values of it have in common, which must be some."""
    outer, inner = Term(WITHIN, one).days, Term(WITHIN, other).days
    if outer[0] <= inner[0] and inner[1] <= outer[1]:
        return other
    starts = one if outer[0] > inner[0] else other
    ends = one if outer[1] < inner[1] else other
    return starts if starts == ends else f"{starts.partition('..')[0]}..{ends.rpartition('..')[2]}"


def _check_dates(field: str, value: str) -> None:
    if field in (DURING, WITHIN) and not _RANGE.fullmatch(value) and not _dates(value):
        raise _MistakeError(f"{value} is not a date or a date range", "2024-10..2024-11")
    try:
        first, last = Term(field, value).days
    except DateError as error:
        raise _MistakeError(
            f"{value}: {error.message}" + (f" ({error.hint})" if error.hint else "")
        ) from None
    if first > last:
        raise _MistakeError(f"{value} ends before it begins")


def _unknown_field(match: re.Match[str]) -> _MistakeError:
    minus, name = match["minus"], match["field"]
    after = match[0][len(minus) + len(name) :]
    nearest = closest(name.lower(), FIELDS)
    meant = f"{nearest}{after}" if nearest else _quoted(f"{name}{after}")
    return _MistakeError(f"unknown field {name}:", minus + meant)


def _term(field: str, value: str, *, excluded: bool) -> Term:
    is_word = field == WORD and bool(words(value)) and _is_one_word(value)
    return Term(PHRASE if field == WORD and not is_word else field, value, excluded)


def _is_one_word(value: str) -> bool:
    return not (
        value.startswith("-")
        or _NAMED.match(value)
        or _RANGE.fullmatch(value)
        or not _BARE_VALUE.fullmatch(value)
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
