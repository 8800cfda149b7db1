"""Names of actors and sources as people type them, and the ids that they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.text.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

_WEB = ("http://", "https://")


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
