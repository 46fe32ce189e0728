"""A year or a day that no office has is refused before anything is done, in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.county_book import county_file
from minsheng.cli import main


@pytest.mark.parametrize("year", ["1", "-5", "0", "1999", "2100", "10000", "二〇二四", "²"])
def test_a_year_that_is_none(year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "任务书.txt"
    document.write_text("一、新建公园3个", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["import", str(document), "-o", str(tmp_path / "总表.xlsx"), f"--year={year}"])
    assert end.value.code == 2
    assert f"年份要在2000到2099之间，而不是“{year}”" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "colour", "summary"])
@pytest.mark.parametrize("day", ["0001-01-01", "1905-07-16", "9999-12-31"])
def test_a_day_that_is_none(
    command: str, day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, str(county_file(tmp_path / "总表.xlsx")), "--as-of", day])
    assert end.value.code == 2
    assert "年份要在2000到2099之间" in capsys.readouterr().err


def test_a_document_of_another_century(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "任务书.txt"
    document.write_text(
        "1998年民生实事项目\n1.新建公园3个。\n责任单位：县住建局\n进度安排：12月，建成3个。\n",
        encoding="utf-8",
    )
    assert main(["import", str(document), "-o", str(tmp_path / "总表.xlsx")]) == 3
    assert "1998年，不在2000年到2099年之间" in capsys.readouterr().err
    assert not (tmp_path / "总表.xlsx").exists()
