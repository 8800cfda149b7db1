"""A dictionary of key names: the parts of an event, with the names used for each, the most likely first.

A name only says where to look first; the value decides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SPLIT = re.compile(r"[\W_]+")


def _named(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DATES = (
    "date when event-date datum fecha dates",
    "start start-date date-start begin begins began begin-date from starts started since dtstart from-date",
    (
        "start-time datetime date-time timestamp timestamp-ms ts time day iso-date date-iso isodate on "
        "happened occurred"
    ),
    "start-year startyear year years yr jahr annee année ano año anno jaar år rok год року 年 年份 연도 έτος",
)
_RANKS = {name: rank for rank, names in enumerate(_DATES) for name in names.split()}
_LESS_LIKELY = 4
_ABOUT_DATES = {"date", "dates", "time", "year", "datum", "day"}
_OF_A_THING = {"published", "released", "pubdate", "launched", "founded"}
_ENDS = frozenset(
    _named(
        "end end-date date-end enddate until till to ends ended end-time through dtend to-date "
        "end-year endyear year-end finish finished stop"
    )
)
_RECORDED = frozenset(
    _named("entered recorded reported received posted logged registered indexed scraped submitted")
)
"""When somebody wrote it down: less likely the date of the event than any other."""
_UNLIKELY = frozenset(
    _named(
        "end ends until expiry expires updated update modified modification created accessed "
        "retrieved access last sort verified checked reviewed added lastmod uploaded saved generated "
        "version"
    )
)
_DEADLINES = {"deadline", "due"}
_AS_SHOWN = frozenset(_named("display shown text label human formatted string written readable title name"))
_LABELS = frozenset(_named("label period era age timeframe time-frame range span when"))

TITLES = _named(
    "title event name headline heading label header subject what milestone event-name event-title "
    "entry item achievement caption topic release version feature short-title subtitle titel "
    "titre titolo titulo overskrift"
)
TEXTS = _named(
    "body text content description details detail summary abstract info information story "
    "narrative blurb excerpt desc long-description event-description paragraph explanation "
    "content-html html caption subtitle context significance notes note comment comments "
    "beschreibung texte texto testo tekst descripcion descrizione descricao omschrijving"
)
KINDS = _named("kind type event-type category eventtype classification node-type group")
PLACES = _named("place location where venue city locality town country ort lieu lugar luogo plaats")
TAGS = _named("tags tag keywords keyword labels themes topics categories hashtags")
IDS = _named("id key slug uid identifier event-id uuid")
PEOPLE = _named(
    "actors people persons participants who characters figures individuals parties attendees "
    "speakers members organizations organisations companies entities actor person participant "
    "character speaker involved people-involved key-people key-figures key-actors key-players "
    "actor1 actor2 actor-1 actor-2 assoc-actor-1 assoc-actor-2 actor1name actor2name actor1-name actor2-name "
    "side-a side-b party-a party-b actor-a actor-b "
    "players protagonists organization organisation org company institution personen personnes "
    "personas"
)
NAMES = _named("name title label person actor who tag full-name")
"""Names of the key that names a person, a tag or a section."""
ROLES = _named("role position function job part")

_CITES = frozenset(
    _named(
        "source sources reference references ref refs citation citations cite cites cited "
        "bibliography quelle quellen fuente fuentes fonte fonti bron bronnen"
    )
)
_LEADS = frozenset(
    _named(
        "url urls uri link links href wiki wikipedia website web permalink article articles evidence "
        "via proof news homepage read more"
    )
)
_NO_SOURCE = frozenset(
    _named(
        "image images img photo photos picture pictures video videos media thumbnail thumb logo icon "
        "avatar audio file ids id count background cover banner poster embed"
    )
)
_OF_ANOTHER_KIND = frozenset((*_ABOUT_DATES, *_DEADLINES, *_NO_SOURCE, "url", "link", "href", "precision"))
_SYNONYMS = frozenset((*TITLES[:8], *TEXTS, *PLACES, *PEOPLE))
_OF_PLACES = frozenset(_named("geo where location spatial place coordinates coord lat lon adm admin"))
_PRECISIONS = frozenset(
    _named("precision prec qualifier accuracy approximate approx circa estimated granularity flag")
)
_LISTS = frozenset(_named("event events timeline timelines milestone milestones chronology"))
_PARTS = frozenset((*PEOPLE, *TAGS, *PLACES))
_NOT_LISTS = frozenset(_named("quote quotes claims postponed wordings comments translations versions"))


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """A key in lower case, with hyphens between its words: `releaseDate` is `release-date`."""
    return "-".join(words_of(name))


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a key in lower case."""
    return tuple(word for word in _SPLIT.split(_HUMPS.sub("-", name).lower()) if word)


