"""Whether a folder lies on another computer, where processes cannot share memory."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from pathlib import Path

# SQLite, 'Write-Ahead Logging': all processes using a database in WAL mode must be on the same host.
REMOTE = frozenset(
    [
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "webdav",
    ]
)
_DRIVE_REMOTE = 4  # GetDriveTypeW, Win32 API


def is_remote(folder: Path) -> bool:
    """Whether `folder` lies on a network share, as far as the system tells; False where it does not."""
    try:
        if sys.platform == "win32":
            return _remote_on_windows(folder)
        if sys.platform == "darwin":
            return file_system(folder, mounts_of_mac(_mac_mounts())) in REMOTE
        return file_system(folder, mounts_of_linux(Path("/proc/self/mountinfo").read_text("utf-8"))) in REMOTE
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def file_system(folder: Path, mounts: dict[str, str]) -> str:
    """The kind of file system `folder` lies on: that of the longest mount point above it, or ''."""
    resolved = folder.resolve()
    for place in (resolved, *resolved.parents):
        if kind := mounts.get(place.as_posix()):
            return kind
    return ""


def mounts_of_linux(mountinfo: str) -> dict[str, str]:
    """Mount points and their kinds in the words of ``/proc/self/mountinfo`` (proc(5))."""
    mounts: dict[str, str] = {}
    for line in mountinfo.splitlines():
        place, _, rest = line.partition(" - ")
        if rest:
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), place.split()[4])
            mounts[point] = rest.split()[0].lower()
    return mounts


def mounts_of_mac(listing: str) -> dict[str, str]:
    """Mount points and their kinds in the words of ``mount``: 'device on /place (kind, options)'."""
    mounts: dict[str, str] = {}
    for line in listing.splitlines():
        head, _, options = line.rpartition(" (")
        _, on, place = head.partition(" on ")
        if on:
            mounts[place] = options.split(",")[0].rstrip(")").strip().lower()
    return mounts


def _mac_mounts() -> str:
    return subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout


def _remote_on_windows(folder: Path) -> bool:
    drive = folder.resolve().drive
    if drive.startswith("\\\\"):
        return True
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - the attribute exists on Windows alone
    return bool(kernel.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE)
