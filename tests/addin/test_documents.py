"""What the pages for the office say about the add-in is what it does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import minsheng
from addin.addin_files import ROOT
from minsheng.addin.names import CLICK, CONF_FILE, CONF_FOLDER, INTERPRETER_KEY, PROJECT_NAME
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


def test_the_checklist_has_a_hostile_workbook_of_the_right_name_and_a_place_for_each_answer() -> None:
    assert f"`{PROJECT_NAME}.conf`" in CHECKLIST
    assert f"`{INTERPRETER_KEY}`" in CHECKLIST
    steps = re.findall(r"^\| (\d+) \|.*\| \|$", CHECKLIST, re.MULTILINE)
    assert [int(step) for step in steps] == list(range(1, len(steps) + 1))
    assert len(steps) >= 15


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
