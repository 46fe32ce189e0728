"""Lateness, exactly (design, section 8): what a master says on a given day.

``judge`` gives the whole judgement, ``measures`` the numbers that it and 校验 stand on. Nothing is brought up here: 校验
needs the measures alone, and a clerk waits for what is imported.
"""
