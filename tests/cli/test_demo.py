"""``minsheng demo -o DIR``: into a new folder or its own, never over anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from minsheng.cli import main
from minsheng.jobs import demonstrating


def everything(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A demonstration of two files: what is done with the folder, not with the year."""

    def walk(folder: Path, tell: object) -> None:
        (folder / "收件夹" / "2024-01").mkdir(parents=True)
        (folder / "收件夹" / "2024-01" / "石浦.xlsx").write_bytes(b"form")
        (folder / "民生实事总表.xlsx").write_bytes(b"master")

    with monkeypatch.context() as shorter:
        shorter.setattr(demonstrating, "_walk", walk)
        yield


@pytest.mark.parametrize("what", ["file", "in a folder", "link", "linked folder", "list of another"])
def test_a_folder_with_anything_else_in_it_is_refused_untouched(
    what: str, short: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "文档"
    folder.mkdir()
    elsewhere = tmp_path / "别处"
    (elsewhere / "sub").mkdir(parents=True)
    (elsewhere / "合同.docx").write_text("important")
    if what == "file":
        (folder / "合同.docx").write_text("important")
    elif what == "in a folder":
        (folder / "sub").mkdir()
        (folder / "sub" / "照片.jpg").write_text("important")
    elif what == "link":
        (folder / "合同.docx").symlink_to(elsewhere / "没有了.docx")
    elif what == "linked folder":
        (folder / "照片").symlink_to(elsewhere)
    else:
        (folder / "合同.docx").write_text("important")
        (folder / ".民生实事示例").write_text("../别处/合同.docx\n民生实事总表.xlsx\n", encoding="utf-8")
    before = everything(tmp_path)
    assert main(["demo", "-o", str(folder)]) == 2
    assert "里有不是示例的文件" in capsys.readouterr().err
    assert everything(tmp_path) == before


def test_a_file_in_the_place_of_the_folder_is_refused(
    short: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "文档").write_text("important")
    assert main(["demo", "-o", str(tmp_path / "文档")]) == 2
    assert main(["demo", "-o", str(tmp_path / "文档" / "示例")]) == 3
    assert "示例写不进" in capsys.readouterr().err
    assert (tmp_path / "文档").read_text() == "important"


def test_its_own_folder_is_made_anew_and_a_file_added_since_stops_it(short: None, tmp_path: Path) -> None:
    folder = tmp_path / "一" / "示例"
    assert main(["demo", "-o", str(folder)]) == 0
    made = everything(folder)
    (folder / "民生实事总表.xlsx").write_bytes(b"played with")
    (folder / "收件夹" / "2024-01" / "石浦.xlsx").unlink()
    assert main(["demo", "-o", str(folder)]) == 0
    assert everything(folder) == made
    (folder / "收件夹" / "我的.xlsx").write_bytes(b"mine")
    before = everything(folder)
    assert main(["demo", "-o", str(folder)]) == 2
    assert everything(folder) == before


def test_what_an_earlier_one_made_and_this_one_does_not_goes(short: None, tmp_path: Path) -> None:
    folder = tmp_path / "示例"
    assert main(["demo", "-o", str(folder)]) == 0
    made = everything(folder)
    listed = folder / ".民生实事示例"
    (folder / "旧.xlsx").write_bytes(b"of an older version")
    listed.write_text(f"旧.xlsx\n{listed.read_text(encoding='utf-8')}", encoding="utf-8")
    assert main(["demo", "-o", str(folder)]) == 0
    assert everything(folder) == made


def test_one_that_fails_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(folder: Path, tell: object) -> None:
        (folder / "民生实事总表.xlsx").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(demonstrating, "_walk", interrupted)
    assert main(["demo", "-o", str(tmp_path / "一" / "示例")]) == 3
    assert "已中断，没有保存任何改动" in capsys.readouterr().err
    assert everything(tmp_path) == {}
    (tmp_path / "空").mkdir()
    assert main(["demo", "-o", str(tmp_path / "空")]) == 3
    assert everything(tmp_path) == {"空": None}
