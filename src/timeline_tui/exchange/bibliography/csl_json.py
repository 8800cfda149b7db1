"""The sources that a view cites as CSL-JSON, which Zotero and other reference managers read.

The fields are those of version 1.0 of the schema (https://citationstyles.org), in which a date is a single
date or a range, in whole years, months or days, with a season and a mark for `circa`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from timeline_tui.dates.date import BEGINNING, END, Date
from timeline_tui.dates.day_numbers import days_in_month, to_civil
from timeline_tui.dates.edtf import SEASONS, Interval, Moment, Several, bounds, moments
from timeline_tui.dates.wording import in_words
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.report_text import (
    cited_sources,
    extras,
    is_address,
    language_tag,
    repeats,
    source_changes,
)
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.report_text import CitedSource
    from timeline_tui.model.records import Source
    from timeline_tui.timeline.view import View

_TYPES = {
    "report": "article-newspaper",
    "wire": "article-newspaper",
    "commentary": "article-newspaper",
    "satire": "article-newspaper",
    "interview": "interview",
    "official": "report",
    "data": "dataset",
}
_PUBLISHED = frozenset({"report", "dataset"})
"""Types that have a publisher; other types are contained in something."""
_NORTHERN, _SOUTHERN = (21, 25), 29
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*[a-zß-öø-ÿ.][\w.’'-]*"
_INVERTED = re.compile(rf"({_WORD}(?: {_WORD})?), ({_WORD}(?: {_WORD})?)")


def write(view: View) -> Exported:
    """The sources in the order in which they are first cited; none published after the known-on day."""
    done = Exported("")
    items = []
    for cited in cited_sources(view).values():
        items.append(_item(view, cited))
        if cited.places:
            done.lost["places in sources"] += cited.places
    done.text = json.dumps(items, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return done


def issued(date: Date) -> dict[str, object]:
    """A date in CSL; one that is neither a single date nor a range is given in words."""
    form = date.form
    if isinstance(form, Several) and form.every and len(form.members) > 1:
        return {"literal": one_line(in_words(date))}
    if date.earliest == BEGINNING or date.latest == END:
        return {"literal": one_line(in_words(date))}
    parts = _ends(form) if isinstance(form, Interval) else _parts(date.earliest, date.latest)
    value: dict[str, object] = {"date-parts": parts}
    if isinstance(form, Moment) and (season := _season(form)):
        value = {"date-parts": [parts[0][:1]], "season": season}
    if date.uncertain or date.approximate or is_guess(date):
        value["circa"] = True
    return value


def names(author: str) -> list[dict[str, str]]:
    """The authors in a text, separated by `;`: names as written, and `Brown, Ada` in two parts.

    Only what looks like a person's name is split: agencies are written with commas too.
    """
    found: list[dict[str, str]] = []
    for name in filter(None, map(one_line, author.split(";"))):
        match = _INVERTED.fullmatch(name)
        found.append({"family": match[1], "given": match[2]} if match else {"literal": name})
    return found


def _item(view: View, cited: CitedSource) -> dict[str, object]:
    source = cited.source
    if source is None:
        return {"id": one_line(cited.id), "type": "document", "title": one_line(cited.id)}
    url = source.url if is_address(source.url) else ""
    kind = _TYPES.get(source.kind, "webpage" if url else "document")
    item: dict[str, object] = {
        "id": one_line(cited.id),
        "type": kind,
        "title": one_line(source.title),
        "author": names(source.author),
        "publisher" if kind in _PUBLISHED else "container-title": one_line(source.publisher),
        "issued": issued(source.date) if source.date else {},
        "URL": url,
        "archive_location": source.archive_url if is_address(source.archive_url) else "",
        "language": language_tag(source.language),
        "genre": one_line(source.kind),
        "note": " ".join(_notes(view, cited.id, source)),
    }
    return {key: value for key, value in item.items() if value}


def _notes(view: View, id_: str, source: Source) -> Iterator[str]:
    if source.note:
        yield one_line(source.note)
    for address in (source.url, source.archive_url):
        if address and not is_address(address):
            yield f"Address: {one_line(address)}"
    if sentence := repeats(view, source):
        yield f"{sentence}."
    yield from (f"{sentence}." for sentence in source_changes(view, id_, source))
    for key, value in extras(source):
        yield f"{one_line(key)}: {one_line(value)}."


def _ends(interval: Interval) -> list[list[int]]:
    """The dates at both ends, as precise as they are written."""
    reached = [bounds(end) for end in interval if isinstance(end, Moment)]
    return [
        _parts(reached[0].earliest, reached[0].latest)[0],
        _parts(reached[-1].earliest, reached[-1].latest)[-1],
    ]


def _parts(earliest: int, latest: int) -> list[list[int]]:
    """One or two dates for a range of days, in whole years or months if the range consists of them."""
    first, last = to_civil(earliest), to_civil(latest)
    length = 3
    if first[2] == 1 and last[2] == days_in_month(*last[:2]):
        length = 1 if first[1] == 1 and last[1] == 12 else 2
    ends = [[_year(end[0]), *end[1:]][:length] for end in (first, last)]
    return ends[:1] if ends[0] == ends[1] else ends


def _year(year: int) -> int:
    """A year counted without a year 0, so that -1 is 1 BC."""
    return year if year > 0 else year - 1


def _season(moment: Moment) -> int:
    """1 for spring to 4 for winter; 0 if it is not a season."""
    if not moment.month.isdigit() or int(moment.month) not in SEASONS:
        return 0
    code = int(moment.month)
    for first in (*_NORTHERN, _SOUTHERN):
        if first <= code < first + 4:
            return code - first + 1
    return 0


def is_guess(date: Date) -> bool:
    """Whether it is one of several days, or has unknown digits."""
    form = date.form
    if isinstance(form, Several):
        return len(form.members) > 1 or isinstance(form.members[0], Interval)
    return any("X" in f"{each.year}{each.month}{each.day}" or each.significant for each in moments(form))
