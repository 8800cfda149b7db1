"""Compressed files are read as what is in them, and nothing that is made to fill the memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from typing import TYPE_CHECKING

import pytest

from timeline_tui.cli.main import main
from timeline_tui.cli.pipes import with_pipes
from timeline_tui.reading.open_file import CannotRead
from timeline_tui.reading.unpack import read_source, without_packing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLE = b"date,title\n2024-03-04,The vote\n2024-03-05,The count\n"
OURS = b"title: Ours\nevents:\n- date: 2024-03-04\n  title: The vote\n"


def zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").compress(data))


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": zstd,
}


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize(("name", "data"), [("a.csv", TABLE), ("a.yaml", OURS)])
def test_a_compressed_file_opens_as_what_is_in_it(
    suffix: str, name: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = PACKERS[suffix]
    file = tmp_path / f"{name}{suffix}"
    file.write_bytes(pack(data))
    assert bytes(read_source(file)) == data
    assert without_packing(file.name) == name
    assert main(["list", str(file)]) == 0
    assert "2024-03-04  The vote" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_broken_or_swollen_file_is_refused_in_a_line(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"x{suffix}"
    file.write_bytes(PACKERS[suffix](TABLE * 50)[:-9])
    if suffix != ".zst":
        with pytest.raises(CannotRead, match="broken"):
            read_source(file)
    file.write_bytes(PACKERS[suffix](bytes(300 << 20)))
    with pytest.raises(CannotRead, match="unpacks to more than 256 MiB"):
        read_source(file)


def test_a_pipe_with_a_name_is_read_as_standard_input() -> None:
    kept = os.dup(0)
    reading, writing = os.pipe()
    try:
        os.write(writing, TABLE)
        os.close(writing)
        assert with_pipes(["list", f"/dev/fd/{reading}"]) == ["list", "-"]
        assert os.read(0, 100) == TABLE
        assert with_pipes(["list", "a.csv"]) == ["list", "a.csv"]
    finally:
        os.dup2(kept, 0)
        os.close(kept)
        os.close(reading)
