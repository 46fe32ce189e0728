"""Every error of an engine has a code, an English sentence, and a Chinese one with what to do; Excel's numbers have one too."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from excelsim import errors as excel
from excelsim.pywin32 import rejected
from minsheng.errors import CannotSave, HostFailed, NotAMaster
from minsheng.hosts import sentences
from minsheng.hosts.failures import SENTENCES, engine_sentence, excel_sentence
from xlengines.errors import MESSAGES, EngineError, FileLocked, JobRunning, NotAWorkbook, ProtectedSheet

PACKAGE = Path(__file__).parents[2] / "python" / "xlengines"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def raised() -> list[tuple[str, set[str]]]:
    """Code and facts of every error that is made in the package, where the code is a literal."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                named = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if node.args[0].value in MESSAGES and named != "format":
                    found.append((node.args[0].value, {key.arg for key in node.keywords if key.arg}))
    return found


def test_both_tables_know_the_same_codes() -> None:
    assert SENTENCES.keys() == MESSAGES.keys()


def test_each_code_is_used_with_the_facts_that_its_sentences_name() -> None:
    calls = raised()
    assert {code for code, _ in calls} | {
        "file-changed",
        "file-gone",
        "job-running",
        "lacking",
    } == MESSAGES.keys()
    everywhere = {"path", "name", "sheet", "cell"}
    for code, facts in calls:
        if code in ("job-running", "lacking", "off-grid", "part-of-array", "table-header"):
            continue  # made in one place for many
        message, advice = SENTENCES[code]
        needed = fields(message) | fields(advice) | fields(MESSAGES[code])
        assert needed - everywhere <= facts, code


def test_the_package_speaks_english_and_knows_nothing_of_the_product() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"(?:import|from) minsheng|from \.\.\.", text), path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Raise):
                assert not re.search("[\u4e00-\u9fff]", ast.get_source_segment(text, node) or ""), path


@pytest.mark.parametrize(
    ("failure", "kind", "says"),
    [
        (FileLocked("file-held", path="/甲/总表.xlsx"), CannotSave, "“总表.xlsx”正被别的程序打开着"),
        (NotAWorkbook("doctype", path="x.xlsx"), NotAMaster, "DOCTYPE"),
        (ProtectedSheet("protected-sheet", sheet="01", cell="C7"), HostFailed, "“01”受保护，C7 不能改，没有改动。请先撤销"),
        (FileLocked("open-in-program", path="/a/b", program="Excel/WPS", who="", mark="~$b"), CannotSave, "Excel 或 WPS 里打开着，"),
        (JobRunning("/a/总表.xlsx", user="王五", machine="PC-7", since="09:30:00", job="汇总"), CannotSave,
         "“总表.xlsx”上正有另一项工作（王五，电脑 PC-7，09:30:00 开始“汇总”），这次没有做。请等它做完再试。"),
    ],
)  # fmt: skip
def test_an_engines_error_becomes_a_sentence(failure: EngineError, kind: type[Exception], says: str) -> None:
    with pytest.raises(kind) as told, sentences():
        raise failure
    assert says in str(told.value)


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (excel.busy(), "请先结束单元格编辑"),
        (excel.editing(), "请先结束单元格编辑"),
        (excel.refused("您试图更改的单元格或图表位于受保护的工作表中。"), "请先撤销工作表保护"),
        (
            excel.refused("The cell or chart you're trying to change is on a protected sheet."),
            "请先撤销工作表保护",
        ),
        (excel.refused("无法更改部分数组。"), "数组公式"),
        (excel.refused("不能设置类 PageSetup 的 PaperSize 属性"), "打印机"),
        (excel.refused("应用程序定义或对象定义错误"), "应用程序定义或对象定义错误"),
        (excel.ComError(-2147023174), "请重新打开总表"),
    ],
)
def test_excels_numbers_become_sentences(failure: excel.ComError, says: str) -> None:
    with pytest.raises(HostFailed) as told, sentences():
        raise rejected(failure)
    assert says in str(told.value)
    assert "None" not in str(told.value)


def test_what_nobody_foresaw_stays_itself() -> None:
    assert excel_sentence(ValueError("x")) is None
    with pytest.raises(ValueError, match="x"), sentences():
        raise ValueError("x")


def test_every_sentence_can_be_said() -> None:
    for code, (message, advice) in SENTENCES.items():
        facts = dict.fromkeys(fields(message) | fields(advice) | fields(MESSAGES[code]), "甲")
        facts = {key: value for key, value in facts.items() if key not in ("path", "name", "sheet", "cell")}
        said, todo = engine_sentence(EngineError(code, path="/a/乙.xlsx", sheet="丙", cell="D4", **facts))
        assert said.endswith("。"), code
        assert not todo or todo.endswith("。"), code
