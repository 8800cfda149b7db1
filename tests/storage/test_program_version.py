from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import timeline_tui
from timeline_tui.storage import index_cache as cache
from timeline_tui.storage.index_cache import Cache
from timeline_tui.storage.program_version import ASIDE, LIBRARIES, program_version, version_of

PACKAGE = Path(timeline_tui.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "library" / "timeline_tui"
    for name in ("reader.py", "index.sql", "exchange/vis.py", "exchange/deeper/one.py", "tui/app.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("1")
    for name in ("PyYAML-6.0.2.dist-info", "icalendar-7.0.dist-info", "textual-8.2.8.dist-info"):
        (folder.parent / name).mkdir()
    return folder


def test_the_version_is_of_all_rooms_of_the_package() -> None:
    assert program_version() == version_of(PACKAGE, sys.path)


@pytest.mark.parametrize("name", ["reader.py", "index.sql", "exchange/vis.py", "exchange/deeper/one.py"])
def test_whatever_file_of_the_program_changes_it_is_another_version(package: Path, name: str) -> None:
    before = version_of(package, [])
    about = (package / name).stat()
    while (package / name).stat().st_ctime_ns == about.st_ctime_ns:
        (package / name).write_text("2")
        # As an installation does that gives every file the same age.
        os.utime(package / name, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert version_of(package, []) != before


def test_a_file_more_or_less_in_any_folder_makes_another_version(package: Path) -> None:
    before = version_of(package, [])
    (package / "exchange" / "new.py").write_text("")
    more = version_of(package, [])
    (package / "exchange" / "vis.py").unlink()
    assert len({before, more, version_of(package, [])}) == 3


def test_the_version_ignores_the_screen_and_compiled_files(package: Path) -> None:
    before = version_of(package, [])
    (package / "tui" / "app.py").write_text("other")
    (package / "exchange" / "__pycache__").mkdir()
    (package / "exchange" / "__pycache__" / "vis.pyc").write_text("x")
    assert version_of(package, []) == before


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        ("PyYAML-6.0.2.dist-info", "PyYAML-6.0.3.dist-info", True),
        ("icalendar-7.0.dist-info", "icalendar-7.1.dist-info", True),
        ("textual-8.2.8.dist-info", "textual-8.2.9.dist-info", False),
    ],
)
def test_another_version_of_a_library_that_shapes_indexes_changes_the_version(
    package: Path, old: str, new: str, *, counts: bool
) -> None:
    search = [str(package.parent), "/no/such/folder"]
    before = version_of(package, search)
    (package.parent / old).rename(package.parent / new)
    assert (version_of(package, search) != before) is counts


def test_another_python_is_another_version(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version_of(package, [])
    monkeypatch.setattr(sys, "hexversion", sys.hexversion + 1)
    assert version_of(package, []) != before


def test_the_version_of_a_program_in_an_archive_is_that_of_the_archive(tmp_path: Path) -> None:
    archive = tmp_path / "program.pyz"
    archive.write_text("1")
    before = version_of(archive / "timeline_tui", [])
    archive.write_text("12")
    assert version_of(archive / "timeline_tui", []) != before


def test_a_version_fits_into_the_file_name_of_an_index(package: Path) -> None:
    assert set(version_of(package, [])) <= set("0123456789abcdefghijklmnopqrstuvwxyz.")


def test_every_library_that_shapes_indexes_is_part_of_the_version() -> None:
    """What is loaded by all that reads files, in a Python of its own."""
    program = """
import sys
from importlib import import_module
from importlib.metadata import packages_distributions
from pkgutil import iter_modules
import timeline_tui.loading.build_index, timeline_tui.exchange, timeline_tui.loading.opened
import icalendar, msgspec.json
for module in iter_modules(timeline_tui.exchange.__path__):
    import_module("timeline_tui.exchange." + module.name)
owners = packages_distributions()
files = [(name, getattr(module, "__file__", None)) for name, module in list(sys.modules.items())]
loaded = [name for name, file in files if file and "site-packages" in file]
print(*{owner for name in loaded for owner in owners.get(name.partition(".")[0], [])})
print(*{name.split(".")[1] for name in sys.modules if name.startswith("timeline_tui.")})
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    libraries, own = run.stdout.splitlines()
    found = {name.lower().replace("-", "_") for name in libraries.split()} - {"setuptools"}
    assert found <= LIBRARIES
    assert not ASIDE & set(own.split())


def test_a_cache_works_out_the_version_only_if_something_is_cached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def version() -> str:
        asked.append(1)
        return "1"

    monkeypatch.setattr(cache, "program_version", version)
    file = tmp_path / "story.yaml"
    file.write_text("title: x\n")
    assert Cache(tmp_path / "cache").find(file, 1) is None
    assert not asked


def test_the_folder_of_the_importers_is_part_of_the_program() -> None:
    assert (PACKAGE / "exchange" / "vis_timeline.py").is_file()
