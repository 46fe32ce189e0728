"""Files that a job makes: all of them, each whole, or none.

Everything is written and synced beside its place first, under a name that no reader takes for a form, and then put into
place; what fails on the way takes back what was put. New files get the permissions that any new file gets here.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import CannotSave, TargetExists, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

__all__ = ["Outputs", "Placed", "place", "write_new"]

#: No inbox takes a file that is so called, and no person sees it.
_PREFIX = ".minsheng-"


def write_new(path: Path, content: bytes) -> None:
    """Write one file that must not exist yet, whole or not at all. TargetExists, CannotSave."""
    with Outputs() as outputs:
        outputs.add(path, content)
        outputs.put()


@dataclass(frozen=True, slots=True)
class Placed:
    """File names in a folder: written now, standing there already with the same content, or kept because they differ."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


def place(folder: Path, files: Iterable[tuple[str, bytes]]) -> Placed:
    """Put files, (name, content), into ``folder``: all that are missing there or none, and never over one that stands.
    TargetExists, CannotSave."""
    written: list[str] = []
    unchanged: list[str] = []
    kept: list[str] = []
    with Outputs() as outputs:
        for name, content in files:
            target = folder / name
            if not os.path.lexists(target):
                outputs.add(target, content)
                written.append(name)
            else:
                (unchanged if _holds(target, content) else kept).append(name)
        outputs.put()
    return Placed(tuple(written), tuple(unchanged), tuple(kept))


def _holds(target: Path, content: bytes) -> bool:
    """Whether a file has just this content; one that cannot be read has another."""
    try:
        return target.read_bytes() == content
    except OSError:
        return False


class Outputs:
    """``with Outputs() as outputs``: add what is to be made, then ``put`` it into place. Where the block fails, before or
    after that, nothing of it stands, and what was replaced stands again."""

    def __init__(self) -> None:
        self._new: dict[Path, Path] = {}  # target → where its content lies until it is put
        self._over: dict[Path, Path] = {}
        self._put: dict[Path, Path | None] = {}  # target → where what it replaced lies
        self._folders: list[Path] = []  # made here, the inner ones last

    def add(self, target: Path, content: bytes) -> None:
        """A file that must not exist yet. CannotSave."""
        try:
            self._make_folder(target.parent)
            beside = self._new[target] = _beside(target)
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as failure:
            raise _cannot(target, failure) from failure

    def add_over(self, target: Path) -> Path:
        """A file that may replace one; the path that another program is to write it to, of the same name. CannotSave."""
        try:
            self._make_folder(target.parent)
            self._make_folder(folder := _beside(target).with_suffix(""))
        except OSError as failure:
            raise _cannot(target, failure) from failure
        self._over[target] = folder / target.name
        return self._over[target]

    def put(self) -> None:
        """Put everything into place. TargetExists where something stands there by now, CannotSave."""
        for target, beside in (*self._new.items(), *self._over.items()):
            try:
                if target in self._new:
                    _put_new(beside, target)
                    self._put[target] = None
                else:
                    _sync(beside)
                    self._put[target] = _kept(target)
                    beside.replace(target)
            except FileExistsError as failure:
                raise TargetExists(
                    f"“{target.name}”已经存在，没有覆盖。", "请换一个文件名，或先把原来的移走。"
                ) from failure
            except OSError as failure:
                raise _cannot(target, failure) from failure
        for folder in {target.parent for target in self._put}:
            _sync(folder)

    def __enter__(self) -> Outputs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._take_back()
        for leftover in (*self._new.values(), *self._over.values(), *self._put.values()):
            if leftover is not None:
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            if kind is not None or folder.name.startswith(_PREFIX):
                with suppress(OSError):  # somebody else has put something there
                    folder.rmdir()

    def _take_back(self) -> None:
        for target, replaced in self._put.items():
            with suppress(OSError):
                if replaced is None:
                    target.unlink()
                else:
                    replaced.replace(target)

    def _make_folder(self, folder: Path) -> None:
        missing = [level for level in (folder, *folder.parents) if not level.exists()]
        for level in reversed(missing):
            level.mkdir()
            self._folders.append(level)


def _beside(target: Path) -> Path:
    return target.with_name(f"{_PREFIX}{secrets.token_hex(8)}{target.suffix}")


def _kept(target: Path) -> Path | None:
    """A second name for what stands at ``target``, until it is certain that it goes; None where nothing stands."""
    if not target.exists():
        return None
    kept = _beside(target)
    try:
        os.link(target, kept)
    except OSError:  # a memory stick knows no second names
        target.rename(kept)
    return kept


def _put_new(beside: Path, target: Path) -> None:
    """Never over anything, a link that leads nowhere included. FileExistsError."""
    if os.name == "nt":
        beside.rename(target)  # refuses where something stands
        return
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a memory stick knows no second names
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        beside.rename(target)


def _sync(path: Path) -> None:
    """Let a finished file, or the names in a folder, outlast a power cut; not every system can."""
    if os.name != "nt":
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _cannot(target: Path, failure: OSError) -> CannotSave:
    return CannotSave(
        f"“{target}”写不进去（{reason_of(failure)}），原有的文件都没有改动。",
        "如果它正在别的程序里打开着，请先关上；否则请检查磁盘空间、权限和路径，或换一个文件夹再试。",
    )
