"""What a person has said about the columns of others' data: beside the file, or remembered for its header.

A file `NAME.mapping.toml` beside the data comes first. Without it, what was said last about a file with the
same columns is used; that is in the user's state folder, a file for each header. What is said about a file
that can be read only once applies to the one reading of it, and is remembered after that.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.storage.private_files import PrivateFolder, Unusable, bytes_of
from timeline_tui.storage.visit_files import mappings_folder
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from timeline_tui.mapping.columns import Role

_MOST_BYTES: Final = 1 << 16
_MOST_FILES: Final = 500
_SUFFIX: Final = ".json"
_said: Final[dict[Path, dict[Role, str]]] = {}
"""What was said on the command line about files that can be read only once."""


def file_beside(path: Path) -> Path:
    """Where the choices for a file are kept beside it."""
    return path.with_name(f"{path.name}.mapping.toml")


def say_before_reading(path: Path, chosen: Mapping[Role, str]) -> None:
    """Take columns of standard input for something else when it is read: its columns are not known yet."""
    _said[path] = dict(chosen)


def forget_what_was_said() -> None:
    """End of the command for which `say_before_reading()` was called."""
    _said.clear()


def remember_what_was_said(path: Path, names: Sequence[str] | None) -> None:
    """Remember what was said about a file before it was read.

    Args:
        path: The file.
        names: Its columns; None if it has none.

    Raises:
        UsageError: Something was said, but the file has no columns.
    """
    if path not in _said:
        return
    if names is None:
        raise UsageError(f"{one_line(str(path))} is in a format in which each field has its meaning")
    remember(names, choices_for(path, names))


def choices_for(path: Path, names: Sequence[str]) -> dict[Role, str]:
    """What was said about the columns of a file.

    Args:
        path: The file; `-` for standard input.
        names: Its columns.

    Raises:
        TimelineError: The file beside it is not as it should be.
    """
    found = _beside(path) or _remembered(names)
    if path in _said:
        found = {role: text for role, text in {**found, **_said[path]}.items() if text}
    return found


def remember(names: Sequence[str], chosen: Mapping[Role, str]) -> str:
    """Remember choices for all files with these columns; why not if that fails, else an empty text."""
    folder = PrivateFolder(mappings_folder())
    try:
        with folder.changing():
            folder.put(_name_of(names), msgspec.json.encode(dict(chosen)))
            folder.keep_newest(_SUFFIX, _MOST_FILES)
    except Unusable as error:
        return one_line(f"what columns are taken for is not remembered: {error}")
    return ""


def text_of(chosen: Mapping[Role, str]) -> str:
    """Choices as the file that is kept beside the data."""
    from timeline_tui.mapping.columns import ROLES  # noqa: PLC0415  not for files of our own format

    lines = [f"{role} = {msgspec.json.encode(chosen[role]).decode()}\n" for role in ROLES if role in chosen]
    return "# What the columns of the file beside this one are taken for.\n" + "".join(lines)


def _beside(path: Path) -> dict[Role, str]:
    place = file_beside(path)
    try:
        with place.open("rb") as file:
            text = file.read(_MOST_BYTES).decode()
    except (OSError, ValueError):
        return {}
    import tomllib  # noqa: PLC0415  as above

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TimelineError(one_line(f"{place}: this is not valid TOML: {error}")) from None
    return _checked(found, str(place))


def _remembered(names: Sequence[str]) -> dict[Role, str]:
    try:
        data = bytes_of(mappings_folder() / _name_of(names), _MOST_BYTES)
        return _checked(msgspec.json.decode(data), "") if data else {}
    except (Unusable, msgspec.MsgspecError, TimelineError):
        return {}


def _checked(found: object, name: str) -> dict[Role, str]:
    from timeline_tui.mapping.columns import ROLES  # noqa: PLC0415  as above

    pairs = found.items() if isinstance(found, dict) else ()
    for role, value in pairs:
        if role not in ROLES or not isinstance(value, str):
            raise TimelineError(
                one_line(f"{name}: {role} is no part of an event, or is no text; use {', '.join(ROLES)}")
            )
    return dict(pairs)


def _name_of(names: Sequence[str]) -> str:
    return sha256("\0".join(sorted(names)).encode("utf-8", "replace")).hexdigest()[:40] + _SUFFIX
