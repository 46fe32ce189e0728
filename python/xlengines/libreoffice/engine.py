"""The engine "libreoffice" and its apps: those started here first, then every LibreOffice that runs on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

from xlwings import base_classes

from ..base import DesktopEngine, complete
from ..errors import EngineError
from .app import App
from .discovery import Office, running
from .host import Host

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ENGINE_NAME", "Apps", "Engine"]

ENGINE_NAME = "libreoffice"


class Engine(DesktopEngine):
    """What ``xw.Engine`` wraps."""

    def __init__(self) -> None:
        super().__init__(ENGINE_NAME, Apps)


class Apps(base_classes.Apps):
    """The LibreOffices that were started or attached to by this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: list[App] = []

    def add(
        self, spec: Any = None, add_book: bool | None = None, xl: Any = None, visible: bool | None = None
    ) -> App:
        """Start a LibreOffice, in the background unless ``visible``; or attach to one that listens on ``spec``.

        ``spec`` is the connection that it was started with: ``pipe,name=office``, ``socket,host=localhost,port=2002``, or
        a port of this computer. HostMissing, HostGone.
        """
        if spec is None:
            host = Host.started(visible=bool(visible))
            assert host.process is not None
            app = App(self, host, host.process.pid, visible=bool(visible))
        else:
            accept = (
                f"socket,host=localhost,port={spec}"
                if isinstance(spec, int)
                else str(spec).removesuffix(";urp;")
            )
            known = (office for office in running(asking=False) if office.accept == accept)
            app = self._attached(next(known, Office(_number_of(accept), accept, visible=True)))
        self._apps.append(app)
        if add_book:
            app.books.add()
        return app

    def _attached(self, office: Office) -> App:
        return App(self, Host.attached(office.accept), office.pid, visible=office.visible)

    def prefer(self, app: App) -> None:
        """Let an app come first: xlwings takes the first for the active one."""
        self.forget(app)
        self._apps.insert(0, app)

    def forget(self, app: App) -> None:
        self._apps = [other for other in self._apps if other is not app]

    def _alive(self) -> list[App]:
        """Apps in order of preference, found anew: what has ended goes, what has been started by others comes."""
        for app in list(self._apps):
            if not app.host.alive():
                app.quit()
        known = {app.host.accept for app in self._apps} | {app.pid for app in self._apps}
        for office in running():
            if office.accept in known or office.pid in known:
                continue
            try:
                self._apps.append(self._attached(office))
            except EngineError:
                continue  # it has ended, or is somebody else's and does not answer
        return list(self._apps)

    def keys(self) -> list[int]:
        return [app.pid for app in self._alive()]

    def __iter__(self) -> Iterator[App]:
        return iter(self._alive())

    def __len__(self) -> int:
        return len(self._alive())

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        for app in self._alive():
            if app.pid == pid:
                return app
        raise KeyError(pid)

    @staticmethod
    def cleanup() -> None:
        """There is nothing to clean up: no LibreOffice that was started here outlives its App."""


def _number_of(accept: str) -> int:
    """A number for a LibreOffice whose process is not known, the same for the same connection."""
    return -1 - crc32(accept.encode())


complete(Apps, ENGINE_NAME)
