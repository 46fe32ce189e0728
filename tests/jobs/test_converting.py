"""A .doc, .wps or .rtf is read after a LibreOffice has made a .docx of it, when somebody says so; else a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document

from cli.commands import minsheng
from jobs.clerk import Clerk, press
from minsheng.errors import OldDocument
from minsheng.incoming.task_document import read
from minsheng.jobs import converting
from needed import missing
from xlengines.errors import HostMissing
from xlengines.libreoffice.process import OfficeProcess

#: A .doc names the streams of a workbook too when its words do.
WORDS = ["2025年清河县民生实事项目任务分解", "Book Workbook", "1.新建口袋公园12个", "责任领导：王甲", "责任单位：县城管局", "责任人：李乙", "进度安排：6月底前建成6个；11月底前建成12个。"]  # fmt: skip


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the document as .docx and as a real .doc, with a table."""
    folder = tmp_path_factory.mktemp("old")
    document = Document()
    for line in [*WORDS[:-1], "任务分解："]:
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=3)
    for cell, words in zip(table._cells, ["单位", "东山镇", "西河街道", "任务数", "5", "7"], strict=True):
        cell.text = words
    document.add_paragraph(WORDS[-1])
    document.save(str(folder / "任务书.docx"))
    try:
        office = OfficeProcess(
            ["--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(folder / "任务书.docx")]
        )
    except HostMissing as failure:
        missing(f"no LibreOffice to make a .doc: {failure}")
    try:
        assert office.wait(90)
    finally:
        office.end()
    return folder


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["旧.doc", "旧.wps"])
def test_an_old_document_says_the_same_once_converted(old: Path, tmp_path: Path, name: str) -> None:
    source = Path(shutil.copyfile(old / "任务书.doc", tmp_path / name))
    before = source.read_bytes()
    with pytest.raises(OldDocument, match=r"\.doc"):
        read(source)
    with converting.as_docx(source) as converted:
        assert converted.name == "旧.docx"
        reading = read(converted)
    assert reading == read(old / "任务书.docx")
    assert (converted.exists(), source.read_bytes()) == (False, before)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.libreoffice
def test_the_command_line_converts_when_asked_to(old: Path, tmp_path: Path) -> None:
    source, target = old / "任务书.doc", tmp_path / "总表.xlsx"
    refused = minsheng("import", source, "-o", target)
    assert (refused.returncode, target.exists()) == (3, False)
    assert "--convert" in refused.stderr
    done = minsheng("import", source, "-o", target, "--convert")
    assert (done.returncode, target.exists()) == (0, True)
    assert minsheng("read", source, "-o", tmp_path / "核对稿.xlsx", "--convert").returncode == 0


@pytest.mark.libreoffice
def test_the_button_asks_first(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng.buttons.files.open_for_a_person", lambda *_path, **_beside: None)
    clerk = Clerk(file=old / "任务书.doc", new_file=tmp_path / "总表.xlsx")
    assert press(None, "import_document", clerk).startswith("已生成总表：2025年，1个项目")
    assert "LibreOffice" in clerk.said[0]
    clerk = Clerk(file=old / "任务书.doc", new_file=tmp_path / "另一本.xlsx", agrees=False)
    assert "另存为 .docx" in press(None, "import_document", clerk)
    assert not (tmp_path / "另一本.xlsx").exists()


def test_without_a_libreoffice_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "can_convert", lambda: False)
    source = tmp_path / "任务书.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le"))
    clerk = Clerk(file=source, new_file=tmp_path / "总表.xlsx")
    assert "另存为 .docx" in press(None, "import_document", clerk)
    assert not any("LibreOffice" in words for words in clerk.said)
