"""``minsheng read``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .arguments import Commands, with_json, with_year
from .console import Answer, finding_lines, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    words = "读任务书，生成核对稿；改好后像模板一样导入"
    command = commands.add_parser("read", help=words, description=words)
    command.set_defaults(run=_run)
    command.add_argument("document", type=Path, metavar="DOC", help="任务书 .docx .txt .xlsx")
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="核对稿.xlsx")
    with_year(command)
    with_json(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..domain.as_json import finding_json
    from ..jobs.reviewing import read_for_review

    done = read_for_review(options.document, options.output, options.year, tell_step)
    words = f"已生成核对稿“{done.copy}”"
    document = {
        "copy": str(done.copy),
        "year": done.document.year,
        "projects": len(done.document.projects),
        "findings": [finding_json(finding) for finding in done.findings],
    }
    return Answer(
        done=words,
        lines=[
            f"{words}：{done.document.year}年，{len(done.document.projects)}个项目，{len(done.findings)}处要核对。",
            *finding_lines(done.findings),
        ],
        document=document if options.json else None,
        exit_code=1 if any(finding.severity == "error" for finding in done.findings) else 0,
    )
