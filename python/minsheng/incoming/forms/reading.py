"""One 填报表: bytes to a Submission with its findings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from ...domain.catalogue import submission as rules
from ...domain.seal import Seal
from ...domain.submission import Submission
from ...sheets.layout import SUBMISSION_NODE_SHEET, SUBMISSION_SHEET
from ..spreadsheets import limits
from ..spreadsheets.kinds import Kind, recognise
from ..spreadsheets.refusal import Refused
from ..spreadsheets.workbook import Workbook, open_workbook
from .form import Form, read_form
from .leftovers import is_left_behind
from .nodes import NodeForm, read_nodes

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ..spreadsheets.grid import Grid
    from ..spreadsheets.package import Package

__all__ = ["printable", "read_bytes", "unreadable"]

_LONGEST_NAME = 200


def read_bytes(data: bytes, file: str) -> tuple[Submission, ...]:
    """What the file called ``file`` reports: one submission, or those of an archive in the order of its names.

    Never raises for what is in it: then it is unreadable, with a finding.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        recognised = recognise(data, file)
        if recognised.kind is Kind.ARCHIVE and recognised.package is not None:
            return _read_archive(recognised.package, file)
        return (_read(open_workbook(data, recognised), file, digest),)
    except Refused as refusal:
        return (unreadable(file, digest, refusal),)


def _read_archive(package: Package, file: str) -> tuple[Submission, ...]:
    """The files of an archive, one after the other; an archive in an archive is not opened."""
    entries = [entry for entry in package.entries.values() if not entry.name.endswith("/")]
    wanted = [entry for entry in entries if not any(map(is_left_behind, _path_inside(entry.name)))]
    if len(wanted) > limits.ARCHIVED_FILES:
        raise Refused(rules.TOO_LARGE, what=f"里面有{len(wanted)}个文件", limit=f"{limits.ARCHIVED_FILES}个")
    if not wanted:
        raise Refused(rules.OTHER_ARCHIVE, reason="是空的压缩包")
    found: list[Submission] = []
    left = limits.ARCHIVED_BYTES
    for entry in sorted(wanted, key=lambda entry: entry.name):
        name = "/".join((file, *_path_inside(entry.name)))
        digest = ""
        recognised = None
        try:
            if left < entry.unpacked:
                raise Refused(
                    rules.TOO_LARGE,
                    what="所在的压缩包里内容太多",
                    limit=f"{limits.ARCHIVED_BYTES // limits.MB}MB",
                )
            left -= entry.unpacked
            data = package.unpacked(entry, limits.FILE_BYTES)
            digest = hashlib.sha256(data).hexdigest()
            recognised = recognise(data, name)
            if recognised.kind is Kind.ARCHIVE:
                raise Refused(rules.OTHER_ARCHIVE, reason="是压缩包里的压缩包")
            found.append(_read(open_workbook(data, recognised), name, digest))
        except Refused as refusal:
            found.append(unreadable(name, digest, refusal))
        left -= recognised.package.used if recognised and recognised.package else 0
    return tuple(found)


def _path_inside(name: str) -> list[str]:
    """A name in an archive as folders and file, with nothing that leads out of it."""
    return [printable(part) for part in name.split("/") if part not in ("", ".", "..")]


def printable(name: str) -> str:
    """A name of a file, fit to be printed and to stand in a cell: no control characters, not too long."""
    if not name.isprintable():
        name = "".join(character if character.isprintable() else "_" for character in name)
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def unreadable(file: str, digest: str, refusal: Refused) -> Submission:
    return Submission(file, digest, findings=(refusal.finding(file),), unreadable=True)


def _read(workbook: Workbook, file: str, digest: str) -> Submission:
    findings: list[Finding] = []
    seal = Seal.from_words(workbook.seal_words)
    if seal is None and workbook.seal_words:
        raise Refused(rules.SEAL_BROKEN)
    forms: list[Form] = []
    tables: list[NodeForm] = []
    for grid in workbook.grids:
        if (form := read_form(grid, file)) is not None:
            forms.append(form)
        elif (table := read_nodes(grid, file)) is not None:
            tables.append(table)
    form, nodes = _only_form(forms, workbook.grids), _only_nodes(tables)
    if workbook.has_macros:
        findings.append(rules.MACROS.finding(file=file))
    if not workbook.has_checksums:
        findings.append(rules.NO_CHECKSUM.finding(file=file))
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
    return [(row.key, *row.reported) for row in form.rows]
