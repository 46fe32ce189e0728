"""The engine and its apps: an app is a set of books that are open on files; it starts no program."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..base import DesktopEngine, complete
from ..errors import NotSupportedByEngine
from .books import Books

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ranges import Range

__all__ = ["ENGINE_NAME", "App", "Engine"]

ENGINE_NAME = "file"


class Engine(DesktopEngine):
    """What ``xw.Engine`` wraps."""

    def __init__(self) -> None:
        super().__init__(ENGINE_NAME, Apps)


class Apps(base_classes.Apps):
    """The apps of the plain-file engine; each is a set of open files in this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: list[App] = []
        self._numbers = count(1)

    def keys(self) -> list[int]:
        return [app.pid for app in self._apps]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        app = App(self, next(self._numbers))
        self._apps.append(app)
        return app

    def remove(self, app: App) -> None:
        self._apps = [other for other in self._apps if other is not app]

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(pid)


class App(base_classes.App):
    """Settings of a window that is not there are remembered and do nothing."""

    screen_updating: bool = True
    display_alerts: bool = True
    enable_events: bool = True
    interactive: bool = True
    calculation: str = "automatic"
    status_bar: Any = False

    def __init__(self, apps: Apps, pid: int) -> None:
        self._apps = apps
        self._pid = pid
        self._books = Books(self)
        self.selected: Range | None = None

    @property
    def api(self) -> Any:
        return self

    @property
    def engine(self) -> Engine:
        return self._apps.engine

    @property
    def books(self) -> Books:
        return self._books

    @property
    def pid(self) -> int:
        """A number of our own: there is no process behind it."""
        return self._pid

    @property
    def selection(self) -> Range | None:
        return self.selected

    @property
    def visible(self) -> bool:
        return False

    @visible.setter
    def visible(self, value: bool) -> None:
        if value:
            raise NotSupportedByEngine("no-window")

    def activate(self, steal_focus: bool = False) -> None:
        """There is no window to bring to the front."""

    def quit(self) -> None:
        """Close every book without saving."""
        for book in list(self._books):
            book.close()
        self._apps.remove(self)

    def kill(self) -> None:
        self.quit()

    def calculate(self) -> None:
        """Give the formulas of changed books the values that this engine is sure of: on the sheets that have been read."""
        for book in self._books:
            book.part.calculate()


for implementation in (Apps, App):
    complete(implementation, ENGINE_NAME)
