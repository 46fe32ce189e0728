"""通报: every figure in the text can be found again in what show and colour print; quiet months read naturally."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from jobs.clerk import fill_in
from minsheng.cli import main


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    assert main([str(word) for word in words]) in (0, 1)
    return dict(json.loads(capsys.readouterr().out))


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_the_figures_are_those_of_the_model(
    master_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox, out = tmp_path / "收件夹", tmp_path / "通报.docx"
    main(["dispatch", str(master_file), "--period", "2024-06", "-o", str(inbox)])
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 31, ("12", "石浦"): 10})
    fill_in(inbox / "县红十字会_2024年06月_填报表.xlsx", {("4", "县红十字会"): 650})
    main(["merge", str(master_file), str(inbox), "--period", "2024-06"])
    capsys.readouterr()
    judged = printed(capsys, "colour", master_file, "--as-of", "2024-06-30", "--json")
    model = printed(capsys, "show", master_file, "--json")
    assert main(["bulletin", str(master_file), "--period", "2024-06", "-o", str(out)]) == 0
    text = text_of(out)
    by_status: dict[str, list[dict[str, Any]]] = {}
    for project in judged["projects"]:
        by_status.setdefault(project["status"], []).append(project)
    total = len(model["projects"])
    assert f"全年{total}个民生实事项目" in text
    for status, words in (
        ("逾期", "推进缓慢"),
        ("临期", "临近节点期限"),
        ("待确认", "到期节点待确认"),
        ("正常", "正常推进"),
    ):
        count = len(by_status.get(status, []))
        assert (f"{words}{count}个" in text) == (count > 0)
    late = next(project for project in by_status["逾期"] if project["project"] == 3)
    assert (
        f"计划累计{late['plan']}台，实际累计{late['actual']}台，差{int(late['plan']) - int(late['actual'])}台"
        in text
    )
    days = max(
        node["days_late"]
        for node in judged["nodes"]
        if node["project"] == 18 and node["days_late"] is not None
    )
    assert f"逾期{days}天" in next(line for line in text.splitlines() if line.startswith("第18项"))
    reported = {report["unit"] for project in model["projects"] for report in project["reports"]}
    assert reported == {"石浦", "县红十字会"}
    assert "石浦" not in re.search(r"未报送的有：(.*)。", text)[1].split("、")  # type: ignore[index]
    table = docx.Document(str(out)).tables[0]
    assert len(table.rows) == total + 1
    assert [cell.text for cell in table.rows[3].cells][4:] == ["40", "31", "19.4%", "逾期"]


def test_a_month_without_any_report_and_without_lateness_reads_naturally(
    master_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "通报.docx"
    assert main(["bulletin", str(master_file), "--period", "2024-01", "-o", str(out)]) == 0
    text = text_of(out)
    assert "没有逾期项目" in text
    assert "尚未收到任何单位的填报" in text
    before = out.read_bytes()
    assert main(["bulletin", str(master_file), "--period", "2024-01", "-o", str(out)]) == 3
    assert out.read_bytes() == before
