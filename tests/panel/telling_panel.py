"""The panel as a person starts it, which also tells where on the screen its parts are and what they show.

Run with the file to tell it in. Tests click with a real mouse, and a mouse needs to know where.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from minsheng.panel import new_window


def seen(tk: Any, path: str = ".") -> list[dict[str, Any]]:
    """Every widget that is shown, those that Tk's own dialogs made included."""
    found: list[dict[str, Any]] = []
    if tk.getboolean(tk.call("winfo", "viewable", path)):
        kind = str(tk.call("winfo", "class", path))
        told = {"path": path, "kind": kind}
        told |= {name: int(tk.call("winfo", name, path)) for name in ("rootx", "rooty", "width", "height")}
        if kind in ("Text", "TEntry", "TCombobox", "Entry"):
            told["text"] = str(tk.call(path, "get", *(("1.0", "end - 1 chars") if kind == "Text" else ())))
        elif kind in ("TButton", "TLabel", "TCheckbutton", "Button", "Label"):
            told["text"] = str(tk.call(path, "cget", "-text"))
        elif kind in ("Toplevel", "Tk", "Minsheng"):
            told["text"] = str(tk.call("wm", "title", path))
        if kind in ("TButton", "TCombobox", "TCheckbutton"):
            told["disabled"] = tk.getboolean(tk.call(path, "instate", "disabled"))
        found.append(told)
    for child in tk.splitlist(tk.call("winfo", "children", path)):
        found += seen(tk, str(child))
    return found


def main(told: Path) -> None:
    window = new_window()
    times = 0

    def tell() -> None:
        nonlocal times
        times += 1
        tk = window.root.tk
        focus = str(tk.call("focus"))
        top = bool(window.root.attributes("-topmost"))
        words = json.dumps(
            {"times": times, "focus": focus, "topmost": top, "widgets": seen(tk)}, ensure_ascii=False
        )
        fresh = told.with_suffix(".new")
        fresh.write_text(words, encoding="utf-8")
        fresh.replace(told)
        window.root.after(50, tell)

    tell()
    window.run()


if __name__ == "__main__":
    sys.stdin = sys.stdout = sys.stderr = None  # type: ignore[assignment]  # as under pythonw
    main(Path(sys.argv[1]))
