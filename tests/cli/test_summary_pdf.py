"""``minsheng summary --pdf``: master and pages together, or neither."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.commands import COMMAND
from jobs.small_master import small_master
from minsheng.cli import main
from minsheng.errors import CannotSave
from minsheng.hosts import opened
from minsheng.jobs import printing
from needed import needed_program


@contextmanager
def nothing(*_: object) -> Iterator[None]:
    yield


@pytest.fixture
def on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that prints at once: what is done with the files, not how they look."""

    def printed(book: object, part: str, path: Path) -> None:
        path.write_bytes(b"%PDF new")

    monkeypatch.setattr(printing, "printing_program", nothing)
    monkeypatch.setattr(printing, "printed_copy", nothing)
    monkeypatch.setattr(printing, "print_part", printed)


def test_a_page_that_cannot_be_printed_leaves_master_and_pdf_as_they_were(
    on_paper: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(book: object, part: str, path: Path) -> None:
        path.write_bytes(b"%PDF")
        if part == "整本":
            raise CannotSave("磁盘已满。")

    monkeypatch.setattr(printing, "print_part", broken)
    master, pdf = small_master(tmp_path), tmp_path / "汇总表.pdf"
    pdf.write_bytes(b"%PDF old")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    words = ["summary", str(master), "--pdf", str(pdf), "--pdf-all", str(tmp_path / "新" / "整本.pdf")]
    assert main(words) == 3
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_master_that_cannot_be_saved_leaves_the_old_pdf(
    on_paper: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(self: Any, target: Path, *_: object) -> None:
        if target == master:
            raise CannotSave("总表正被别的程序打开着。")
        saved(self, target)

    from xlengines.file.workbook_part import WorkbookPart

    saved = WorkbookPart.save
    monkeypatch.setattr(WorkbookPart, "save", locked)
    master, pdf = small_master(tmp_path), tmp_path / "汇总表.pdf"
    pdf.write_bytes(b"%PDF old")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["summary", str(master), "--pdf", str(pdf)]) == 3
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_pages_show_what_the_master_is_going_to_show(
    on_paper: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[bytes] = []

    @contextmanager
    def copied(_: object, copy: Path) -> Iterator[None]:
        copies.append(copy.read_bytes())
        yield

    monkeypatch.setattr(printing, "printed_copy", copied)
    master, pdf = small_master(tmp_path), tmp_path / "汇总表.pdf"
    before = master.read_bytes()
    assert main(["summary", str(master), "--as-of", "2024-06-30", "--pdf", str(pdf)]) == 0
    assert pdf.read_bytes() == b"%PDF new"
    assert copies == [master.read_bytes()]
    assert copies != [before]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["总表.xlsx", "汇总表.pdf"]


@pytest.mark.libreoffice
def test_a_signal_while_pages_are_printed_leaves_nothing_behind(tmp_path: Path) -> None:
    needed_program("soffice", "libreoffice")
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    out.mkdir()
    temporary.mkdir()
    master = small_master(out)
    before = master.read_bytes()
    command = [COMMAND, "summary", str(master), "--pdf-all", str(out / "整本.pdf")]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(temporary)}
    ) as run:
        assert run.stderr is not None
        for line in run.stderr:
            if line.startswith("输出整本的PDF"):
                break
        run.send_signal(signal.SIGTERM)
        words = run.stderr.read()
        assert run.wait(60) == 3
    assert words == "已中断，没有保存任何改动。\n"
    assert master.read_bytes() == before
    assert [path.name for path in out.iterdir()] == [master.name]
    deadline = time.monotonic() + 20
    while (left := list(temporary.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
    with opened("file", master):
        pass
