"""The install kit and three buttons, played on a Windows Python under Wine: ``make wine``.

::

    parts     what it is made of: CPython for Windows, a compiler, Tcl, from pip and Debian
    machine   a Windows computer in a folder: code page 936, a user and paths with blanks, Chinese, & and brackets
    server    the stand-in of Excel (tests/excelsim) as a COM server of a process of its own, on that computer
    plays     what a clerk does there, and what must come of it
    report    docs/wine-report.txt

It is Wine, not Windows, and a stand-in, not Excel: what that leaves open the report says itself.
"""
