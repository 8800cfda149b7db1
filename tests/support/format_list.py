"""The list of formats in the documents, made of the tables of formats; as a program, it is written anew."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from timeline_tui.exchange.registry import BINARY, FORMATS, READ_ONLY

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "formats.md"
README = ROOT / "README.md"
_BETWEEN = re.compile(r"(<!-- formats -->\n)(.*?)(<!-- end of formats -->)", re.DOTALL)


def table() -> str:
    """A row for each format: its name, what it is, its suffixes, and whether it goes in, out or both ways."""
    rows = ["| name | what it is | suffixes | |", "|---|---|---|---|"]
    for name, each in (FORMATS | BINARY | READ_ONLY).items():
        ways = ["import"] * bool(each.reader or name == "yaml") + ["export"] * bool(each.writer)
        suffixes = ", ".join(f"`{suffix}`" for suffix in each.suffixes)
        rows.append(f"| `{name}` | {each.does} | {suffixes} | {' and '.join(ways)} |")
    return "\n".join(rows) + "\n"


def sentence() -> str:
    """What is read and what is written, in lines for the README."""
    known = FORMATS | BINARY | READ_ONLY
    reads = ", ".join(name for name, each in known.items() if each.reader or name == "yaml")
    writes = ", ".join(name for name, each in known.items() if each.writer)
    return (
        "\n".join(textwrap.wrap(f"It reads {reads}. It writes {writes}.", 118, break_on_hyphens=False)) + "\n"
    )


def with_list(text: str, made: str) -> str:
    """A document with the list between its marks."""
    return _BETWEEN.sub(lambda match: f"{match[1]}{made}{match[3]}", text)


if __name__ == "__main__":
    DOCUMENT.write_text(with_list(DOCUMENT.read_text("utf-8"), table()), "utf-8")
    README.write_text(with_list(README.read_text("utf-8"), sentence()), "utf-8")
