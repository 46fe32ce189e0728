"""One 填报表: bytes to a Submission with its findings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from ...domain.catalogue import submission as rules
from ...domain.seal import Seal
from ...domain.submission import Submission
from ...sheets.layout import SUBMISSION_NODE_SHEET, SUBMISSION_SHEET
from . import limits
from .form import Form, read_form
from .nodes import NodeForm, read_nodes
from .refusal import Refused
from .workbook import Workbook, open_workbook

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from .workbook import Grid

__all__ = ["read_bytes", "unreadable"]


def read_bytes(data: bytes, file: str) -> Submission:
    """What the file called ``file`` reports. Never raises for what is in it: then it is unreadable, with a finding."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        if len(data) > limits.FILE_BYTES:
            raise Refused(rules.TOO_LARGE, what="文件太大", limit=f"{limits.FILE_BYTES // limits.MB}MB")
        return _read(open_workbook(data), file, digest)
    except Refused as refusal:
        return unreadable(file, digest, refusal)


def unreadable(file: str, digest: str, refusal: Refused) -> Submission:
    return Submission(file, digest, findings=(refusal.finding(file),), unreadable=True)


def _read(workbook: Workbook, file: str, digest: str) -> Submission:
    findings: list[Finding] = []
    seal = Seal.from_words(workbook.seal_words)
    if seal is None and workbook.seal_words:
        raise Refused(rules.SEAL_BROKEN)
    form = _only_form(
        [form for grid in workbook.grids if (form := read_form(grid, file)) is not None], workbook.grids
    )
    nodes = _only_nodes([nodes for grid in workbook.grids if (nodes := read_nodes(grid, file)) is not None])
    if workbook.has_macros:
        findings.append(rules.MACROS.finding(file=file))
    findings += [*form.findings, *(nodes.findings if nodes else ())]
    printed = form.printed
    return Submission(
        file, digest,
        unit=seal.unit if seal else printed.unit,
        period=seal.period if seal else printed.period,
        master_id=seal.master_id if seal else printed.master_id,
        sealed=seal is not None,
        printed_unit=printed.unit, printed_period=printed.period, sent_on=printed.sent_on, saved_at=workbook.saved_at,
        rows=form.rows, nodes=nodes.rows if nodes else (), findings=tuple(findings),
    )  # fmt: skip


def _only_form(forms: list[Form], grids: tuple[Grid, ...]) -> Form:
    """The one form of the file; copies that say the same are one."""
    if not forms:
        raise Refused(rules.NO_FORM, sheets="、".join(grid.name for grid in grids)[:100])
    if any(_reported(form) != _reported(forms[0]) for form in forms[1:]):
        raise Refused(rules.SEVERAL_FORMS, sheets=SUBMISSION_SHEET)
    return forms[0]


def _only_nodes(tables: list[NodeForm]) -> NodeForm | None:
    if any(
        [replace(row, sheet="") for row in table.rows] != [replace(row, sheet="") for row in tables[0].rows]
        for table in tables[1:]
    ):
        raise Refused(rules.SEVERAL_FORMS, sheets=SUBMISSION_NODE_SHEET)
    return tables[0] if tables else None


def _reported(form: Form) -> list[object]:
    return [
        (row.project, row.measure, row.unit, row.value, row.refused, row.progress, row.problem, row.expected)
        for row in form.rows
    ]
