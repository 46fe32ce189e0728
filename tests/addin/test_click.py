"""The process that a click in Excel starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
import xlwings as xw

from minsheng import click
from minsheng.addin.names import CLICK
from minsheng.errors import HostFailed, UsageError

FROM_EXCEL = ["--wb=民生 实事;50%.xlsx", "--from_xl=1", "--app=C:\\Office\\Microsoft Excel", "--hwnd=7"]


def python(code: str) -> str:
    """What a new interpreter prints that starts the way a click does."""
    run = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys\nfrom minsheng import click\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def clicked(*arguments: str, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    """The command of the macro, run without a screen."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    return subprocess.run(
        [sys.executable, *CLICK.split(), *arguments],
        capture_output=True,
        env=environment | surroundings,
        check=False,
    )


def test_a_click_loads_neither_pandas_nor_what_else_takes_long() -> None:
    loaded = python(
        "click.forgo_libraries()\nfrom minsheng import buttons\nfrom minsheng.dialogs.windows import WindowDialogs\n"
        "WindowDialogs()\nimport xlwings, minsheng.jobs.checking\n"
        "print(*(name for name in sys.modules if sys.modules[name] is not None))"
    ).split()
    heavy = {
        "pandas",
        "numpy",
        "polars",
        "openpyxl",
        "lxml",
        "docx",
        "tkinter",
        "python_calamine",
        "xlwings.pro",
        "pyexpat",
    }
    assert "xlwings" in loaded
    assert not heavy & set(loaded)


def test_every_job_of_a_button_can_be_imported_in_that_process() -> None:
    """A job that wants pandas at its head would work on the command line and fail on the ribbon."""
    jobs = sorted(path.stem for path in (Path(click.__file__).parent / "jobs").glob("[a-z]*.py"))
    assert "merging" in jobs
    python(
        f"click.forgo_libraries()\nimport importlib\nfor name in {jobs}: importlib.import_module(f'minsheng.jobs.{{name}}')"
    )


def test_the_folder_that_excel_stands_in_gives_no_module(tmp_path: Path) -> None:
    """Excel's current folder is where a file was opened last: anything may lie there."""
    for name in ("minsheng", "xlwings", "decimal"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(77)", "ascii")
    run = subprocess.run(
        [sys.executable, *CLICK.split(), "nonsense"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert b"LookupError" in run.stderr


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check"], ["show_help"]])
def test_where_no_window_can_be_shown_the_macro_gets_ascii_and_no_traceback(
    arguments: list[str], tmp_path: Path
) -> None:
    run = clicked(*arguments, *FROM_EXCEL, XDG_STATE_HOME=str(tmp_path / "记录"), HOME=str(tmp_path))
    assert run.returncode == 1
    assert run.stdout == b""
    assert run.stderr.isascii()
    assert b"could not start" in run.stderr
    assert b"Traceback" not in run.stderr
    assert "Traceback" in (tmp_path / "记录" / "minsheng" / "minsheng.log").read_text("utf-8")


@pytest.fixture
def from_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that Excel has started, on a computer whose xlwings reaches Excel."""
    monkeypatch.setattr(sys, "argv", ["click", "check", *FROM_EXCEL])
    monkeypatch.setitem(xw.engines.engines_by_name, "excel", SimpleNamespace())


def test_a_name_with_an_equals_sign_is_found_in_the_excel_that_was_clicked(
    from_excel: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """xlwings reads ``--wb=a=b.xlsx`` as ``a``."""
    monkeypatch.setattr(sys, "argv", ["click", "check", "--wb=甲=乙.xlsx", "--from_xl=1", "--hwnd=7"])
    excels = [SimpleNamespace(hwnd=hwnd, books={"甲=乙.xlsx": f"of window {hwnd}"}) for hwnd in (5, 7)]
    monkeypatch.setattr(xw, "apps", excels)
    assert click.calling_book() == "of window 7"
    excels[1].books.clear()
    with pytest.raises(UsageError, match="没有打开的工作簿“甲=乙.xlsx”"):
        click.calling_book()
    del excels[1]
    with pytest.raises(HostFailed, match="找不到点按钮的那个 Excel 窗口"):
        click.calling_book()


def test_what_keeps_a_click_from_its_book_is_told_apart(
    from_excel: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed() -> xw.Book:
        raise KeyError("民生 实事;50%.xlsx")

    def gone() -> xw.Book:
        raise OSError("[WinError -2147467259] Unspecified error")

    monkeypatch.setattr(xw.Book, "caller", staticmethod(closed))
    with pytest.raises(UsageError, match="没有打开的工作簿“民生 实事;50%.xlsx”"):
        click.calling_book()
    monkeypatch.setattr(xw.Book, "caller", staticmethod(gone))
    with pytest.raises(HostFailed, match="找不到点按钮的那个 Excel 窗口"):
        click.calling_book()
    monkeypatch.delitem(xw.engines.engines_by_name, "excel")
    with pytest.raises(HostFailed, match=r"缺少 pywin32.*安装\.cmd.*检查\.cmd"):
        click.calling_book()


class Reader:
    """Reads what is shown in a window."""

    said: ClassVar[list[str]] = []

    def tell(self, words: str) -> None:
        self.said.append(words)

    warn = tell


def test_a_click_without_its_book_ends_in_a_sentence_and_a_line_of_the_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not by a traceback, and never by a guess that nothing is open: here there is no Excel to be had at all."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("minsheng.dialogs.windows.WindowDialogs", Reader)
    monkeypatch.setattr(Reader, "said", [])
    click.press("check")
    click.press("show_help")
    assert Reader.said[0].startswith("校验没有完成。")
    assert "连不上 Excel" in Reader.said[0]
    assert Reader.said[1].startswith("汇总："), "what needs no book goes on"
    assert "HostFailed" in (tmp_path / "minsheng" / "minsheng.log").read_text("utf-8")
