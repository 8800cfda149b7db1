"""What each stage of reading a file takes by itself: `python -m bench.stages STAGE FILE` prints seconds.

One process, without the garbage collector, as the program's readers are.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import yaml

from timeline_tui.dates.date import today
from timeline_tui.index.writer import IndexWriter
from timeline_tui.loading.parts import PartRead, PartReader, plan
from timeline_tui.reading.open_file import read_bytes
from timeline_tui.storage.file_stamps import checksum, digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.loading.parts import Plan


def read(path: Path) -> float:
    """The bytes, and the hash that they are known by."""
    start = time.perf_counter()
    digest(read_bytes(path), path.name)
    return time.perf_counter() - start


def events(path: Path) -> float:
    """libyaml's parse events, made and thrown away."""
    text = path.read_bytes()
    start = time.perf_counter()
    deque(yaml.parse(text, Loader=yaml.CSafeLoader), maxlen=0)
    return time.perf_counter() - start


def load(path: Path) -> float:
    """PyYAML's fastest safe loader, which the garbage collector does not hold up."""
    text = path.read_bytes()
    start = time.perf_counter()
    yaml.load(text, Loader=yaml.CSafeLoader)
    return time.perf_counter() - start


def parts(path: Path) -> float:
    """All parts, read and checked and made ready for the index by one process."""
    data = read_bytes(path)
    cut_up = _plan(data, path)
    start = time.perf_counter()
    deque(_parts(data, cut_up, path), maxlen=0)
    return time.perf_counter() - start


def transfer(path: Path) -> float:
    """What was read, written as bytes and made values again, as it goes from process to process."""
    data = read_bytes(path)
    encode = msgspec.msgpack.Encoder().encode
    took = 0.0
    for part in _parts(data, _plan(data, path), path):
        start = time.perf_counter()
        msgspec.msgpack.decode(encode(part), type=PartRead)
        took += time.perf_counter() - start
    return took


def fill(path: Path) -> float:
    """What was read put into a database, which is then finished and its checksum taken."""
    data = read_bytes(path)
    cut_up = _plan(data, path)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "whole.db"
        writer = IndexWriter(str(place))
        took = 0.0
        for part in _parts(data, cut_up, path):
            if part.entries is not None:
                start = time.perf_counter()
                writer.add(part.entries)
                took += time.perf_counter() - start
        start = time.perf_counter()
        writer.finish(cut_up.header).close()
        checksum(place)
        return took + time.perf_counter() - start


def _plan(data: bytearray, path: Path) -> Plan:
    cut_up = plan(data, str(path))
    if cut_up is None:
        raise SystemExit(f"{path} is not read in parts")
    return cut_up


def _parts(data: bytearray, cut_up: Plan, path: Path) -> Iterator[PartRead]:
    reader = PartReader(cut_up, str(path), today(), indexed=True)
    for part in cut_up.parts:
        yield reader.read(data[part.start : part.end], part.line)


STAGES = {stage.__name__: stage for stage in (read, events, load, parts, transfer, fill)}

if __name__ == "__main__":
    gc.disable()
    print(json.dumps({"took": STAGES[sys.argv[1]](Path(sys.argv[2]))}))
