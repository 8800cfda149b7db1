"""What all parts of a page need: a view, and the numbers that the page gives to the records it lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from timeline_tui.dates.edtf import Moment
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.figures import map_places
from timeline_tui.exchange.html.pieces import Piece
from timeline_tui.exchange.html.prose import language_attributes, line, prose_line
from timeline_tui.exchange.html_markup import NO_HTML, Html, html, joined
from timeline_tui.exchange.report_text import cited_sources, extras
from timeline_tui.text.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.dates.edtf import Time
    from timeline_tui.exchange.report_text import CitedSource
    from timeline_tui.model.records import Citation, Record
    from timeline_tui.timeline.view import View


class Page:
    """What a page lists, by the numbers that its fragments have.

    Args:
        view: The events of the page.
    """

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def sources(self) -> dict[str, CitedSource]:
        """What the page cites, by id."""
        return cited_sources(self.view)

    @cached_property
    def actors(self) -> dict[str, int]:
        """The numbers of the actors, from 1, by id."""
        return {id_: number for number, id_ in enumerate(report_text.actors_in(self.view), start=1)}

    @cached_property
    def questions(self) -> dict[str, int]:
        """The numbers of the questions, from 1, by id of their topic."""
        return {id_: number for number, id_ in enumerate(report_text.topics_in(self.view), start=1)}

    @cached_property
    def places(self) -> dict[str, int]:
        """The numbers of the places, from 1, by id."""
        return {id_: number for number, id_ in enumerate(report_text.places_in(self.view), start=1)}

    @cached_property
    def map(self) -> Mapping[str, Html]:
        """By id, the attribute of a place that says where it is on the map of the page."""
        return map_places(self.view)

    def anchor(self, key: int) -> str:
        """The fragment that links to an event: its id, after `event_` unless it begins with a letter.

        The page's own fragments contain a `_`, which no id does.
        """
        id_ = self.view.summary(key).id
        if not is_id(id_):
            return f"event_number_{key + 1}"
        return id_ if id_[0].isalpha() else f"event_{id_}"


@dataclass(frozen=True)
class PageContext:
    """A view as known on a day, and the page that is written from it."""

    view: View
    page: Page

    @cached_property
    def language(self) -> Html:
        """The attributes of text in the language of the timeline."""
        return language_attributes(self.view.whole_header.language)

    def actors(self, ids: Iterable[str]) -> Html:
        """The attribute that names actors to the filter; empty for none."""
        numbers = dict.fromkeys(self.page.actors[id_] for id_ in ids if id_ in self.page.actors)
        return html(' data-a="{}"', " ".join(map(str, numbers))) if numbers else Html()

    def places(self, ids: Iterable[str]) -> Html:
        """The attribute that names places to the map; empty for none that is on it."""
        page = self.page
        numbers = [page.places[id_] for id_ in dict.fromkeys(ids) if id_ in page.map and id_ in page.places]
        return html(' data-p="{}"', " ".join(map(str, numbers))) if numbers else Html()

    def notes(self, citations: Sequence[Citation]) -> Html:
        """The numbers of sources, each with where it is said in it; the script makes links of them."""
        notes = joined((self._note(each) for each in citations if each.id in self.page.sources), " ")
        return html(" <sup>{}</sup>", notes) if notes else Html()

    def _note(self, citation: Citation) -> Html:
        place = [line(citation.at)] if citation.at else []
        place += [html("{}: {}", line(key), line(value)) for key, value in extras(citation)]
        where = html(" <i>({})</i>", joined(place, "; ")) if place else Html()
        return html("{}{}", self.page.sources[citation.id].number, where)

    def when(self, date: Date) -> Html:
        """A date in words, with its machine-readable form where HTML has one."""
        words, machine = line(self.view.date_in_words(date)), machine_date(date)
        if not machine:
            return html('<span class="date">{}</span>', words)
        return html('<time datetime="{}">{}</time>', machine, words)

    def note(self, text: str) -> Iterator[Piece]:
        """A paragraph with a note of the author's own; none for an empty one."""
        if text:
            yield Piece("p", prose_line(text), self.language)

    def words(self, text: str) -> Html:
        """A text on one line in the language of the timeline."""
        return html("<span{}>{}</span>", self.language, line(text)) if self.language else line(text)

    def event_link(self, key: int, words: str) -> Html:
        """A link to an event on the page."""
        return html('<a href="#{}"{}>{}</a>', self.page.anchor(key), self.language, line(words))


def machine_date(date: Date) -> str:
    """A date as HTML writes a year, a month, a day or an instant; empty for any other date.

    https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value. Its years begin with 1;
    validators take those before 1000 and after 3000 for slips.
    """
    form = date.form
    if not isinstance(form, Moment) or date.uncertain or date.approximate or form.significant:
        return ""
    if not (form.year + form.month + form.day).isdecimal() or int(form.month or 1) > 12:
        return ""
    if not 1000 <= int(form.year) <= 3000:
        return ""
    day = "-".join(filter(None, (form.year, form.month, form.day)))
    return day if form.time is None else f"{day}T{_clock(form.time)}"


def _clock(time: Time) -> str:
    second = "" if time.second is None else f":{time.second:02}"
    if time.offset is None:
        zone = ""
    elif time.offset == 0:
        zone = "Z"
    else:
        zone = f"{'-' if time.offset < 0 else '+'}{abs(time.offset) // 60:02}:{abs(time.offset) % 60:02}"
    return f"{time.hour:02}:{time.minute:02}{second}{zone}"


def more(record: Record) -> Iterator[Piece]:
    """The keys of a record that the format does not know, under the names that they have in the file."""
    for key, value in extras(record):
        yield Piece("p", html("{}: {}", line(key), line(value)))


def detail(text: str, notes: str = "", attributes: Html = NO_HTML) -> Piece:
    """A small paragraph with a text on one line, and references to sources after it."""
    return Piece("p", html("{}{}", line(text), notes), attributes)


def counted(count: int, one: str, many: str = "") -> str:
    """`1 event`, `12 events`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
