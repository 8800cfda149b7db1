"""TOML of any structure that has dated entries."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.stream import as_guessed

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Imported
    from timeline_tui.exchange.stream import Choose

_LARGEST = 48_000_000


def read(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """The dated entries of a file, by the rules for files of any structure.

    Raises:
        CannotImport: It is not TOML, or nothing in it is dated.
        UsageError: A key that was chosen is not there.
    """
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

    text, guesses = text_of(data, _LARGEST)
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotImport(f"this is not valid TOML: {error}") from None
    except RecursionError:
        raise CannotImport("the lists and tables of this TOML are nested too deeply") from None
    made = of_plain(plain, name, prefix="toml", choose=choose)
    made.guesses[:0] = guesses
    return made
