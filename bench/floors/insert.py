"""A table read and inserted with full text, and no more: `python -m bench.floors.insert TABLE.csv`.

Prints processor seconds and bytes, of a process of its own.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from bench.memory import peak_memory

_SOME = 1_000
_SETTINGS = (
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; CREATE VIRTUAL TABLE words USING fts5(text);"
)

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, open(sys.argv[1], encoding="utf-8", newline="") as file:  # noqa: PTH123  as anybody does it
        start = time.process_time()
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.executescript(_SETTINGS)
        reader = csv.reader(file)
        size = len(next(reader))
        connection.execute(f"CREATE TABLE row ({', '.join(f'c{number}' for number in range(size))})")
        insert = f"INSERT INTO row VALUES ({', '.join('?' * size)})"  # noqa: S608  only question marks
        while rows := list(islice(reader, _SOME)):
            connection.executemany(insert, rows)
            connection.executemany("INSERT INTO words (text) VALUES (?)", [(" ".join(row),) for row in rows])
        connection.execute("COMMIT")
        print(json.dumps({"insert": time.process_time() - start, "peak": peak_memory()}))
