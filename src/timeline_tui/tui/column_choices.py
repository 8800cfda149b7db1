"""What a reader says about the columns of the file that is shown. No Textual here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.errors import TimelineError
from timeline_tui.loading.mapping_choices import choose, mapping_of, save_beside
from timeline_tui.mapping.columns import choices
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from timeline_tui.loading.opened import Opened

SAVE = "save"
"""What is typed to keep the choices beside the file."""


def take(shown: Opened, typed: str) -> tuple[str, bool]:
    """Make the change that was typed: `date=occurred_at`, `title={kind}: {place}`, `save`.

    Returns:
        What to tell, as a sentence (empty for nothing), and whether the file is to be read again.
    """
    path = Path(shown.path)
    if shown.path == "-":
        return "Standard input is read only once. Save it in a file to change what its columns are.", False
    try:
        if typed.strip() == SAVE:
            place = save_beside(path, mapping_of(path))
            return one_line(
                f"What the columns are taken for is kept in {place.name}, beside the file."
            ), False
        told = choose(path, choices([typed.strip()], ":mapping"))
    except TimelineError as error:
        return str(error), False
    return told, True
