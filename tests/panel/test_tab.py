"""The thirteen buttons are listed once."""

from __future__ import annotations

from minsheng.buttons import WORKS
from minsheng.tab import BUTTONS, GROUPS


def test_every_button_of_the_tab_has_its_function_and_no_function_is_left_out() -> None:
    assert sorted(button.does for button in BUTTONS) == sorted(WORKS)


def test_labels_and_key_letters_are_told_apart() -> None:
    for what in ("label", "key", "tip"):
        assert len({getattr(button, what) for button in BUTTONS}) == len(BUTTONS)
    assert len({group.label for group in GROUPS}) == len(GROUPS)
