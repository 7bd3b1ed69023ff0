"""System calls that no notebook needs and that a submission might misuse, refused by the Linux kernel.

What namespaces and limits do not cover: shared memory that no limit counts, key rings, tracing, new namespaces, and calls
with a long history of holes. The filter is the classic BPF of seccomp(2); numbers are from the kernel's own tables.
"""

from __future__ import annotations

import ctypes
import platform
import struct

from course.kernel.libc import call

# name: (x86_64, aarch64)
REFUSED = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "request_key": (249, 218),
    "semget": (64, 190),
    "setns": (308, 268),
    "shmget": (29, 194),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
CLONE = (56, 220)
CLONE3 = 435
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
NEW_NAMESPACES = 0x7E020000
X32 = 0x40000000
EPERM, ENOSYS = 1, 38
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
PR_SET_SECCOMP, FILTER = 22, 2


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def program(machine: str) -> list[bytes]:
    """Return the filter's instructions for a machine; empty for one whose numbers are not known here."""
    if machine not in ARCHITECTURES:
        return []
    column, audited = ARCHITECTURES[machine]
    steps = [
        _step(LOAD, ARCHITECTURE),
        _step(JUMP_EQUAL, audited, 1),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
        _step(JUMP_AT_LEAST, X32, 0, 1),
        _step(RETURN, KILL),
        # glibc falls back on clone, whose flags can be looked at
        _step(JUMP_EQUAL, CLONE3, 0, 1),
        _step(RETURN, ERRNO | ENOSYS),
    ]
    for numbers in REFUSED.values():
        steps += [_step(JUMP_EQUAL, numbers[column], 0, 1), _step(RETURN, ERRNO | EPERM)]
    return [
        *steps,
        _step(JUMP_EQUAL, CLONE[column], 0, 3),
        _step(LOAD, FIRST_ARGUMENT),
        _step(JUMP_ANY_BIT, NEW_NAMESPACES, 0, 1),
        _step(RETURN, ERRNO | EPERM),
        _step(RETURN, ALLOW),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


def refuse_calls() -> None:
    """Refuse the calls above to this process and all that it starts, for good. Needs `no_new_privs`."""
    steps = program(platform.machine())
    if not steps:
        return
    code = ctypes.create_string_buffer(b"".join(steps))
    whole = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    call("prctl", PR_SET_SECCOMP, FILTER, ctypes.byref(whole), 0, 0)
