"""The 总表: built from templates/总表.xlsx, whose looks a clerk may restyle, and a TaskDocument."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...domain.master import Master, Settings
from ...outputs import write_new
from ...sheets import layout
from ..package import CachedValue, package
from ..templates import template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...domain.document import TaskDocument
    from ...domain.finding import Finding

__all__ = ["build", "build_bytes"]

_TEMPLATE = "总表.xlsx"
_USUAL = Settings()


def build(
    document: TaskDocument, findings: Sequence[Finding], path: Path, settings: Settings = _USUAL
) -> None:
    """Write the master of ``document`` to ``path``, which must not exist yet. TargetExists, CannotSave."""
    write_new(path, build_bytes(document, findings, settings))


def build_bytes(document: TaskDocument, findings: Sequence[Finding], settings: Settings = _USUAL) -> bytes:
    """The bytes of the master: the same document gives the same bytes. Of ``settings`` go in what a clerk chooses once for
    all months: neither 截至日期 nor 本期."""
    from openpyxl import load_workbook

    from .heatmap import build_heatmap
    from .home import SECOND_HALF, build_home
    from .project_sheet import ProjectSheetBuilder
    from .summary_sheet import build_summary, build_view
    from .tables import build_facts, build_settings, build_tables

    workbook = load_workbook(template(_TEMPLATE))
    cached: dict[tuple[str, str], CachedValue] = {}
    projects = ProjectSheetBuilder(workbook, document, cached)
    for project in document.projects:
        projects.build(project)
    build_settings(workbook, document, settings, cached)
    build_tables(workbook, findings, cached)
    build_summary(workbook, document, cached)
    for view in layout.VIEWS:
        build_view(workbook, document, cached, view)
    build_heatmap(workbook, document, cached)
    build_home(workbook, Master(document, settings), cached)
    for name in [name for name in workbook.defined_names if name.startswith("样式_")]:
        del workbook.defined_names[name]
    workbook.remove(workbook[SECOND_HALF])
    after = workbook.sheetnames.index(projects.model.title)
    workbook.remove(projects.model)
    _move_projects(workbook, after, len(document.projects))
    build_facts(workbook, document)
    workbook.active = 0
    return package(workbook, cached)


def _move_projects(workbook: object, after: int, count: int) -> None:
    """Put the project tabs, built last, where the template had its prototype."""
    sheets = workbook._sheets  # type: ignore[attr-defined]
    built = sheets[len(sheets) - count :]
    sheets[:] = [*sheets[:after], *built, *sheets[after : len(sheets) - count]]
