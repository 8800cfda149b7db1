"""Logs with an entry a line: syslog, web servers, body files, TLN, and the log of git."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from timeline_tui.dates.date import today
from timeline_tui.dates.lenient import edtf_of, interval_between
from timeline_tui.dates.numbers import UNITS, since_1970
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline_tui.exchange.gathering import Gathering

    Parse: TypeAlias = Callable[[TextLines, Gathering], Iterator[None]]

_LONGEST_ENTRY = 1_000_000
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
_BSD = re.compile(
    rf"(?:<[0-9]{{1,3}}>)?({'|'.join(_MONTHS)}) {{1,2}}([0-9]{{1,2}}) "
    rf"([0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]+)?) "
    r"(?:(?:(\S+) )?([^\s:\[]+)(?:\[([0-9]+)\])?: ?(.*)|(?![12][0-9]{3}\b)(.*))"
)
"""RFC 3164, or a message by itself behind a time without a year."""
_RFC_5424 = re.compile(
    r"<[0-9]{1,3}>[0-9] (\S+) (\S+) (\S+) (\S+) (\S+) (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) ?(.*)"
)
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?) "
    r"(\S+) ([^\s:\[]+)(?:\[([0-9]+)\])?: ?(.*)"
)
_WEB = re.compile(
    r'(\S+) \S+ (\S+) \[([0-9]{1,2}/\w{3}/[0-9]{4}):([0-9:]{8}) ([+-][0-9]{4})\] "([^"]*)" '
    r"([0-9]{3}|-) ([0-9]+|-)"
    r'(?: "([^"]*)" "([^"]*)")?.*'
)
_TLN = re.compile(r"([0-9]{9,11})\|([^|]*)\|([^|]*)\|([^|]*)\|(.*)")
_BODY = re.compile(r"[^|]*\|.+(?:\|[^|]*){9}")
_COMMIT = re.compile(r"commit ([0-9a-f]{7,64})(?: .*)?")
_DATED = re.compile(
    r"(?:[\w.-]+ )?[\[(]?"
    r"([12][0-9]{3}[-/.][01][0-9][-/.][0-3][0-9][T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?:Z| ?[+-][0-9]{2}:?[0-9]{2})?|\w{3},? \w{3} +[0-9]{1,2} [0-9:.]{5,15} [0-9]{4})"
    r"[\])]?(?:[:,;|-]|\s)+(.*)"
)
_AUDIT = re.compile(r"(?:node=\S+ )?type=(\S+) msg=audit\(([0-9]{9,11}(?:\.[0-9]+)?):[0-9]+\): ?(.*)")
_HISTORY = re.compile(r": ([0-9]{9,11}):[0-9]+;(.*)")
_LEDGER = re.compile(
    r"([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2})(?:=\S+)? +(?:(?:[*!]|txn) +)?(?:\([^)]*\) +)?(\S.*)"
)
_GNU = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?)\s{1,4}(\S.*?)\s*(?:<[^>]*>)?\s*")
_RPM = re.compile(
    r"\* (?:[A-Z][a-z]{2} )([A-Z][a-z]{2} +[0-9]{1,2}(?: [0-9:]{8} \S+)? [0-9]{4}) ([^<]*?)\s*(?:<[^>]*>)?"
    r"(?:\s+(?:- ?)?(\S*))?"
)
_CLOCK = re.compile(
    r"([ioOhb]) ([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2} [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?: +(.*))?"
)
_DEBIAN = re.compile(r"(\S+) \(([^)]+)\) [^;]*; urgency=.*")
_SIGNED = re.compile(r" -- (.*?)\s*<[^>]*>\s+(.*)")
_TIMES = (("a", 7), ("m", 8), ("c", 9), ("b", 10))
"""The letters of the times of a file in the order in which a body file has them, with their columns."""


def kind_of(start: str) -> str:  # noqa: PLR0911  one for each kind
    """The name of the function that reads a log that begins like this; empty for anything else."""
    lines = [line for line in start.splitlines()[:60] if line.strip()]
    if not lines:
        return ""
    if _COMMIT.fullmatch(lines[0]) and any(line.startswith(("Date:", "AuthorDate:")) for line in lines):
        return "read_git"
    if _DEBIAN.fullmatch(lines[0]) or _RPM.fullmatch(lines[0]) or _has_gnu_entry(lines):
        return "read_changes"
    if _HISTORY.fullmatch(lines[0]):
        return "read_history"
    if sum(map(_begins_posting, pairwise(lines))) > 1 or _CLOCK.fullmatch(lines[0]):
        return "read_ledger"
    lines = lines[:20]
    for name, is_one in _KINDS.items():
        if 2 * sum(map(is_one, lines)) > len(lines):
            return name
    return ""


def _has_gnu_entry(lines: list[str]) -> bool:
    """Whether indented lines follow a line with a day and a name, as in the change logs of GNU."""
    return any(_GNU.fullmatch(one) and other.startswith(("\t", "        ")) for one, other in pairwise(lines))


def _begins_posting(lines: tuple[str, str]) -> bool:
    """Whether an indented line of an account follows a dated line, as in the journals of ledger."""
    return _LEDGER.fullmatch(lines[0]) is not None and re.match(r"[ \t]+\w[^\s:]*:", lines[1]) is not None


def _is_body(line: str) -> bool:
    return (
        _BODY.fullmatch(line) is not None
        and line.count("|") >= 10
        and line.rsplit("|", maxsplit=1)[-1].strip("-. ").isdigit()
    )


_KINDS: dict[str, Callable[[str], bool]] = {
    "read_web": lambda line: _WEB.fullmatch(line) is not None,
    "read_syslog": lambda line: any(each.fullmatch(line) for each in (_BSD, _RFC_5424, _ISO)),
    "read_tln": lambda line: _TLN.fullmatch(line) is not None,
    "read_body": _is_body,
    "read_audit": lambda line: _AUDIT.fullmatch(line) is not None,
    "read_history": lambda line: _HISTORY.fullmatch(line) is not None,
    "read_dated": lambda line: _DATED.fullmatch(line) is not None,
}


def read_syslog(data: bytes | bytearray, name: str, modified: date | None = None) -> EventRuns:
    """The messages of a syslog: RFC 3164, RFC 5424, or with a time as in ISO 8601; of any log without years.

    Args:
        data: The file.
        name: Its name.
        modified: The day on which it was changed last, which tells the years that RFC 3164 leaves out.

    Raises:
        CannotImport: No line is a message.
    """
    return _runs(data, name, "log", partial(_syslog, modified=modified), "a syslog")


def _runs(data: bytes | bytearray, name: str, prefix: str, parse: Parse, what: str) -> EventRuns:
    """The entries of a log, run by run; `what` is the kind of log that it is."""
    return EventRuns(TextLines(data), name, prefix, parse, f"no line of this file is an entry of {what}")


def _syslog(lines: TextLines, gathered: Gathering, modified: date | None = None) -> Iterator[None]:
    year = (modified or date.fromordinal(today())).year
    years = _years(lines, modified or date.fromordinal(today()))
    if years:
        how = "the day on which the file was last changed" if modified else "today"
        gathered.guesses.append(
            f"the year is not in the file; the last entry is taken to be before {how} ({year})"
        )
    at = 0
    for number, line in enumerate(lines, start=1):
        if (match := _BSD.fullmatch(line)) is not None:
            at += at + 1 < len(years) and years[at + 1][0] <= number
            month = _MONTHS.index(match[1]) + 1
            edtf = edtf_of(f"{years[at][1]}-{month:02}-{int(match[2]):02}T{match[3]}")
            host, program, process, message, alone = match.groups("")[3:]
            _entry(gathered, number, edtf, message or alone, host=host, program=program, process=process)
        elif (match := _RFC_5424.fullmatch(line)) is not None:
            fields = {"host": match[2], "program": match[3], "process": match[4]}
            _entry(gathered, number, edtf_of(match[1]), match[6], **fields)
        elif (match := _ISO.fullmatch(line)) is not None:
            fields = {"host": match[2], "program": match[3], "process": match[4]}
            _entry(gathered, number, edtf_of(match[1]), match[5], **fields)
        elif line.strip():
            _go_on(gathered, number, line)
        yield


def _years(lines: Iterable[str], last: date) -> list[tuple[int, int]]:
    """The years of lines without one: the first line of each day, from 1, and its year.

    The last of them is not after a day, and no year goes back.
    """
    days: list[tuple[int, tuple[int, int]]] = []
    for number, line in enumerate(lines, start=1):
        if (match := _BSD.fullmatch(line)) is not None:
            day = (_MONTHS.index(match[1]) + 1, int(match[2]))
            if not days or days[-1][1] != day:
                days.append((number, day))
    years: list[tuple[int, int]] = []
    year, following = last.year, (last.month, last.day)
    for number, day in reversed(days):
        # Some lines come a little late: only half a year back is another year.
        if day > following and (following == (last.month, last.day) or day[0] - following[0] > 6):
            year -= 1
        following = day
        years.append((number, year))
    return years[::-1]


def read_web(data: bytes | bytearray, name: str) -> EventRuns:
    """The requests of a web server, in the common or combined log format."""
    return _runs(data, name, "log", _web, "the log of a web server")


def _web(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    for number, line in enumerate(lines, start=1):
        match = _WEB.fullmatch(line)
        if match is None:
            _refuse(gathered, number, line)
            continue
        client, user, day, clock, zone, request, status, size, referrer, agent = match.groups()
        day_number, month, year = day.split("/")
        edtf = edtf_of(f"{day_number} {month} {year} {clock} {zone}")
        gathered.add(
            number,
            edtf,
            f"{request} {status}",
            kind="request",
            actors=[user] if user != "-" else [],
            client=client,
            code=status,
            size=size if size != "-" else "",
            referrer=referrer if referrer != "-" else "",
            agent=agent,
        )
        yield


def read_tln(data: bytes | bytearray, name: str) -> EventRuns:
    """The entries of a timeline in TLN: seconds, source, host, user and description."""
    return _runs(data, name, "log", _tln, "TLN")


def _tln(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    for number, line in enumerate(lines, start=1):
        match = _TLN.fullmatch(line)
        if match is None:
            _refuse(gathered, number, line)
            continue
        user = match[4].strip(" -")
        gathered.add(
            number,
            since_1970(match[1], UNITS[0]),
            match[5].strip() or match[2],
            kind=match[2].strip(),
            host=match[3].strip(" -"),
            actors=[user] if user else [],
        )
        yield


def read_body(data: bytes | bytearray, name: str) -> EventRuns:
    """The times of the files in a body file of The Sleuth Kit: equal times of a file are one event."""
    return _runs(data, name, "log", _body, "a body file")


def _body(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if not _is_body(line):
            _refuse(gathered, number, line)
            continue
        md5, rest = line.split("|", 1)
        file, *cells = rest.rsplit("|", 9)
        cells = [md5, file, *cells]
        letters: dict[str, str] = {}
        for letter, column in _TIMES:
            if cells[column] not in ("0", "", "-1"):
                letters[cells[column]] = letters.get(cells[column], "") + letter
        if not letters:
            gathered.lost["files without a time"] += 1
        for time, which in letters.items():
            marks = "".join(letter if letter in which else "." for letter in "macb")
            gathered.add(
                number,
                since_1970(time, UNITS[0]),
                f"{file} ({marks})",
                written=time,
                kind="file",
                size=cells[6],
                inode=cells[2],
                mode=cells[3],
            )
        yield


def read_dated(data: bytes | bytearray, name: str) -> EventRuns:
    """The entries of a log whose lines begin with a day and a time; other lines go on with the one above."""
    return _runs(data, name, "log", _dated, "a log with a time at the beginning of each line")


def _dated(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    for number, line in enumerate(lines, start=1):
        if (match := _DATED.fullmatch(line)) is not None:
            written = match[1].replace(",", ".") if match[1][:1].isdigit() else match[1]
            gathered.add(number, edtf_of(written), match[2] or "(empty)", written=match[1])
        elif line.strip():
            _go_on(gathered, number, line)
        yield


def read_audit(data: bytes | bytearray, name: str) -> EventRuns:
    """The records of the audit system of Linux."""
    return _runs(data, name, "audit", _audit, "the audit system of Linux")


def _audit(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    for number, line in enumerate(lines, start=1):
        match = _AUDIT.fullmatch(line)
        if match is None:
            _refuse(gathered, number, line)
            continue
        gathered.add(number, since_1970(match[2], UNITS[0]), f"{match[1]} {match[3]}".strip(), kind=match[1])
        yield


def read_history(data: bytes | bytearray, name: str) -> EventRuns:
    """The commands that zsh has kept with their times."""
    return _runs(data, name, "history", _history, "a history of zsh")


def _history(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    for number, line in enumerate(lines, start=1):
        if (match := _HISTORY.fullmatch(line)) is not None:
            gathered.add(number, since_1970(match[1], UNITS[0]), match[2] or "(empty)", kind="command")
        elif line.strip():
            _go_on(gathered, number, line)
        yield


def read_ledger(data: bytes | bytearray, name: str) -> EventRuns:
    """The transactions in a journal of ledger, hledger or beancount."""
    return _runs(data, name, "ledger", _ledger, "a journal of ledger")


def _clocked(
    gathered: Gathering, number: int, clock: re.Match[str], begun: tuple[int, str, str] | None
) -> tuple[int, str, str] | None:
    """Add what a time clock has measured; what it measures from now on, with its line and its beginning."""
    sign, at = clock[1], edtf_of(clock[2].replace("/", "-").replace(".", "-").replace(" ", "T"))
    if sign == "i":
        if begun is not None:
            gathered.add(begun[0], begun[1], begun[2], kind="session")
        return number, at, (clock[3] or "").strip() or "Session"
    if sign in "oO" and begun is not None:
        line, start, title = begun
        gathered.add(line, interval_between(start, at) or start, title, kind="session")
        return None
    return begun


def _ledger(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    is_open = False
    begun: tuple[int, str, str] | None = None
    for number, line in enumerate(lines, start=1):
        if (clock := _CLOCK.fullmatch(line)) is not None:
            begun = _clocked(gathered, number, clock, begun)
        elif (match := _LEDGER.fullmatch(line)) is not None:
            gathered.add(number, edtf_of(match[1]), match[2].strip('"'), written=match[1], kind="transaction")
            is_open = True
        elif is_open and line[:1] in (" ", "\t") and line.strip():
            _go_on(gathered, number, line.strip())
        else:
            is_open = False
            gathered.lost["lines that are no transactions"] += bool(line.strip()) and line[0] not in ";#*%|"
        yield


def read_changes(data: bytes | bytearray, name: str) -> EventRuns:
    """The entries of a change log in the form of GNU or of Debian, each by who signed it."""
    return _runs(data, name, "changes", _changes, "a change log")


def _changes(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    line, title, body = 0, "", list[str]()
    edtf = author = ""

    def finish() -> None:
        text = "\n".join(each.strip() for each in body).strip()
        if edtf and (title or text):
            actors = [author] if author else []
            gathered.add(line, edtf, title or text, text if title else "", actors=actors)
        elif title or text:
            gathered.leave_out(line or 1, "an entry without a date")

    for number, each in enumerate(lines, start=1):
        if (match := _GNU.fullmatch(each)) is not None:
            finish()
            line, title, body, edtf, author = number, "", [], edtf_of(match[1]), match[2]
        elif (match := _RPM.fullmatch(each)) is not None:
            finish()
            line, title, body, edtf, author = number, match[3] or "", [], edtf_of(match[1]), match[2]
        elif each.strip() == "%changelog":
            # What is above it in a spec is no change.
            body.clear()
        elif (found := _DEBIAN.fullmatch(each)) is not None:
            line, title, body = number, f"{found[1]} {found[2]}", []
        elif (signed := _SIGNED.fullmatch(each)) is not None:
            edtf, author = edtf_of(signed[2]), signed[1]
            finish()
            title, body, edtf = "", [], ""
        else:
            body.append(each)
        yield
    finish()


def read_git(data: bytes | bytearray, name: str) -> EventRuns:
    """The commits that `git log` lists, by author."""
    return _runs(data, name, "git", _git, "a log of git")


def _git(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    line, commit, fields, message = 0, "", dict[str, str](), list[str]()

    def finish() -> None:
        if commit:
            text = "\n".join(each[4:] for each in message).strip("\n")
            title, _, body = text.partition("\n")
            written = fields.get("AuthorDate") or fields.get("Date", "")
            author = re.sub(r"\s*<[^>]*>", "", fields.get("Author", ""))
            gathered.add(
                line,
                edtf_of(written),
                title or commit,
                body.strip("\n"),
                written=written,
                kind="commit",
                actors=[author] if author else [],
                commit=commit,
            )

    for number, each in enumerate(lines, start=1):
        if (match := _COMMIT.fullmatch(each)) is not None:
            finish()
            line, commit, fields, message = number, match[1], {}, []
        elif each.startswith("    ") or not each.strip():
            message.append(each)
        elif (found := re.fullmatch(r"([A-Z]\w+):\s+(.*)", each)) is not None:
            fields[found[1]] = found[2]
        else:
            gathered.lost["lines of changed files"] += 1
        yield
    finish()


def _entry(gathered: Gathering, line: int, edtf: str, message: str, **fields: str) -> None:
    kept = {name: value for name, value in fields.items() if value and value != "-"}
    gathered.add(line, edtf, message or kept.get("program", "Untitled"), **kept)


def _go_on(gathered: Gathering, line: int, text: str) -> None:
    """A line without a time goes on with the message above it."""
    if not gathered.events:
        _refuse(gathered, line, text)
        return
    event = gathered.events[-1]
    before = str(event.get("text", event["title"]))
    if len(before) > _LONGEST_ENTRY:
        gathered.lost["lines of entries that go on for more than a megabyte"] += 1
        return
    event["text"] = f"{before}\n{text}"


def _refuse(gathered: Gathering, line: int, text: str) -> None:
    if text.strip():
        gathered.leave_out(line, "a line in another form than the others")
