"""Old documents (.doc, .wps, .rtf) are read after a LibreOffice of this computer has made a .docx of them, when somebody
says so. The document itself stays as it is."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MinshengError, OldDocument
from . import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from . import Progress

__all__ = ["as_docx", "can_convert", "refused_as_old"]


def refused_as_old(source: Path) -> OldDocument | None:
    """Why a document is not read where that is its old kind; None for any other, readable or not."""
    from ..incoming.task_document.files.kinds import kind_of

    try:
        kind_of(source.read_bytes(), source.name)
    except OldDocument as old:
        return old
    except (MinshengError, OSError):
        pass
    return None


def can_convert() -> bool:
    """Whether there is a LibreOffice on this computer."""
    from xlengines.errors import HostMissing
    from xlengines.libreoffice.installation import soffice

    try:
        soffice()
    except HostMissing:
        return False
    return True


@contextmanager
def as_docx(source: Path, progress: Progress = unwatched) -> Iterator[Path]:
    """The document as .docx, in a folder that is gone afterwards; EngineError where it is not converted."""
    from xlengines.libreoffice.convert import to_docx

    progress("用 LibreOffice 转换")
    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        yield to_docx(source, Path(folder) / f"{source.stem}.docx")
