"""The sources that a view cites as entries for BibLaTeX: UTF-8, dates in EDTF, ids as keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.day_numbers import days_in_month, to_civil
from timeline_tui.dates.edtf import APPROXIMATE, UNCERTAIN, Interval, Limit, Moment, write_year
from timeline_tui.dates.wording import in_words
from timeline_tui.exchange.bibliography.csl_json import is_guess, names
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.report_text import (
    cited_sources,
    extras,
    is_address,
    language,
    origin_name,
    source_changes,
)
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.dates.date import Date
    from timeline_tui.exchange.report_text import CitedSource
    from timeline_tui.model.records import Source
    from timeline_tui.timeline.view import View

# A brace counts even after a backslash, so the braces of a text are written as commands.
_SPECIAL = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "$&#%_"},
})  # fmt: skip
_KEY = re.compile(r"[^\w.:-]")
_MARKS = {0: "", UNCERTAIN: "?", APPROXIMATE: "~", UNCERTAIN | APPROXIMATE: "%"}
_DIGITS = re.compile(r"-?[0-9]{4}|[0-9]{3}X|[0-9]{2}XX")
_SEASONS = range(21, 25)


def write(view: View) -> Exported:
    """One entry per source, in the order in which they are first cited."""
    done = Exported("")
    sources = cited_sources(view)
    keys = _keys(sources)
    entries = []
    for cited in sources.values():
        entries.append(_entry(view, cited, keys))
        if cited.places:
            done.lost["places in sources"] += cited.places
        if cited.source and cited.source.date and not biblatex_date(cited.source.date):
            done.lost["dates of sources that are kept in words only"] += 1
    done.text = "\n".join(entries)
    return done


def escaped(text: str) -> str:
    """A text on one line, escaped for TeX, with balanced braces and hidden characters made visible."""
    return one_line(text).translate(_SPECIAL)


def capitals_kept(text: str) -> str:
    """As `escaped()`, with braces around each word whose capitals every style must keep."""
    return " ".join(
        f"{{{escaped(word)}}}" if word != word.lower() else escaped(word)
        for word in one_line(text).split(" ")
    )


def biblatex_date(date: Date) -> str:
    """A date for BibLaTeX, which supports levels 0 and 1 of EDTF; empty for any other date.

    Times of day are left out. One of several days becomes a range between two uncertain days.
    """
    form = date.form
    if isinstance(form, Moment):
        return _moment(form) or _range(date)
    if isinstance(form, Interval):
        ends = ["" if isinstance(end, Limit) else _moment(end) for end in form]
        if any(not end and isinstance(given, Moment) for end, given in zip(ends, form, strict=True)):
            return _range(date)
        return "/".join(ends)
    return "" if form.every and len(form.members) > 1 else _range(date)


def _moment(moment: Moment) -> str:
    year, month, day = moment.year, moment.month, moment.day
    if moment.significant or not _DIGITS.fullmatch(year) or len(set(_qualifiers(moment))) > 1:
        return ""
    if ("X" in year and month) or ("X" in month and month != "XX") or ("X" in day and day != "XX"):
        return ""
    if month == "XX" and day not in ("", "XX"):
        return ""
    if month.isdigit() and int(month) > 12 and int(month) not in _SEASONS:
        return ""
    return "-".join(filter(None, (year, month, day))) + _MARKS[moment.qualifiers[0]]


def _qualifiers(moment: Moment) -> tuple[int, ...]:
    """The components that are given, joined by hyphens."""
    return moment.qualifiers[: 1 + bool(moment.month) + bool(moment.day)]


def _range(date: Date) -> str:
    """The range of days that a date lies in; empty if it is open or a year does not have four digits."""
    if date.earliest == BEGINNING or date.latest == END:
        return ""
    first, last = to_civil(date.earliest), to_civil(date.latest)
    if abs(first[0]) > 9999 or abs(last[0]) > 9999:
        return ""
    length = 3
    if first[2] == 1 and last[2] == days_in_month(*last[:2]):
        length = 1 if first[1] == 1 and last[1] == 12 else 2
    doubt = "?" if is_guess(date) else ""
    marks = date.approximate * APPROXIMATE | date.uncertain * UNCERTAIN
    ends = [
        "-".join([write_year(end[0]), *(f"{part:02}" for part in end[1:length])]) + (_MARKS[marks] or doubt)
        for end in (first, last)
    ]
    return "/".join(dict.fromkeys(ends))


def _keys(sources: Mapping[str, CitedSource]) -> dict[str, str]:
    """Ids as BibLaTeX keys, without the characters that an id cannot have."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in sources:
        plain = key = _KEY.sub("-", id_) or "source"
        number = 2
        while key in taken:
            key, number = f"{plain}-{number}", number + 1
        taken.add(key)
        keys[id_] = key
    return keys


def _entry(view: View, cited: CitedSource, keys: Mapping[str, str]) -> str:
    fields = list(_fields(view, cited, keys))
    source = cited.source
    kind = "online" if source and is_address(source.url) else "misc"
    if source and source.kind == "data":
        kind = "dataset"
    inner = "".join(f"  {name:<12} = {{{value}}},\n" for name, value in fields if value)
    return f"@{kind}{{{keys[cited.id]},\n{inner}}}\n"


def _fields(view: View, cited: CitedSource, keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    source = cited.source
    if source is None:
        yield "title", escaped(cited.id)
        return
    yield "author", " and ".join(map(_name, names(source.author)))
    yield "title", capitals_kept(source.title)
    yield "organization", escaped(source.publisher)
    if source.date:
        yield "date", biblatex_date(source.date)
    if is_address(source.url):
        yield "url", source.url.replace("{", "%7B").replace("}", "%7D")
    if source.language:
        yield "language", escaped(language(source.language))
    yield "keywords", escaped(source.kind).replace(",", " ")
    if source.kind == "satire":
        yield "note", "Satire"
    if related := [keys[id_] for id_ in source.derived_from if id_ in keys]:
        yield "related", ",".join(related)
        yield "relatedstring", "Repeats"
    yield "annotation", " ".join(map(escaped, _notes(view, cited, source, keys)))


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{escaped(name['literal'])}}}"
    return f"{escaped(name['family'])}, {escaped(name['given'])}"


def _notes(view: View, cited: CitedSource, source: Source, keys: Mapping[str, str]) -> Iterator[str]:
    if source.note:
        yield source.note
    if source.date and not biblatex_date(source.date):
        yield f"Date: {in_words(source.date)}."
    if source.url and not is_address(source.url):
        yield f"Address: {source.url}"
    if source.archive_url:
        yield f"Archived copy: {source.archive_url}"
    for id_ in source.derived_from:
        if id_ not in keys:
            yield f"Repeats {origin_name(view, id_)}."
    yield from (f"{sentence}." for sentence in source_changes(view, cited.id, source))
    for key, value in extras(source):
        yield f"{key}: {value}."
