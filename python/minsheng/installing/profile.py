"""Where things go in a user's profile. Nothing is ever put anywhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..addin.names import ADDIN_FILE, CONF_FILE
from ..errors import UsageError

__all__ = ["Profile"]

_SCRIPTS = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")


@dataclass(frozen=True, slots=True)
class Profile:
    """The three folders that Windows gives a user: ``user`` (%USERPROFILE%), ``local`` (%LOCALAPPDATA%), ``roaming``
    (%APPDATA%)."""

    user: Path
    local: Path
    roaming: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Profile:
        """From Windows' environment variables. UsageError where they are not there: this is no Windows."""
        try:
            return cls(*(Path(environment[name]) for name in ("USERPROFILE", "LOCALAPPDATA", "APPDATA")))
        except KeyError as missing:
            raise UsageError(
                f"没有环境变量 {missing.args[0]}，这台电脑不是 Windows，或者用户配置文件不完整。",
                "安装程序只用于 Windows；其他系统请用 pip 安装。",
            ) from None

    @property
    def home(self) -> Path:
        """Ours alone: the environment, the receipt, the log."""
        return self.local / "minsheng"

    @property
    def environment(self) -> Path:
        """The private virtual environment."""
        return self.home / "env"

    @property
    def kept_environment(self) -> Path:
        """The environment of before, while a new one is being made."""
        return self.home / "env.old"

    @property
    def python(self) -> Path:
        """The interpreter that a click runs."""
        return self.environment.joinpath(*_SCRIPTS)

    @property
    def interpreter_setting(self) -> str:
        """The same as the settings file says it: plain ASCII, whatever the user's name."""
        return "%LOCALAPPDATA%\\" + "\\".join(self.python.relative_to(self.local).parts)

    @property
    def receipt(self) -> Path:
        """What an uninstallation takes away."""
        return self.home / "installed.json"

    @property
    def conf(self) -> Path:
        """Where the add-in's macros read which interpreter to start."""
        return self.user / CONF_FILE

    @property
    def addin(self) -> Path:
        """Excel opens what lies in XLSTART, a place that it trusts; no entry in the registry is needed."""
        return self.roaming / "Microsoft" / "Excel" / "XLSTART" / ADDIN_FILE
