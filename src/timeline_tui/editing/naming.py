"""Names of actors and sources as people type them, and the ids that they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.text.ids import id_from_title
from timeline_tui.text.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_WEB = ("http://", "https://")
_BY = ", by "


def parts(answer: str) -> list[str]:
    """The parts of an answer between its commas."""
    return [" ".join(part.split()) for part in answer.split(",") if part.strip()]


def pair(part: str) -> tuple[str, str]:
    """The name of an actor or a source, and the text after its colon; an address is a name as a whole."""
    if part.startswith(_WEB):
        return part, ""
    name, _, rest = part.partition(":")
    return name.strip(), rest.strip()


def with_ids(answer: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """An answer with ids instead of known names."""
    pairs = [
        (name if name in known else named(name, known) or name, rest)
        for name, rest in map(pair, parts(answer))
    ]
    return ", ".join(f"{name}: {rest}" if rest else name for name, rest in pairs)


def said_with_id(answer: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """A quote as it is typed, `SPEAKER: WORDS`, with the speaker's id instead of a known name."""
    name, words = pair(answer)
    return f"{with_ids(name, known)}: {words}" if words else answer


def claimed(answer: str) -> tuple[str, str, str]:
    """The topic, the figure or words, and the speaker of a claim as it is typed, `TOPIC: WORDS, by SPEAKER`.

    What is missing is empty.
    """
    topic, rest = pair(answer)
    value, has_speaker, speaker = rest.rpartition(_BY)
    return (topic, value.strip(), speaker.strip()) if has_speaker else (topic, rest, "")


def claim_with_ids(
    answer: str, topics: Mapping[str, tuple[str, ...]], actors: Mapping[str, tuple[str, ...]]
) -> str:
    """A claim as it is typed, with ids instead of a known question and a known name."""
    topic, value, speaker = claimed(answer)
    if not value or not speaker:
        return answer
    return f"{with_ids(topic, topics)}: {value}{_BY}{with_ids(speaker, actors)}"


def free_id(name: str, kind: str, taken: Container[str]) -> str:
    """An id made from a name that no other record of its kind (`actor`, `source`) has."""
    slug = id_from_title(name)
    base = kind if slug == id_from_title("") else slug
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def named(name: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The id of the only record with this name (case is ignored); empty if there is none, or several."""
    found = _by_name(known).get(name.casefold(), [])
    return found[0] if len(found) == 1 else ""


def near(name: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """A hint at the ids that are probably meant by a name."""
    ids = _by_name(known)
    found = ids.get(name.casefold()) or [nearest(name, known)]
    found = found if all(found) else ids.get(nearest(name.casefold(), ids), [])
    return f"did you mean {' or '.join(found)}?" if found else ""


def _by_name(known: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for id_, names in known.items():
        for name in {each.casefold() for each in names}:
            ids.setdefault(name, []).append(id_)
    return ids
