"""Commands where something that is always there is not: a home, a locale that knows Chinese, memory, a sensible year."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from cli.commands import minsheng
from jobs.small_master import small_master
from minsheng import log
from minsheng.cli import main
from minsheng.jobs.importing import sample_document


def test_without_a_home_a_failure_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nobody(_: int) -> object:
        raise KeyError("uid not found")

    for name in ("HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.setattr("minsheng.jobs.exporting.show", lambda book: 1 / 0)
    assert log.log_file() is None
    assert main(["show", str(small_master(tmp_path))]) == 3
    words = capsys.readouterr().err
    assert (
        words
        == "程序出错，没有完成，文件没有改动。没有地方写日志（当前用户没有主文件夹）。出错的是：ZeroDivisionError。\n"
    )


def test_a_log_that_cannot_be_written_is_not_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "状态").write_text("a file")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr("minsheng.jobs.exporting.show", lambda book: 1 / 0)
    assert main(["show", str(small_master(tmp_path))]) == 3
    assert "日志也写不进" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="Windows' file names are Unicode whatever the locale")
@pytest.mark.parametrize("locale", ["POSIX", "zh_CN.GBK"])
def test_a_locale_without_our_file_names_changes_nothing(locale: str, tmp_path: Path) -> None:
    surroundings = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    target = tmp_path / "总表.xlsx"
    run = minsheng("import", sample_document(), "-o", target, env=surroundings)
    assert run.returncode == 1, run.stderr
    assert "33个项目" in run.stderr
    run = minsheng("dispatch", target, "--period", "2024-06", "-o", tmp_path / "表", env=surroundings)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "表" / "石浦_2024年06月_填报表.xlsx").is_file()


@pytest.mark.parametrize(
    "words",
    [
        ("import", "任务书.txt", "-o", "总表.xlsx", "--year", "10000"),
        ("import", "任务书.txt", "-o", "总表.xlsx", "--year", "0"),
        ("import", "任务书.txt", "-o", "总表.xlsx", "--year", "-5"),
        ("import", "任务书.txt", "-o", "总表.xlsx", "--year", "²"),
        ("summary", "总表.xlsx", "--as-of", "9999-12-31"),
        ("colour", "总表.xlsx", "--as-of", "0001-01-01"),
        ("bulletin", "总表.xlsx", "--period", "9999-12", "-o", "通报.docx"),
    ],
)
def test_a_year_that_no_plan_is_about_is_wrong_usage(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "年份要在2000到2099之间" in capsys.readouterr().err


def test_no_command_but_export_loads_what_only_export_counts_with(tmp_path: Path) -> None:
    """numpy takes a process down, with exit code 1, where there is little memory; a 汇总 has no use for it."""
    master = small_master(tmp_path)
    surroundings = os.environ | {"PYTHONVERBOSE": "1"}
    loaded = minsheng("check", master, env=surroundings).stderr
    assert "import 'xlwings" in loaded
    assert "import 'numpy" not in loaded
    exported = minsheng("export", master, "-o", tmp_path / "长表.csv", env=surroundings)
    assert exported.returncode == 0
    assert "import 'pandas" in exported.stderr
