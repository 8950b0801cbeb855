from __future__ import annotations

from pathlib import Path

from cartellino.catalogue.shares import REMOTE, file_system, is_remote, mounts_of_linux, mounts_of_mac

LINUX = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
35 22 0:30 / /mnt/the\040museum rw,relatime shared:2 - nfs4 server:/export rw,vers=4.2
36 35 8:2 / /mnt/the\040museum/local rw - xfs /dev/sdb1 rw
37 22 0:31 / /mnt/Œuvres rw - cifs //server/share rw
"""
MAC = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@server/photos on /Volumes/photos (smbfs, nodev, nosuid, mounted by anna)
"""


def test_the_longest_mount_point_tells() -> None:
    mounts = mounts_of_linux(LINUX)
    assert file_system(Path("/mnt/the museum/2024"), mounts) == "nfs4"
    assert file_system(Path("/mnt/the museum/local/2024"), mounts) == "xfs"
    assert file_system(Path("/mnt/Œuvres"), mounts) == "cifs"
    assert file_system(Path("/home"), mounts) == "ext4"


def test_shares_of_a_mac_are_seen() -> None:
    mounts = mounts_of_mac(MAC)
    assert file_system(Path("/Volumes/photos/a"), mounts) in REMOTE
    assert file_system(Path("/Users/anna"), mounts) not in REMOTE


def test_a_folder_of_this_computer_is_not_remote(tmp_path: Path) -> None:
    assert not is_remote(tmp_path)
