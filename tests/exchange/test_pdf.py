"""The page as PDF: which browser prints it, and what is said where there is none."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.stories import event, story
from timeline_tui.cli.main import main
from timeline_tui.errors import UsageError
from timeline_tui.exchange.html import pdf
from timeline_tui.exchange.html.page import write

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


def test_without_a_browser_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="printed by Chromium, which is not here"):
        pdf.pdf("<p>A page</p>")


def test_the_browser_named_in_chrome_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my-browser"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("CHROME", str(program))
    assert pdf.browser() == str(program)
    monkeypatch.setenv("CHROME", str(tmp_path / "not-there"))
    with pytest.raises(UsageError, match="not a program that can be started"):
        pdf.browser()


def test_a_browser_that_fails_is_named_with_what_it_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "my-browser"
    program.write_text("#!/bin/sh\necho no display >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("CHROME", str(program))
    with pytest.raises(pdf.CannotPrint, match="my-browser did not print the page: no display"):
        pdf.pdf("<p>A page</p>")


def test_a_pdf_is_not_written_to_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "data/timeline.yaml", "--to", "pdf"]) == 2
    assert "pdf is not for a terminal; say where to write it with -o FILE" in capsys.readouterr().err


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")
def test_the_page_is_printed() -> None:
    printed = pdf.pdf(write(story(event("2024-11-01", "Talks"))).text)
    assert printed.startswith(b"%PDF-")
    assert printed.rstrip().endswith(b"%%EOF")
