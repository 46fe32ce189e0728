"""The three lines of a PROJECT stream that say "no protection, no password, visible" ([MS-OVBA] 2.4.3)."""

from __future__ import annotations

__all__ = ["decoded", "encoded"]

_VERSION = 2
#: Any byte will do; a fixed one gives the same file every time.
_SEED = 0x5A


def encoded(data: bytes, project_id: str) -> str:
    """Hexadecimal digits for ``CMG``, ``DPB`` or ``GC``. ``project_id`` is the braced GUID of the project."""
    key = _key(project_id)
    out = [_SEED, _SEED ^ _VERSION, _SEED ^ key]
    plain_before, first, second = key, out[2], out[1]
    padding = (_SEED & 6) // 2
    plain = bytes([7] * padding) + len(data).to_bytes(4, "little") + data
    for byte in plain:
        cipher = byte ^ (second + plain_before & 0xFF)
        out.append(cipher)
        second, first, plain_before = first, cipher, byte
    return bytes(out).hex().upper()


def decoded(digits: str) -> bytes:
    """What ``encoded`` was given; ValueError where the length inside does not fit."""
    cipher = bytes.fromhex(digits)
    seed, key = cipher[0], cipher[0] ^ cipher[2]
    plain = bytearray()
    plain_before, first, second = key, cipher[2], cipher[1]
    for byte in cipher[3:]:
        plain_before = byte ^ (second + plain_before & 0xFF)
        plain.append(plain_before)
        second, first = first, byte
    body = plain[(seed & 6) // 2 :]
    data = bytes(body[4:])
    if int.from_bytes(body[:4], "little") != len(data) or cipher[0] ^ cipher[1] != _VERSION:
        raise ValueError(f"not a protection record: {digits}")
    return data


def _key(project_id: str) -> int:
    return sum(project_id.encode("ascii")) & 0xFF
