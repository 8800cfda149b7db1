"""The user's settings: declared once, read from `config.toml`, and printed with comments.

No fault in the file is an error: a setting that cannot be used counts as not given, and a problem names its
line.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.text.sanitize import one_line
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

MOST_BYTES: Final = 1 << 20
"""A file that is larger is not read."""
KEYS: Final = "keys"
"""The table of the file that gives commands other keys."""

AUTOMATIC: Final = "auto"
THEMES: Final = (
    "night", "paper", "high-contrast-dark", "high-contrast-light", "colour-blind-dark", "colour-blind-light",
)  # fmt: skip
"""The themes of the program; those of Textual can be chosen, too."""
LAYOUTS: Final = (AUTOMATIC, "beside", "below")
ORDERS: Final = ("oldest", "newest")


class Setting(NamedTuple):
    """A setting: its value is one line of text."""

    name: str
    default: str
    does: str
    """What it sets, as sentences for the comment above it."""
    wrong: Callable[[str], str] | None = None
    """Says what is wrong with a value, empty if nothing is; None if every text will do."""


def _with_hint(message: str, name: str, names: Collection[str]) -> str:
    hint = did_you_mean(name, names)
    return f"{message}; {hint}" if hint else message


def _one_of(*choices: str) -> Callable[[str], str]:
    def wrong(value: str) -> str:
        if value in choices:
            return ""
        return _with_hint(f"{value!r} is none of {', '.join(choices)}", value, choices)

    return wrong


def _wrong_zone(value: str) -> str:
    from timeline_tui.dates.zones import find_zone  # noqa: PLC0415  only where a zone is set

    return (
        "" if not value or find_zone(value) else f"there is no time zone {value!r}; write it like Europe/Kyiv"
    )


SETTINGS: Final = (
    Setting(
        "theme",
        AUTOMATIC,
        f"Colours: {AUTOMATIC} (night or paper, as the terminal is dark or light), {', '.join(THEMES)}, or a "
        "theme of Textual, like nord.",
    ),
    Setting(
        "layout",
        AUTOMATIC,
        "Where the event pane stands: auto (beside the timeline where titles keep their room, else "
        "below it), beside, below.",
        _one_of(*LAYOUTS),
    ),
    Setting(
        "editor",
        "",
        "The command that e opens the file with, like: code --wait. Without it, VISUAL or EDITOR counts.",
    ),
    Setting(
        "zone",
        "",
        "The time zone in which times of day are shown, like Europe/Kyiv. Without it, each time is shown as "
        "the file has it.",
        _wrong_zone,
    ),
    Setting("sort", ORDERS[0], "The order of events: oldest first or newest first.", _one_of(*ORDERS)),
)
_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


class SettingProblem(NamedTuple):
    """What is wrong with the file of settings."""

    line: int
    """Counted from 1; 0 if it is the file itself."""
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return one_line(f"{where}{self.message}")


@dataclass(frozen=True)
class Settings:
    """The settings of a user. A setting that is not given has its default."""

    given: Mapping[str, str] = field(default_factory=dict)
    """The value of each setting that the file gives."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the name of a command, separated by commas as in Textual; empty for no key."""
    key_lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each entry of `keys`."""
    problems: tuple[SettingProblem, ...] = ()

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, _BY_NAME[name].default)


def settings_path() -> Path | None:
    """Where the settings of this user are; None without a home folder."""
    import platformdirs  # noqa: PLC0415  only where settings are read

    try:
        return platformdirs.user_config_path("timeline-tui") / "config.toml"
    except RuntimeError:
        return None


def read_settings(path: Path | None) -> Settings:
    """The settings in a file; a file that does not exist gives none."""
    if path is None:
        return Settings()
    try:
        data = _bytes_of(path)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else ""
        return Settings(problems=(SettingProblem(0, reason or "it cannot be read"),))
    if len(data) > MOST_BYTES:
        return Settings(problems=(SettingProblem(0, "it is larger than 1 MB"),))
    return parse_settings(data)


def _bytes_of(path: Path) -> bytes:
    """The first bytes of a file, one more than there may be.

    Raises:
        OSError: It cannot be read, or is not a file.
    """
    # Without O_NONBLOCK, opening a FIFO that nobody writes to would block for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a file")
        return file.read(MOST_BYTES + 1)


def parse_settings(data: bytes) -> Settings:
    """The settings in the bytes of a TOML file."""
    text = data.decode(errors="replace")
    content = _content(data, text)
    if isinstance(content, SettingProblem):
        return Settings(problems=(content,))
    given: dict[str, str] = {}
    problems = []
    keys = _keys(content.pop(KEYS, {}), text)
    for name, value in content.items():
        if message := _wrong(name, value):
            problems.append(SettingProblem(_line_of(text, name), message))
        else:
            given[name] = str(value)
    problems += [found for found in keys.values() if isinstance(found, SettingProblem)]
    valid = {name: found for name, found in keys.items() if isinstance(found, str)}
    return Settings(given, valid, {name: _line_of(text, name, KEYS) for name in valid}, tuple(problems))


def _content(data: bytes, text: str) -> dict[str, object] | SettingProblem:
    import tomllib  # noqa: PLC0415  only if there is a file

    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        return SettingProblem(data.count(b"\n", 0, error.start) + 1, "this is not UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _syntax_problem(str(error), text)
    except RecursionError:
        return SettingProblem(0, "its values are nested too deeply")


def checked_keys(settings: Settings, names: Collection[str]) -> Settings:
    """Settings without the keys of commands that are not among `names`; a problem for each of these."""
    problems = tuple(
        SettingProblem(line, _with_hint(f"there is no command {name!r}", name, names))
        for name, line in settings.key_lines.items()
        if name not in names
    )
    keys = {name: value for name, value in settings.keys.items() if name in names}
    return replace(settings, keys=keys, problems=settings.problems + problems)


def commented(settings: Settings, default_keys: Mapping[str, str]) -> Iterator[str]:
    """The lines of a `config.toml` with a comment above each setting.

    What is given stands as it is; what is not given stands with its default, behind a `#`.

    Args:
        settings: What is given.
        default_keys: The keys of each command without settings.
    """
    for setting in SETTINGS:
        yield from _comment(setting.does)
        mark = "" if setting.name in settings.given else "# "
        yield f"{mark}{setting.name} = {_quoted(settings[setting.name])}"
        yield ""
    yield from _comment(
        "Keys by the name of a command, several with commas between them; an empty text takes the key away."
    )
    yield f"[{KEYS}]"
    for name, keys in default_keys.items():
        mark = "" if name in settings.keys else "# "
        yield f"{mark}{_bare(name)} = {_quoted(settings.keys.get(name, keys))}"


def _keys(value: object, text: str) -> dict[str, str | SettingProblem]:
    if not isinstance(value, Mapping):
        return {
            "": SettingProblem(_line_of(text, KEYS), f"write [{KEYS}] and a command on each line below it")
        }
    return {
        name: ",".join(map(str.strip, keys.split(",")))
        if isinstance(keys, str)
        else SettingProblem(_line_of(text, name, KEYS), f'{name}: write keys as a text, like "j,down"')
        for name, keys in value.items()
    }


def _wrong(name: str, value: object) -> str:
    setting = _BY_NAME.get(name)
    if setting is None:
        return _with_hint(f"there is no setting {name!r}", name, (*_BY_NAME, KEYS))
    if not isinstance(value, str) or "\n" in value:
        return f'{name}: write a text on one line, like {name} = "{setting.default}"'
    problem = setting.wrong(value) if setting.wrong else ""
    return f"{name}: {problem}" if problem else ""


def _syntax_problem(message: str, text: str) -> SettingProblem:
    """What tomllib says, and the line that it says it of."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if place is None:
        return SettingProblem(0, message)
    line = int(place[1]) if place[1] else text.count("\n") + 1
    return SettingProblem(line, message[: place.start()])


def _line_of(text: str, name: str, table: str = "") -> int:
    """The line that gives a setting or begins a table of that name; 0 if no line can be told."""
    current = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*([^\]]*?)\s*\]", line)
        if header:
            current = header[1].strip("\"'")
            if current == name and not table:
                return number
            continue
        key = re.match(r"""\s*["']?(.+?)["']?\s*=""", line)
        if key and key[1] == name and current == table:
            return number
    return 0


def _comment(text: str) -> Iterator[str]:
    import textwrap  # noqa: PLC0415  only where settings are printed

    yield from textwrap.wrap(text, 98, initial_indent="# ", subsequent_indent="# ")


def _bare(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(value: str) -> str:
    """A TOML basic string (its escapes are those of JSON, and U+007F)."""
    import json  # noqa: PLC0415  only where settings are printed

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
