"""Statements of banks: OFX, as SGML (version 1) or XML (version 2), and QIF, a letter before each line."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from timeline_tui.dates.lenient import Evidence, edtf_of
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.gathering import Gathering

_TAG: Final = re.compile(r"<(/?)([A-Za-z0-9.]+)>([^<]*)")
_OFX: Final = re.compile(rb"(?i)<OFX>|OFXHEADER")
_LISTS: Final = ("cat", "class", "security", "memorized", "prices", "invitem", "template", "budget")
"""Sections of QIF that have no transactions."""
_POSTED: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_KEPT: Final = {"TRNTYPE": "type", "CHECKNUM": "check-number", "REFNUM": "reference", "FITID": "number"}
"""Other elements of a transaction, and the fields that have them here."""


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The transactions of a statement, each on the day on which it was posted.

    Raises:
        CannotImport: It has none.
    """
    lines = TextLines(data)
    if not lines.mentions(_OFX):
        return EventRuns(lines, name, "qif", _entries, "this statement in QIF has no transaction")
    return EventRuns(lines, name, "ofx", _transactions, "this statement of a bank has no transaction")


def _transactions(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    found: dict[str, str] | None = None
    begun, currency = 0, ""
    for number, line in enumerate(lines, start=1):
        for end, tag, value in _TAG.findall(line):
            element, text = tag.upper(), unescape(value).strip()
            if element == "STMTTRN" and not end:
                found, begun = {}, number
            elif element == "STMTTRN" and found is not None:
                _add(gathered, begun, found, currency)
                found = None
                yield
            elif found is not None and not end and text:
                found.setdefault(element, text)
            elif element == "CURDEF" and not end:
                currency = text


def _entries(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    """The transactions of QIF; all of them show whether the day or the month is first."""
    evidence = Evidence()
    for line in lines:
        if line.startswith("D"):
            evidence.add(_slashed(line))
    reader = evidence.reader()
    gathered.guesses += [reader.guess] if reader.guess else []
    found, begun, is_listed = dict[str, str](), 0, False
    for number, line in enumerate(lines, start=1):
        if line.startswith("!"):
            kind = line.removeprefix("!").removeprefix("Type:").strip().lower()
            found, is_listed = {}, kind.startswith(("account", "option", *_LISTS))
        elif line.startswith("^"):
            if "D" in found and not is_listed:
                _enter(gathered, begun, found, reader.read(_slashed(f"D{found['D']}")))
                yield
            found = {}
        elif line.strip():
            begun = begun if found else number
            found.setdefault(line[0], line[1:].strip())


def _slashed(line: str) -> str:
    """The date of a line: a year from 2000 on may be behind an apostrophe, and digits may be spaces."""
    return line[1:].strip().replace("'", "/").replace(" ", "")


def _enter(gathered: Gathering, line: int, found: dict[str, str], edtf: str) -> None:
    title = found.get("P") or found.get("M") or found.get("L") or found.get("T", "Transaction")
    gathered.add(
        line,
        edtf,
        title,
        found.get("M", "") if found.get("M") != title else "",
        written=found["D"],
        kind="transaction",
        amount=found.get("T") or found.get("U", ""),
        category=found.get("L", ""),
        number=found.get("N", ""),
    )


def _add(gathered: Gathering, line: int, found: dict[str, str], currency: str) -> None:
    written = found.get("DTPOSTED", "")
    match = _POSTED.match(written)
    names = list(dict.fromkeys(filter(None, (found.get("NAME"), found.get("MEMO")))))
    amount = " ".join(filter(None, (found.get("TRNAMT"), currency)))
    fields = {name: found.get(element, "") for element, name in _KEPT.items()}
    gathered.add(
        line,
        edtf_of("-".join(match.groups())) if match else "",
        names[0] if names else amount or "Transaction",
        names[1] if len(names) > 1 else "",
        written=written,
        kind="transaction",
        amount=amount,
        **fields,
    )
