"""What a button does beside its work: where that fails, the work is done all the same."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import MinshengError
from ..hosts import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..dialogs import Dialogs

__all__ = ["besides"]


@contextmanager
def besides(dialogs: Dialogs, failed: str) -> Iterator[None]:
    """A block after whose failure the button goes on: the clerk is told ``failed``, which says what is done all the same,
    and why."""
    try:
        with sentences():
            yield
    except MinshengError as failure:
        dialogs.warn(f"{failed}\n\n{failure}")
