"""A LibreOffice for a person: started with the person's own profile, and theirs from then on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from ..errors import HostMissing
from .installation import soffice

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["start_for_a_person"]


def start_for_a_person(path: Path) -> None:
    """Open a file as a double click would. The program outlives this process, and nothing here ends it. HostMissing."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        raise HostMissing("no-screen")
    subprocess.Popen(
        [str(soffice()), "--nologo", str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
