"""One 填报表: bytes to a Submission with its findings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ...domain.catalogue import submission as rules
from ...domain.finding import Severity
from ...domain.form_file import SEAL_SHEET, SEAL_TITLE, Seal
from ...domain.submission import Submission
from ...sheets.layout import SUBMISSION_NODE_SHEET, SUBMISSION_SHEET
from ..spreadsheets.refusal import Refusal, Refused
from ..spreadsheets.workbook import ENDINGS, Kind, Workbook, read_workbook, recognise
from .form import Form, read_form
from .nodes import NodeForm, read_nodes
from .table import FormRefused

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ..spreadsheets.package import Package
    from ..spreadsheets.sheet import Sheet

__all__ = ["ARCHIVED_FILES", "FILE_BYTES", "is_left_behind", "printable", "read_bytes", "unreadable"]

#: A file, in an inbox or in an archive.
FILE_BYTES: Final = 32 << 20
#: Files in one archive, and what they may come to when unpacked, parts included.
ARCHIVED_FILES: Final = 500
_ARCHIVED_BYTES: Final = 64 << 20
_LONGEST_NAME: Final = 200
#: What programs and systems leave behind: lock files of Excel and WPS, hidden files, resource forks.
_LEFT_BEGINNINGS: Final = ("~$", ".")
_LEFT_ENDINGS: Final = (".tmp", ".lnk")
_LEFT_NAMES: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r"})
#: Why a workbook is refused → what is told of it.
_RULES: Final = {
    Refusal.EMPTY: rules.EMPTY_FILE,
    Refusal.NOT_A_WORKBOOK: rules.NOT_A_TABLE,
    Refusal.TOO_OLD: rules.NOT_A_TABLE,
    Refusal.ENCRYPTED: rules.ENCRYPTED,
    Refusal.DAMAGED: rules.DAMAGED,
    Refusal.HOSTILE: rules.HOSTILE,
    Refusal.TOO_LARGE: rules.TOO_LARGE,
    Refusal.ARCHIVE: rules.OTHER_ARCHIVE,
}


def read_bytes(data: bytes, file: str) -> tuple[Submission, ...]:
    """What the file called ``file`` reports: one submission, or those of an archive in the order of its names.

    Never raises for what is in it: then it is unreadable, with a finding.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        recognised = recognise(data)
        if recognised.kind is Kind.ARCHIVE and recognised.package is not None:
            return _read_archive(recognised.package, file)
        return (_read(read_workbook(recognised), file, digest),)
    except (Refused, FormRefused) as refused:
        return (unreadable(file, digest, refused),)


def _read_archive(package: Package, file: str) -> tuple[Submission, ...]:
    """The files of an archive, one after the other; an archive in an archive is not opened."""
    entries = [entry for entry in package.entries.values() if not entry.name.endswith("/")]
    wanted = [entry for entry in entries if not any(map(is_left_behind, _path_inside(entry.name)))]
    if len(wanted) > ARCHIVED_FILES:
        raise FormRefused(rules.TOO_LARGE, what=f"里面有{len(wanted)}个文件", limit=f"{ARCHIVED_FILES}个")
    if not wanted:
        raise FormRefused(rules.OTHER_ARCHIVE, reason="是空的压缩包")
    found: list[Submission] = []
    left = _ARCHIVED_BYTES
    for entry in sorted(wanted, key=lambda entry: entry.name):
        name = "/".join((file, *_path_inside(entry.name)))
        digest = ""
        recognised = None
        try:
            if left < entry.unpacked:
                limit = f"{_ARCHIVED_BYTES >> 20}MB"
                raise FormRefused(rules.TOO_LARGE, what="所在的压缩包里内容太多", limit=limit)
            left -= entry.unpacked
            data = package.unpacked(entry, FILE_BYTES)
            digest = hashlib.sha256(data).hexdigest()
            recognised = recognise(data)
            if recognised.kind is Kind.ARCHIVE:
                raise FormRefused(rules.OTHER_ARCHIVE, reason="是压缩包里的压缩包")
            found.append(_read(read_workbook(recognised), name, digest))
        except (Refused, FormRefused) as refused:
            found.append(unreadable(name, digest, refused))
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


