"""What an installation has put where, so that it can be taken away without a trace."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

__all__ = ["Receipt", "fingerprint", "half_written"]


@dataclass
class Receipt:
    """``complete`` is False from the first change until the last. ``folders`` are those that are made, outermost first;
    ``written`` maps a file to the SHA-256 of everything that we ever put there. Both are noted before it happens."""

    version: str
    complete: bool = False
    folders: list[str] = field(default_factory=list)
    written: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Receipt | None:
        """None where there is neither a receipt nor its folder; a folder without a readable one counts as an unfinished
        installation."""
        if not path.parent.exists():
            return None
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                str(found["version"]),
                found["complete"] is True,
                [str(folder) for folder in found["folders"]],
                {
                    str(file): [str(digest) for digest in digests]
                    for file, digests in found["written"].items()
                },
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls("?", folders=[str(path.parent)])

    def write(self, path: Path) -> None:
        """Keep it as JSON, in the old one's place at once. OSError."""
        temporary = path.with_name(f"{path.name}.new")
        temporary.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2), encoding="utf-8")
        temporary.replace(path)

    def will_make(self, folder: Path) -> None:
        """Note which of the folder and its ancestors are not there yet."""
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        self.folders += [str(each) for each in reversed(missing) if str(each) not in self.folders]

    def will_write(self, path: Path, content: bytes) -> None:
        """Note the content that a file is about to get from us."""
        digests = self.written.setdefault(str(path), [])
        if fingerprint(content) not in digests:
            digests.append(fingerprint(content))

    def is_ours(self, path: Path) -> bool:
        """Whether a file is one that we put there, now or before."""
        return path.is_file() and fingerprint(path.read_bytes()) in self.written.get(str(path), [])


def fingerprint(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def half_written(path: Path) -> Path:
    """Where a file is written before it takes its place: on the same volume, but not in XLSTART, of which Excel opens
    everything."""
    return path.parent.parent / f"{path.name}.new"
