"""The 通报 as a .docx, from templates/通报.docx (GB/T 9704-2012 form; looks live there)."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..domain.bulletin import compose
from ..outputs import write_new
from .templates import template

if TYPE_CHECKING:
    from pathlib import Path

    from ..domain.master import Master
    from ..domain.reminder import Reminder
    from ..domain.status import Judgement

__all__ = ["build"]

_ZIP_TIME = (2000, 1, 1, 0, 0, 0)


def build(master: Master, judgement: Judgement, reminder: Reminder, path: Path) -> None:
    """Write the draft of the reminder's month to ``path``, which must not exist yet. TargetExists, CannotSave."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(template("通报.docx"))
    document.render({"bulletin": _printable(asdict(compose(master, judgement, reminder)))}, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    write_new(path, _with_fixed_times(out.getvalue()))


def _printable(value: Any) -> Any:
    """The same values without control characters: docxtpl turns some into paragraphs, XML forbids the others. Markup and
    Jinja's braces are only text, since values are escaped and never rendered again."""
    if isinstance(value, str):
        return "".join(
            " " if ch in "\t\n\r\v\f" else ch for ch in value if ch in "\t\n\r\v\f" or _may_print(ch)
        )
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item) for item in value]
    return value


def _may_print(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"


def _with_fixed_times(content: bytes) -> bytes:
    """The same package with the hour taken out, so that the same figures give the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(info))
    return out.getvalue()