def is_left_behind(name: str) -> bool:
    """Whether a file or folder of this name, which nobody sent, is passed over in silence."""
    lower = name.lower()
    return name.startswith(_LEFT_BEGINNINGS) or lower in _LEFT_NAMES or lower.endswith(_LEFT_ENDINGS)


def unreadable(file: str, digest: str, refused: Refused | FormRefused) -> Submission:
    """A file of which nothing can be used, with the finding that says why."""
    return Submission(file, digest, findings=(_finding_of(refused, file),), unreadable=True)


def _finding_of(refused: Refused | FormRefused, file: str) -> Finding:
    """What is told of a file that is refused; its name only says how seriously that is to be taken: an .xlsx that is no
    workbook is an error, a photo beside the tables is not."""
    if isinstance(refused, FormRefused):
        return refused.rule.finding(file=file, **refused.words)
    rule, severity = _RULES[refused.refusal], None
    if rule is rules.NOT_A_TABLE and (
        refused.refusal is Refusal.TOO_OLD or PurePosixPath(file).suffix.lower() in ENDINGS
    ):
        severity = Severity.ERROR
    return rule.finding(
        file=file, severity=severity, reason=refused.reason, what=refused.reason, limit=refused.limit
    )


def _read(workbook: Workbook, file: str, digest: str) -> Submission:
    findings: list[Finding] = []
    words = {
        name.removeprefix(SEAL_TITLE): word
        for name, word in workbook.properties.items()
        if name.startswith(SEAL_TITLE)
    }
    names: list[str] = []
    forms: list[Form] = []
    tables: list[NodeForm] = []
    # The seal is known from the properties already; its hidden sheet then need not be read.
    for sheet in workbook.sheets(without=(SEAL_SHEET,) if words else ()):
        if _is_seal(sheet):
            words = words or {str(row[0]): str(row[1]) for row in sheet.rows[1:] if len(row) > 1}
            continue
        names.append(sheet.name)
        if (form := read_form(sheet, file)) is not None:
            forms.append(form)
        elif (table := read_nodes(sheet, file)) is not None:
            tables.append(table)
    seal = Seal.from_words(words)
    if seal is None and words:
        raise FormRefused(rules.SEAL_BROKEN)
    form, nodes = _only_form(forms, names), _only_nodes(tables)
    if workbook.has_macros:
        findings.append(rules.MACROS.finding(file=file))
    if not workbook.has_checksums:
        findings.append(rules.NO_CHECKSUM.finding(file=file))
    findings += [*form.findings, *(nodes.findings if nodes else ())]
    printed = form.printed
    return Submission(
        file,
        digest,
        unit=seal.unit if seal else printed.unit,
        period=seal.period if seal else printed.period,
        master_id=seal.master_id if seal else printed.master_id,
        sealed=seal is not None,
        printed_unit=printed.unit,
        printed_period=printed.period,
        sent_on=printed.sent_on,
        saved_at=workbook.saved_at,
        rows=form.rows,
        nodes=nodes.rows if nodes else (),
        findings=tuple(findings),
    )


def _is_seal(sheet: Sheet) -> bool:
    return bool(sheet.rows and sheet.rows[0] and sheet.rows[0][0] == SEAL_TITLE)


def _only_form(forms: list[Form], sheets: list[str]) -> Form:
    """The one form of the file; copies that say the same are one."""
    if not forms:
        raise FormRefused(rules.NO_FORM, sheets="、".join(sheets)[:100])
    if any(_reported(form) != _reported(forms[0]) for form in forms[1:]):
        raise FormRefused(rules.SEVERAL_FORMS, sheets=SUBMISSION_SHEET)
    return forms[0]


def _only_nodes(tables: list[NodeForm]) -> NodeForm | None:
    if any(
        [replace(row, sheet="") for row in table.rows] != [replace(row, sheet="") for row in tables[0].rows]
        for table in tables[1:]
    ):
        raise FormRefused(rules.SEVERAL_FORMS, sheets=SUBMISSION_NODE_SHEET)
    return tables[0] if tables else None


def _reported(form: Form) -> list[object]:
    return [(row.key, *row.reported) for row in form.rows]