@lru_cache(maxsize=4096)
def date_rank(name: str) -> int | None:  # noqa: PLR0911  one for each kind of name
    """How likely a key has the date of an event: 0 is the most likely, None means not at all."""
    known = plain_name(name)
    if known in _RANKS:
        return _RANKS[known]
    words = set(words_of(name))
    if is_end(name):
        return None
    about = bool(words & {"date", "dates", "time", "year", "datum", "day"}) or known.endswith(
        ("date", "year")
    )
    if words & _DEADLINES:
        return _LESS_LIKELY + 1
    if words & _UNLIKELY:
        return _LESS_LIKELY + 2 if about else None
    if about and words & _RECORDED:
        return _LESS_LIKELY + 1
    if about or words & _OF_A_THING:
        # Written for readers, beside a date that is written for programs.
        return _LESS_LIKELY
    return None


def makes_event(rank: int | None) -> bool:
    """Whether a date under a key of that rank makes its map an event."""
    return rank is not None and rank <= _LESS_LIKELY + 1


@lru_cache(maxsize=4096)
def is_end(name: str) -> bool:
    """Whether a key has the end of an event."""
    return plain_name(name) in _ENDS


@lru_cache(maxsize=4096)
def is_shown_date(name: str) -> bool:
    """Whether a key may have the date written for readers, beside another one for programs."""
    words = set(words_of(name))
    return plain_name(name) in _LABELS or ("date" in words and bool(words & _AS_SHOWN))


@lru_cache(maxsize=4096)
def is_precision(name: str) -> bool:
    """Whether a key may say how precise a date is."""
    words = set(words_of(name))
    return bool(words & _PRECISIONS) and not words & _OF_PLACES


@lru_cache(maxsize=4096)
def may_cite(name: str) -> bool:
    """Whether a key may have a source that is not an address."""
    words = set(words_of(name))
    return bool(words & _CITES) and not words & _NO_SOURCE


@lru_cache(maxsize=4096)
def may_lead(name: str) -> bool:
    """Whether an address under a key is that of a source."""
    words = set(words_of(name))
    joined = plain_name(name).endswith(("link", "links", "url"))
    return may_cite(name) or ((bool(words & _LEADS) or joined) and not words & _NO_SOURCE)


@lru_cache(maxsize=4096)
def is_synonym(name: str) -> bool:
    """Whether a key is another name for something that the format has a key for."""
    known = plain_name(name)
    return known in _SYNONYMS or date_rank(name) is not None or is_end(name) or may_lead(name)


@lru_cache(maxsize=4096)
def is_list_of_events(name: str) -> bool:
    """Whether the key of a list means a list of events."""
    return bool(set(words_of(name)) & _LISTS)


@lru_cache(maxsize=4096)
def is_part_of_event(name: str) -> bool:
    """Whether the key of a list inside an event means details of the event, and not further events."""
    return bool(set(words_of(name)) & _NOT_LISTS) or may_lead(name) or plain_name(name) in _PARTS


MONTHS = frozenset(_named("month monat mois mes mese mês maand månad måned miesiąc месяц 月 月份 월 mo"))
"""Names of the key that has the month of a date beside its year."""
DAYS = frozenset(_named("day tag jour día dia giorno dag dzień день число 日 일 day-of-month"))
"""Names of the key that has the day of a date beside its year and month."""


@lru_cache(maxsize=4096)
def is_year(name: str) -> bool:
    """Whether a key has years, so that `2008-09` is not September there."""
    return _RANKS.get(plain_name(name)) == len(_DATES) - 1


def keys_named(fields: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a map that have one of these names, in the order of `names`, exact matches first."""
    return _keys_named(tuple(fields), names)


@lru_cache(maxsize=4096)  # The maps of a list mostly have the same keys.
def _keys_named(fields: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    by_name: dict[str, list[str]] = {}
    for field in fields:
        by_name.setdefault(plain_name(field), []).append(field)
    found = [key for name in names for key in by_name.get(name, ())]
    # `description_en`, `event_summary`
    for name in names:
        for known, keys in by_name.items():
            is_more = known.startswith(f"{name}-") or known.endswith(f"-{name}")
            if is_more and known not in names and not _OF_ANOTHER_KIND & set(known.split("-")):
                found += keys
    return tuple(dict.fromkeys(found))
