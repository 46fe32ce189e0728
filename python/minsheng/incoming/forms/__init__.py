"""填报表 that units send in: read as files, guarded, never opened in a program that would run what is in them.

``read_inbox`` walks a folder, ``read_file`` takes one file; both give Submissions with the findings of reading them. The
way of a file: what kind it is → guard of its container → cells → tables found by their labels → values.
"""

from .inbox import Inbox, read_file, read_inbox

__all__ = ["Inbox", "read_file", "read_inbox"]
