"""PyYAML's fastest safe loader on a file and no more, in a process of its own: prints seconds and bytes."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import yaml

from bench.memory import peak_memory

if __name__ == "__main__":
    text = Path(sys.argv[1]).read_bytes()
    start = time.perf_counter()
    yaml.load(text, Loader=yaml.CSafeLoader)
    print(json.dumps({"loader": time.perf_counter() - start, "peak": peak_memory()}))
