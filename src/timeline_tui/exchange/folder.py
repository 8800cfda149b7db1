"""Reads the files of a folder as one timeline; each can be in another format.

A YAML or Markdown file is an event, or a part of a timeline in our format. Any other file is read as it would
be by itself. Where there are several files, the own key `file` of an event says which it is from.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange import registry
from timeline_tui.exchange.combined import Combined
from timeline_tui.exchange.contract import CannotImport, Imported, LeftOut
from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.native.folder import FROM, Part, combined, is_ours
from timeline_tui.exchange.recognised import suffix_of
from timeline_tui.exchange.unknown_shape.reader import of_plain
from timeline_tui.exchange.unknown_shape.yaml import LARGEST, Documents, documents
from timeline_tui.mapping.key_names import date_rank, makes_event, plain_name
from timeline_tui.reading.open_file import CannotRead
from timeline_tui.reading.plain_yaml import LinedMap
from timeline_tui.reading.unpack import day_of_change, read_source, without_packing
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


DOCUMENTS = (".yaml", ".yml", ".md", ".markdown", ".qmd")
"""Suffixes of the files that are an event each."""

_DAY_IN_NAME = re.compile(r"([12][0-9]{3}[-_.][01][0-9][-_.][0-3][0-9])(?![0-9])")
"""How Jekyll names its posts, and Obsidian its daily notes."""
_CREATED = ("created", "created-at", "date-created", "creation-date", "created-on", "erstellt")
_MOST_FILES = 20_000
_MOST_KINDS = 12
"""The kinds of files that were not read which are named."""
_OTHERS = (".txt", ".text", ".log", ".xml", ".htm", ".html", "")
"""Suffixes that say little about a file, and may be those of one that can be read."""


class _Found:
    """What was found in the files of a folder so far."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.others: list[tuple[str, Imported]] = []
        self.left_out: list[LeftOut] = []
        self.guesses: dict[str, list[str]] = {}
        """What was guessed, with the files that it was guessed about."""
        self.kinds: Counter[str] = Counter()
        """How many files of each suffix were not looked at."""

    def guess(self, label: str, guesses: Sequence[str]) -> None:
        """Record what was guessed about a file."""
        for guess in guesses:
            self.guesses.setdefault(guess, []).append(label)

    def told(self) -> list[str]:
        """What was guessed; what is true of several files only once."""
        return [
            f"{files[0]}: {guess}" if len(files) == 1 else f"{guess} (in {len(files):,} files)"
            for guess, files in self.guesses.items()
        ]

    def refuse(self, label: str, why: str) -> None:
        """Record that a file cannot be read."""
        self.left_out.append(LeftOut(0, f"{label}: {why}"))


def read(path: Path, choices_for: Callable[[Path, Sequence[str]], Any] | None = None) -> Imported:
    """The timeline in the files of a folder and of its subfolders.

    Args:
        path: The folder.
        choices_for: Gives what a person has said about columns of a file.

    Raises:
        CannotImport: The folder cannot be read, or nothing in it has a date.
    """
    found = _Found()
    for file in _files(path, found):
        _read_file(file, one_line(str(file.relative_to(path))), found, choices_for)
    _tell_unread(found)
    all_files, told = Combined(), list[str]()
    for made in _of_parts(found, path.resolve().name):
        told += made.guesses
        all_files.add(made, path.resolve().name)
    for label, other in found.others:
        found.guess(label, other.guesses)
        all_files.add(other, label)
    imported = all_files.imported
    if imported is None:
        why = "; ".join(left.reason for left in found.left_out[:3])
        raise CannotImport(f"no file in this folder can be read as events{f': {why}' if why else ''}")
    imported.title = imported.title if imported.is_ours else path.resolve().name
    if len(found.others) > 1:
        told.append(f"{len(found.others):,} files are one timeline; `{FROM}` says which")
    imported.guesses = [*found.told(), *told, *all_files.guesses]
    imported.mapping = None if found.others else imported.mapping
    imported.left_out = found.left_out
    return imported


def _read_file(
    file: Path, label: str, found: _Found, choices_for: Callable[[Path, Sequence[str]], Any] | None
) -> None:
    """Read a file of a folder by itself."""
    try:
        data = bytes(read_source(file))
    except CannotRead as error:
        found.refuse(label, error.reason)
        return
    is_document = file.suffix.lower() in DOCUMENTS
    try:
        if is_document:
            read_documents = _note_or_documents(data, file.name)
            found.left_out += [LeftOut(line, f"{label}: {why}") for line, why in read_documents.left_out]
            found.guess(label, read_documents.guesses)
            alone = len(read_documents.data) == 1
            found.parts += [Part(label, _stem(file), part, alone) for part in read_documents.data if part]
            return
    except CannotImport as error:
        if file.suffix.lower() in (".yaml", ".yml"):
            found.refuse(label, str(error))
            return
    _read_other(file, data, label, found, choices_for)


