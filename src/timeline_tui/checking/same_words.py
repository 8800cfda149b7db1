"""Sources that print the same words, so that one may repeat the other although the file does not say so.

A run of eight words counts if two sources print it, in titles or in one event, and no third source or other
event has it. What a speaker said in the language of the text is not looked at, nor words that one of the two
issued itself: whoever quotes them prints the same. What is left is worded by somebody: titles, paraphrases
and translations. Two that put one sentence into words agree on parts of it; who copies has it whole. So the
runs that both have must make up nearly all of the shorter text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from timeline_tui.model.problems import Code, ProblemLog
from timeline_tui.text.sanitize import one_line, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline_tui.model.records import Event, Header, Quote, Source

_Run: TypeAlias = tuple[str, ...]

LEAST: Final = 8
"""Words in a row that two sources must have in common."""
_SHOWN: Final = 12
_NEARLY_ALL: Final = 0.9
_OFFICIAL: Final = "official"


class Printed(NamedTuple):
    """Words that a source prints."""

    source: str
    text: str
    """Folded, with one space between words."""
    where: str
    """The event by its line, or nothing for a title."""


def printed_in(event: Event) -> Iterator[Printed]:
    """The translations and paraphrases in an event that are long enough to be compared, by source."""
    for quote in event.quotes:
        if quote.sources and _is_worded(quote):
            yield from _printed(quote.text, [citation.id for citation in quote.sources], str(event.line))
        for wording in quote.wordings:
            if wording.sources and not wording.original:
                ids = [citation.id for citation in wording.sources]
                yield from _printed(wording.text, ids, str(event.line))


def _is_worded(quote: Quote) -> bool:
    """Whether the text of a quote is somebody's rendering of what was said."""
    return bool(
        quote.translated_from
        or quote.kind == "paraphrase"
        or any(
            wording.original and _language(wording.language) != _language(quote.language)
            for wording in quote.wordings
        )
    )


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _printed(text: str, sources: Iterable[str], where: str = "") -> Iterator[Printed]:
    found = words(text)
    if len(found) >= LEAST:
        yield from (Printed(source, " ".join(found), where) for source in sources)


def report_same_words(header: Header, printed: Iterable[tuple[str, str, str]], log: ProblemLog) -> None:
    """Remark on pairs of sources that print the same words and have no origin in common.

    Args:
        header: Of the timeline.
        printed: What `printed_in()` gives for all events.
        log: Takes the remarks.
    """
    texts = dict.fromkeys((*printed, *_titles(header.sources)))
    sizes: dict[str, int] = {}
    runs: dict[_Run, set[tuple[str, str]]] = {}
    by_place: dict[tuple[str, str], list[list[str]]] = {}
    for source, text, where in texts:
        found = text.split(" ")
        sizes[source] = sizes.get(source, 0) + len(found)
        by_place.setdefault((source, where), []).append(found)
        for run in _runs(found):
            runs.setdefault(run, set()).add((source, where))
    shared: dict[tuple[str, str, str], list[_Run]] = {}
    for run, holders in runs.items():
        if len(holders) == 2 and len({where for _, where in holders}) == 1:
            (one, where), (other, _) = sorted(holders)
            shared.setdefault((one, other, where), []).append(run)
    told: set[tuple[str, str]] = set()
    for (one, other, where), common in shared.items():
        is_whole = _is_whole(by_place[one, where], by_place[other, where])
        if is_whole and (one, other) not in told and _may_repeat(header.sources, one, other):
            told.add((one, other))
            _remark(header.sources, _in_likely_order(header.sources, one, other, sizes), common, log)


def _runs(found: list[str]) -> Iterator[_Run]:
    return (tuple(found[start : start + LEAST]) for start in range(len(found) - LEAST + 1))


def _is_whole(texts: list[list[str]], others: list[list[str]]) -> bool:
    """Whether runs in common make up nearly all of the shorter one of two texts, one of each source."""
    for text in texts:
        for other in others:
            covered = set[int]()
            shorter, longer = sorted((text, other), key=len)
            alike = set(_runs(longer))
            for start, run in enumerate(_runs(shorter)):
                if run in alike:
                    covered.update(range(start, start + LEAST))
            if len(covered) >= _NEARLY_ALL * len(shorter):
                return True
    return False


def _titles(sources: Mapping[str, Source]) -> Iterator[Printed]:
    """The titles that are the sources' own, or made from their addresses; none in the editor's words."""
    for id_, source in sources.items():
        if not source.title.startswith("["):
            yield from _printed(source.title, [id_])


def _may_repeat(sources: Mapping[str, Source], one: str, other: str) -> bool:
    """Whether two sources are of one language, lead to no origin in common, and neither quotes the other."""
    if one not in sources or other not in sources:
        return False
    if (sources[one].kind == _OFFICIAL) != (sources[other].kind == _OFFICIAL):
        return False
    languages = {_language(sources[each].language) for each in (one, other)} - {""}
    return len(languages) < 2 and _origins(sources, one).isdisjoint(_origins(sources, other))


def _origins(sources: Mapping[str, Source], id_: str) -> set[str]:
    """A source, and all that it is derived from."""
    found, ahead = set[str](), [id_]
    while ahead:
        name = ahead.pop()
        if name not in found and name in sources:
            found.add(name)
            ahead += sources[name].derived_from
    return found


class _Order(NamedTuple):
    first: str
    second: str
    reason: str
    """Why the first may be the origin; empty if nothing shows which it is."""


def _in_likely_order(sources: Mapping[str, Source], one: str, other: str, sizes: Mapping[str, int]) -> _Order:
    dates = sources[one].date, sources[other].date
    if dates[0] is not None and dates[1] is not None:
        if dates[0].is_before(dates[1]):
            return _Order(one, other, f"is earlier ({dates[0]})")
        if dates[1].is_before(dates[0]):
            return _Order(other, one, f"is earlier ({dates[1]})")
    if sizes[one] == sizes[other]:
        return _Order(one, other, "")
    longer, shorter = (one, other) if sizes[one] > sizes[other] else (other, one)
    return _Order(longer, shorter, "has the longer text here")


def _remark(sources: Mapping[str, Source], order: _Order, common: list[_Run], log: ProblemLog) -> None:
    first, second, reason = order
    run = list(common[0])
    for following in common[1:]:
        if tuple(run[1 - LEAST :]) != following[:-1]:
            break
        run.append(following[-1])
    shown = one_line(" ".join(run[:_SHOWN])) + (" …" if len(run) > _SHOWN else "")
    message = f"the sources {first} and {second} print the same words: “{shown}”"
    hint = (
        f"if it repeats {first}, which {reason}, write derived_from: {first}"
        if reason
        else "if one repeats the other, say so with derived_from"
    )
    record = sources[second]
    log.remark(Code.SAME_WORDS, (record.line, record.column), message, hint)
