"""The system's dialogs for files and folders."""

from __future__ import annotations

from pathlib import Path
from tkinter import filedialog
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter

__all__ = ["chosen_file", "chosen_folder", "chosen_new_file"]


def chosen_file(parent: tkinter.Misc, words: str, endings: tuple[str, ...]) -> Path | None:
    kinds = [("文件", " ".join(f"*{ending}" for ending in endings)), ("全部", "*.*")]
    return _path(filedialog.askopenfilename(title=words, filetypes=kinds, parent=parent))


def chosen_new_file(parent: tkinter.Misc, words: str, proposal: str) -> Path | None:
    ending = Path(proposal).suffix
    return _path(
        filedialog.asksaveasfilename(
            title=words, initialfile=proposal, defaultextension=ending, parent=parent
        )
    )


def chosen_folder(parent: tkinter.Misc, words: str, start: Path | None) -> Path | None:
    return _path(filedialog.askdirectory(title=words, initialdir=start or "", parent=parent))


def _path(chosen: str | tuple[()]) -> Path | None:
    return Path(chosen) if chosen else None
