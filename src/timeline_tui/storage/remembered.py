"""Where a reader was in each timeline, how it was shown, and what was typed into prompts.

Each timeline has a JSON file in the user's state folder, named by a hash of the timeline's path; only the
files of the timelines that were open last are kept. No failure is an error: what cannot be read counts as
not remembered, and a notice says so.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from timeline_tui.storage.private_files import PrivateFolder, Unusable, bytes_of
from timeline_tui.storage.visit_files import places_folder, timeline_name
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MOST_BYTES: Final = 1 << 20
MOST_FILES: Final = 200
MOST_TYPED: Final = 50
"""How many texts of each prompt are remembered."""
LONGEST_TYPED: Final = 1_000
"""Characters of such a text."""
SUFFIX: Final = ".json"
_VERSION: Final = 1


class Remembered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered of a timeline; raw text, which must be checked before it is used."""

    version: int = 0
    """Of the file's shape; 0 for what is not stored yet."""
    path: str = ""
    """Of the timeline, for people who read the file."""
    event: str = ""
    """The id of the event that was selected; empty for none."""
    line: int = 0
    """The line of the list's pane that it was on, from 0 at the top."""
    two_lines: bool | None = None
    """Whether each row had two lines, if that was chosen in the program; the same holds for what follows."""
    theme: str | None = None
    sort: str | None = None
    zone: str | None = None
    typed: dict[str, list[str]] = {}
    """By the label of a prompt, what was entered there, the last text last."""


class KeptPlace(NamedTuple):
    """What is stored, and what is wrong."""

    remembered: Remembered
    notice: str = ""
    """What is wrong, as a sentence on one line; empty if nothing is."""
    raw: bytes = b""
    """The stored file, whose bytes tell one state from another."""


class RememberedFile:
    """The file about where a reader was in one timeline.

    Args:
        path: Of the timeline; of standard input (`-`) nothing is remembered.
        folder: The folder of all such files; None for that of this user.
    """

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        self._path = path
        self._folder = PrivateFolder(places_folder() if folder is None else folder)
        try:
            self._name = timeline_name(path, SUFFIX) if str(path) != "-" else ""
        except ValueError:
            self._name = ""

    def read(self) -> KeptPlace:
        """What is remembered."""
        if not self._name:
            return KeptPlace(Remembered())
        try:
            data = bytes_of(self._folder.path / self._name, MOST_BYTES)
            return KeptPlace(Remembered()) if data is None else KeptPlace(_parsed(data), raw=data)
        except Unusable as error:
            return KeptPlace(Remembered(), one_line(f"Where you were last time is not known: {error}."))

    def write(self, remembered: Remembered) -> KeptPlace:
        """Remember this; what other programs have remembered as typed since is kept too.

        Returns:
            What is stored now; if it could not be stored, why.
        """
        if not self._name:
            return KeptPlace(remembered)
        try:
            with self._folder.changing():
                typed = joined(self.read().remembered.typed, remembered.typed)
                whole = msgspec.structs.replace(
                    remembered, path=os.path.realpath(self._path), typed=typed, version=_VERSION
                )
                data = _packed(whole)
                self._folder.put(self._name, data)
                self._folder.keep_newest(SUFFIX, MOST_FILES)
        except Unusable as error:
            return KeptPlace(remembered, one_line(f"Where you are is not remembered: {error}."))
        return KeptPlace(whole, raw=data)


def joined(before: Mapping[str, Sequence[str]], typed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was typed before and since, the last text last and none twice, as far as it is remembered."""
    found = {}
    for kind in dict.fromkeys((*before, *typed)):
        own = list(typed.get(kind, ()))
        texts = [*(text for text in before.get(kind, ()) if text not in own), *own]
        found[kind] = [text for text in texts if len(text) <= LONGEST_TYPED][-MOST_TYPED:]
    return found


def _parsed(data: bytes) -> Remembered:
    try:
        found = msgspec.json.decode(data, type=Remembered)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unusable("the stored file is damaged") from error
    if found.version != _VERSION:
        raise Unusable("the stored file is from another version of this program")
    return found


def _packed(remembered: Remembered) -> bytes:
    try:
        data = msgspec.json.format(msgspec.json.encode(remembered), indent=2) + b"\n"
    except (msgspec.MsgspecError, ValueError) as error:
        raise Unusable("it has characters that no file can have") from error
    if len(data) > MOST_BYTES:
        raise Unusable("it is too much")
    return data
