"""What a test needs and does not find: a reason to skip at a person's desk, a failure in CI, which must not hide it."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from types import ModuleType
from typing import NoReturn

import pytest

__all__ = ["missing", "needed_module", "needed_program"]


def missing(words: str) -> NoReturn:
    """Skip with the reason; fail where the environment variable CI is set (to anything but 0 or false)."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        pytest.fail(f"{words}: CI must have it", pytrace=False)
    pytest.skip(words)


def needed_module(name: str) -> ModuleType:
    """A library that only some people install."""
    try:
        return import_module(name)
    except ImportError:
        missing(f"the library {name} is not installed")


def needed_program(*names: str) -> str:
    """The path of the first of these programs that is there."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or missing(f"{' or '.join(names)} is not installed")
