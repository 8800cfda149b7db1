"""A table read by DuckDB into a table of its own: `python -m bench.floors.duck TABLE.csv`.

Prints processor seconds and bytes, of a process of its own.
"""

from __future__ import annotations

import json
import sys
import time

import duckdb

from bench.memory import peak_memory

if __name__ == "__main__":
    start = time.process_time()
    duckdb.execute("CREATE TABLE rows AS SELECT * FROM read_csv(?)", [sys.argv[1]])
    print(json.dumps({"duck": time.process_time() - start, "peak": peak_memory()}))
