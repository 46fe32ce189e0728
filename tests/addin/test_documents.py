"""What the pages for the office say about the add-in is what it does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import minsheng
from addin.addin_files import ROOT
from minsheng.addin.names import CLICK, CONF_FILE, CONF_FOLDER
from minsheng.tab import BUTTONS

SECURITY = (ROOT / "docs" / "安全说明.md").read_text("utf-8")
CHECKLIST = (ROOT / "docs" / "在Excel里第一次核对.md").read_text("utf-8")
MANUAL = (ROOT / "docs" / "手册" / "Excel里的按钮.md").read_text("utf-8")


def test_the_manual_lists_every_button_with_its_keys() -> None:
    rows = re.findall(r"^\| (\S+) \| Alt Z (\w) \|", MANUAL, re.MULTILINE)
    assert rows == [(button.label, button.key) for button in BUTTONS]


def test_the_security_page_gives_the_command_and_the_file_of_the_settings() -> None:
    assert f'python.exe" {CLICK} 按钮名' in SECURITY
    assert f"%USERPROFILE%\\{CONF_FOLDER}\\{CONF_FILE.name}" in SECURITY


def test_every_module_of_the_add_in_is_named_there() -> None:
    for path in (ROOT / "xlmacros").iterdir():
        assert path.stem in SECURITY


def test_the_checklist_is_short_and_has_a_place_for_each_answer() -> None:
    steps = re.findall(r"^\| (\d+) \|.*\| \|$", CHECKLIST, re.MULTILINE)
    assert [int(step) for step in steps] == list(range(1, len(steps) + 1))
    assert 5 <= len(steps) <= 8, "what a witness can show needs nobody with Excel"


def test_what_needs_not_be_looked_at_has_a_witness_that_is_there() -> None:
    rows = re.findall(r"^\| .* \| (.*（.*）.*|`.*`) \|$", CHECKLIST.split("## 不用再看的")[1], re.MULTILINE)
    assert len(rows) >= 5
    for row in rows:
        named = re.findall(r"`([\w/.-]+\.(?:py|txt))`", row)
        assert named, row
        assert not [name for name in named if not (ROOT / name).is_file()]


def test_nothing_in_the_package_knows_a_network_library() -> None:
    network = {
        "socket",
        "ssl",
        "http",
        "ftplib",
        "smtplib",
        "requests",
        "httpx",
        "aiohttp",
        "xmlrpc",
        "socketserver",
    }
    for path in Path(minsheng.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            assert not [n for n in names if n.split(".")[0] in network or n.startswith("urllib.request")], (
                path
            )
