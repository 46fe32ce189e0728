"""The panel itself."""

from __future__ import annotations

import time
import tkinter
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from ..dialogs import message
from ..dialogs.looks import pixels
from ..dialogs.windows import chosen_file
from ..errors import MinshengError
from ..log import note_failure
from ..tab import BUTTONS
from .panes import OWN_KEYS, BookBar, ButtonGrid, MessagePane
from .threads import OfficeThread, PanelDialogs, WindowCalls
from .unverified import Trials

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from types import TracebackType

    from ..hosts import OpenBook
    from ..tab import Button
    from .books import Choice

__all__ = ["PanelWindow"]

_TICK_MS = 40
_LOOK_AGAIN_SECONDS = (
    2.0  # books are looked for when a person comes back to the panel, not more often than this
)
_SLOW_SECONDS = 8
_SLOW = "如果 Excel 或 LibreOffice 里正在编辑单元格，或者开着对话框，请先结束它。"
_ASKING = "请先回答上面的问题。"
_STILL_RUNNING = "正在{job}，做完后本窗口会自动关闭。再关一次可以强行关闭。"
_FORCE = "{job}还没有做完。现在强行关闭，总表里可能只写了一部分，请不要保存总表，关掉后重新打开。\n\n确定强行关闭吗？"


class PanelWindow:
    """``closing`` is set when its owner has closed it while a job runs: it ends with the job, and asks nothing more."""

    def __init__(self, root: tkinter.Tk) -> None:
        self.root = root
        self.closing = False
        self._job = ""  # what runs now
        self._step = ""  # and how far it is, as its thread says
        self._since = 0.0
        self._looked = 0.0
        self._in_front = tkinter.BooleanVar(root, value=False)
        self._calls = WindowCalls()
        self._office = OfficeThread(self._calls)
        self._dialogs = PanelDialogs(self._calls, self)
        self._trials = Trials()
        self._build()
        self._bind_keys()
        root.protocol("WM_DELETE_WINDOW", self.close)
        root.report_callback_exception = self._note
        self._put_beside()
        self._tick()
        self.look_for_books()

    def run(self) -> None:
        """Until it is closed."""
        self.root.mainloop()

    def _build(self) -> None:
        space = pixels(self.root, 8)
        body = ttk.Frame(self.root, padding=space)
        body.pack(fill="both", expand=True)
        self._books = BookBar(body, refresh=self.look_for_books, open_master=self.open_master)
        self._books.pack(fill="x", pady=(0, space))
        self._buttons = ButtonGrid(body, press=self.press, hint=self._hint)
        self._buttons.pack(fill="x")
        below = ttk.Frame(body)
        below.pack(side="bottom", fill="x", pady=(space, 0))
        ttk.Checkbutton(
            below,
            text=f"总在最前({OWN_KEYS[2]})",
            underline=5,
            variable=self._in_front,
            command=self._keep_in_front,
        ).pack(side="right")
        self._state = ttk.Label(below, foreground="#555555")
        self._state.pack(side="left", fill="x", expand=True)
        self._state.bind("<Configure>", lambda event: self._state.configure(wraplength=event.width))
        self._progress = ttk.Progressbar(body, mode="indeterminate")
        self._messages = MessagePane(body)
        self._messages.pack(fill="both", expand=True, pady=(space, 0))

    def _bind_keys(self) -> None:
        for button in BUTTONS:
            self._on_key(button.key, partial(self.press, button))
        for key, action in zip(
            OWN_KEYS, (self.look_for_books, self.open_master, self._toggle_in_front), strict=True
        ):
            self._on_key(key, action)
        self.root.bind("<F5>", lambda _: self.look_for_books())
        self.root.bind("<FocusIn>", lambda event: self._came_back() if event.widget is self.root else None)

    def _on_key(self, letter: str, action: Callable[[], object]) -> None:
        for form in {letter.lower(), letter.upper()}:
            self.root.bind(f"<Alt-{form}>", lambda _: action())

    def _put_beside(self) -> None:
        """At the right edge of the screen, where it hides least of a sheet."""
        root = self.root
        root.update_idletasks()
        width, height = root.winfo_reqwidth(), root.winfo_reqheight()
        root.minsize(width, min(height, root.winfo_screenheight() * 3 // 4))
        x = max(0, root.winfo_screenwidth() - width - pixels(root, 16))
        y = max(0, (root.winfo_screenheight() - height) // 3)
        root.geometry(f"{width}x{height}+{x}+{y}")  # from here on no text makes it wider

    # Looking for books

    def look_for_books(self) -> None:
        """Find out anew what is open; nothing waits for the answer."""
        from . import books

        self._looked = time.monotonic()
        self._office.do(books.choices, self._offer)

    def _offer(self, outcome: Future[list[Choice]]) -> None:
        failure = outcome.exception()
        if failure is None:
            self._books.offer(outcome.result())
        else:
            self._say_failure("找工作簿", failure)

    def _came_back(self) -> None:
        if not self._job and time.monotonic() - self._looked > _LOOK_AGAIN_SECONDS:
            self.look_for_books()

    def open_master(self) -> None:
        """Ask for a file and open it in the program that runs, or in the one that this computer has."""
        if self._job:
            return
        path = chosen_file(self.root, "请选择总表", (".xlsx",))
        if path is not None:
            from ..hosts import open_for_a_person

            self._begin("打开总表")
            self._office.do(partial(open_for_a_person, path), self._opened)

    def _opened(self, outcome: Future[OpenBook]) -> None:
        failure = outcome.exception()
        if failure is None:
            self._books.choose(outcome.result())
        else:
            self._say_failure("打开总表", failure)
        self._ended()

    # Pressing buttons

    def press(self, button: Button) -> None:
        """Run a button's job; while one runs, a second is not begun."""
        if self._job:
            return
        self._begin(button.label)
        self._office.do(partial(self._work, button, self._books.chosen), self._pressed)

    def _work(self, button: Button, chosen: OpenBook | None) -> None:
        """In the office thread: the button's work, on the book as it is open now. A person may have closed it since."""
        from ..buttons import press
        from ..hosts import book_of, sentences

        book = None
        if chosen is not None:
            with sentences():
                book = book_of(chosen)
                if not self._trials.passed(chosen, book, button, self._dialogs):
                    return
        press(button, book, self._dialogs, self._note_step)

    def _note_step(self, words: str) -> None:
        self._step = words  # shown when the window's thread comes by

    def _pressed(self, outcome: Future[None]) -> None:
        failure = outcome.exception()
        if failure is not None:
            self._say_failure(self._job, failure)
        self._ended()

    def _begin(self, job: str) -> None:
        self._job, self._step, self._since = job, "", time.monotonic()
        self._buttons.enable(enabled=False)
        self._books.enable(enabled=False)
        self._progress.pack(fill="x", pady=(pixels(self.root, 8), 0), before=self._messages)
        self._progress.start()

    def _ended(self) -> None:
        self._job = ""
        if self.closing:
            self.root.destroy()
            return
        self._progress.stop()
        self._progress.pack_forget()
        self._state.configure(text="")
        self._buttons.enable(enabled=True)
        self._books.enable(enabled=True)
        self.look_for_books()

    # Words

    def say(self, words: str, *, warning: bool = False) -> None:
        """Write what the job that runs has to say into the message pane."""
        self._messages.add(self._job, words, warning=warning)
        if warning:
            self.root.bell()

    def _say_failure(self, what: str, failure: BaseException) -> None:
        words = str(failure)
        if not isinstance(failure, MinshengError):
            words = f"程序出错。{note_failure(failure)}"
        self._messages.add(what, f"{what}没有完成。\n{words}", warning=True)
        self.root.bell()

    def _hint(self, words: str) -> None:
        if not self._job:
            self._state.configure(text=words)

    def _note(self, kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        self._say_failure(self._job or "本窗口", failure)

    # Life

    def _tick(self) -> None:
        self.root.after(_TICK_MS, self._tick)
        if self._job:
            self._state.configure(text=_ASKING if self._questions() else self._progress_words())
        self._calls.make_waiting()

    def _progress_words(self) -> str:
        seconds = int(time.monotonic() - self._since)
        step = f"，{self._step}" if self._step else ""
        return f"正在{self._job}{step}……{seconds}秒。{_SLOW if seconds >= _SLOW_SECONDS else ''}"

    def _questions(self) -> list[tkinter.Toplevel]:
        return [window for window in self.root.winfo_children() if isinstance(window, tkinter.Toplevel)]

    def _keep_in_front(self) -> None:
        self.root.attributes("-topmost", self._in_front.get())

    def _toggle_in_front(self) -> None:
        self._in_front.set(not self._in_front.get())
        self._keep_in_front()

    def close(self) -> None:
        """Now, or with the job that runs; asked a second time, whether to leave it in the middle."""
        if not self._job:
            self.root.destroy()
        elif not self.closing:
            self.closing = True
            for question in self._questions():
                question.destroy()  # counts as cancelled
            self._messages.add(self._job, _STILL_RUNNING.format(job=self._job), warning=False)
        elif message.agreed(self.root, _FORCE.format(job=self._job)):
            self.root.destroy()
