"""`config`: the user's settings, as a file with comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.cli.printing import complain, print_lines
from timeline_tui.cli.table import DONE, FAULTY
from timeline_tui.storage.settings import (
    SettingProblem,
    checked_keys,
    commented,
    read_settings,
    settings_path,
)
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace


def config(_: Namespace) -> int:
    """`config`: print the settings with comments; what is wrong with the file goes to standard error."""
    from timeline_tui.tui.keys import default_keys, wrong_keys

    path = settings_path()
    keys = default_keys()
    settings = checked_keys(read_settings(path), keys)
    where = one_line(str(path)) if path is not None else "nowhere: there is no home folder"
    problems = [*settings.problems]
    for name, told in wrong_keys(settings.keys).items():
        problems.append(SettingProblem(settings.key_lines.get(name, 0), told))
    for problem in problems:
        complain(f"timeline-tui: {where}: {problem}")
    print_lines([f"# Settings of timeline-tui, read from {where}", "", *commented(settings, keys)])
    return FAULTY if problems else DONE