def _read_other(
    file: Path,
    data: bytes,
    label: str,
    found: _Found,
    choices_for: Callable[[Path, Sequence[str]], Any] | None,
) -> None:
    """Read a file that is in a format of its own, or a text with dated lists."""

    def choose(names: Sequence[str]) -> Any:  # noqa: ANN401  as `choices_for` gives it
        return choices_for(file, names) if choices_for else {}

    name = without_packing(file.name)
    try:
        made = registry.read(data, name, None, choose, modified=day_of_change(file))
    except CannotImport as error:
        found.refuse(label, str(error))
        return
    if made.is_ours:
        found.parts.append(Part(label, _stem(file), _document(made), alone=True))
    else:
        for event in made.events:
            event.setdefault(FROM, label)
        found.others.append((label, made))
    found.left_out += [LeftOut(line, f"{label}: {why}") for line, why in made.left_out]


def _document(imported: Imported) -> dict[str, object]:
    """A timeline in our format as one document, as YAML would have it."""
    events: list[dict[str, object]] = []
    for event, line in zip(imported.events, imported.lines or [0] * len(imported.events), strict=True):
        lined = LinedMap(event)
        lined.line, lined.places = line, {}
        events.append(lined)
    return {"title": imported.title, **imported.header, "events": events}


def _of_parts(found: _Found, name: str) -> list[Imported]:
    """The timelines in the documents of a folder: of those in our format as they are, and of the others."""
    parts = found.parts
    if not parts:
        return []
    ours, others = combined(parts, name, more=bool(found.others)) if is_ours(parts) else (None, parts)
    try:
        made = of_plain([_with_file(part) for part in others], name, own=(FROM,)) if others else None
    except CannotImport:
        made = None
        for part in others:
            found.refuse(part.label, "nothing in it has a date")
    of_parts = [each for each in (ours, made) if each is not None]
    for each in of_parts:
        found.left_out += each.left_out
    return of_parts


def _tell_unread(found: _Found) -> None:
    """Say how many files of which kinds were not looked at."""
    if not found.kinds:
        return
    named = ", ".join(f"{count:,} {suffix}" for suffix, count in found.kinds.most_common(_MOST_KINDS))
    more = len(found.kinds) - _MOST_KINDS
    others = f" and {more:,} other kinds" if more > 0 else ""
    found.left_out.append(LeftOut(0, f"files of kinds that hold no events are not read: {named}{others}"))


def _files(path: Path, found: _Found) -> Iterator[Path]:
    """The files of a folder that may have events, by name; links to folders and hidden files are skipped."""
    if not path.is_dir():
        raise CannotImport("this is no folder")
    count = 0
    for parent, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "node_modules")))
        for name in sorted(names):
            if name.startswith(".") or name.endswith(".mapping.toml"):
                continue
            suffix = suffix_of(without_packing(name))
            if not (suffix in (*DOCUMENTS, *_OTHERS) or registry.can_be_imported(suffix)):
                found.kinds[suffix or "without a suffix"] += 1
                continue
            count += 1
            if count > _MOST_FILES:
                raise CannotImport(
                    f"this folder has more than {_MOST_FILES:,} files; import its subfolders one at a time"
                )
            yield Path(parent, name)


def _note_or_documents(data: bytes, name: str) -> Documents:
    """The documents of a file; a note of Markdown without YAML at its top is its heading and its text."""
    try:
        return documents(data, name)
    except CannotImport:
        if not _DAY_IN_NAME.match(name):
            raise
    text, guesses = text_of(data, LARGEST, may_be_windows=True)
    heading = re.match(r"\s*#\s+(.*?)\s*#*\s*(?:\n|\Z)", text)
    note = LinedMap()
    note.line = 1
    note.places = {}
    rest = _DAY_IN_NAME.sub("", PurePath(name).stem).strip("-_ ")
    note["title"] = heading[1] if heading else rest.replace("-", " ").replace("_", " ") or PurePath(name).stem
    if body := (text[heading.end() :] if heading else text).strip():
        note["body"] = body
    return Documents([note], guesses, [])


def _dated_by_file(data: dict[str, Any], stem: str) -> None:
    """Date a document by its file, or by when it was created, if nothing in it has a date."""
    if any(makes_event(date_rank(key)) and edtf_of(str(value)) for key, value in data.items()):
        return
    match = _DAY_IN_NAME.match(stem)
    created = next((key for key in data if plain_name(key) in _CREATED and edtf_of(str(data[key]))), "")
    if match is not None and (edtf := edtf_of(match[1].replace("_", "-").replace(".", "-"))):
        data["date"] = edtf
    elif created:
        data["date"] = data[created]


def _with_file(part: Part) -> object:
    """A document of a file, which a single one is told to be from; without an id it gets the file's name."""
    data = part.data
    if part.alone and isinstance(data, LinedMap):
        data.setdefault("id", part.stem)
        data.setdefault(FROM, part.label)
        _dated_by_file(data, part.stem)
    return data


def _stem(file: Path) -> str:
    return file.parent.name if file.stem.lower() in ("index", "_index", "readme") else file.stem
