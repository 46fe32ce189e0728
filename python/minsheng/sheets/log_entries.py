"""What a row of 汇总记录 tells, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..domain.amending.differences import Difference
from ..domain.change import Change, NodeKey, shown
from ..domain.history import MadeForm, MergedFile
from ..domain.period import Period
from ..domain.refusal import Refusal

__all__ = [
    "AMEND",
    "FILE_ENTRY",
    "FORM_ENTRY",
    "LEFT_ENTRY",
    "MERGE",
    "REFUSE",
    "REPAIR",
    "SEND",
    "STEP_ENTRY",
    "UNDO",
    "Amended",
    "LogEntry",
    "Logged",
    "Repaired",
    "Undone",
]

MERGE, UNDO, REFUSE, SEND, AMEND, REPAIR = "汇总", "撤销", "退回", "发出", "修订", "修复"
#: What 内容 says of a file, a form, a step of a repair, and a sheet as a repair left it.
FILE_ENTRY, FORM_ENTRY, STEP_ENTRY, LEFT_ENTRY = "收到文件", "填报表", "步骤", "工作表"


@dataclass(frozen=True, slots=True)
class Undone:
    """A batch that was taken back."""

    batch: int


@dataclass(frozen=True, slots=True)
class Amended:
    """What an amendment changed, as it is told; what it takes to undo it stands in 底稿. ``file`` is the document."""

    difference: Difference
    file: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did in one ``step``; or how it left the tab ``sheet``, of which ``sha256`` then is the digest. ``file`` is
    the copy that was kept of the master before, empty where there is none, and ``sha256`` of a step is that file's."""

    step: str
    sheet: str
    file: str
    sha256: str


#: What a row can tell.
Logged = MergedFile | MadeForm | Change | Refusal | Undone | Amended | Repaired


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One row: when and by whom, in which batch, a form was made, a file taken in, a place changed, something refused, the
    document amended, or a batch taken back."""

    batch: int
    at: str
    who: str
    period: Period
    what: Logged

    def as_row(self) -> dict[str, Any]:
        """Label → what is written there."""
        actions = {Undone: UNDO, Refusal: REFUSE, MadeForm: SEND, Amended: AMEND, Repaired: REPAIR}
        return {
            "批次": self.batch,
            "时间": self.at,
            "操作人": self.who,
            "期次": str(self.period),
            "动作": actions.get(type(self.what), MERGE),
            **_told(self.what),
        }


def _told(what: Logged) -> dict[str, Any]:
    """The columns that say what happened."""
    if isinstance(what, Undone):
        return {"内容": f"第{what.batch}批"}
    if isinstance(what, MergedFile):
        times = {"报送日期": what.sent_on, "保存时间": what.saved_at}
        made = "，".join(f"{label}{time.isoformat()}" for label, time in times.items() if time is not None)
        return {
            "文件": what.file,
            "SHA-256": what.sha256,
            "单位": what.unit,
            "内容": FILE_ENTRY,
            "新值": made or None,
        }
    if isinstance(what, MadeForm):
        sent = {"文件": what.file, "SHA-256": what.sha256 or None, "单位": what.unit}
        return {**sent, "内容": FORM_ENTRY}
    if isinstance(what, Refusal):
        place = f" {what.sheet}!{what.cell}" if what.cell else ""
        return {
            "文件": what.file,
            "SHA-256": what.sha256 or None,
            "项目": what.project,
            "单位": what.unit or None,
            "月份": what.month,
            "指标": what.measure,
            "内容": f"{what.code}{place}",
            "原值": what.text or None,
            "新值": what.reason,
        }
    if isinstance(what, Repaired):
        return {
            "文件": what.file or None,
            "SHA-256": what.sha256 or None,
            "内容": LEFT_ENTRY if what.sheet else STEP_ENTRY,
            "新值": f"“{what.sheet}”" if what.sheet else what.step,
        }
    return _told_of_change(what)


def _told_of_change(what: Change | Amended) -> dict[str, Any]:
    if isinstance(what, Amended):
        difference = what.difference
        told = {"文件": what.file, "原值": difference.old or None, "新值": difference.new or None}
        return {**told, "项目": difference.project or None, "内容": difference.what}
    told = {"文件": what.file or None, "原值": shown(what.old) or None, "新值": shown(what.new) or None}
    if isinstance(what.key, NodeKey):
        return {**told, "项目": what.key.project, "内容": f"第{what.key.node}个节点{what.label}"}
    project, unit, month, measure = what.key
    return {**told, "项目": project, "单位": unit, "月份": month, "指标": measure, "内容": what.label}
