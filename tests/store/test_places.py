"""A share or a synced folder is known by its mount or its name."""

from pathlib import Path, PurePosixPath

import pytest

from desktop.store.places import (
    Place,
    file_system_of,
    is_network_type,
    linux_mounts,
    macos_mounts,
    place_of,
    synced_place_of,
)

LINUX = r"""/dev/vda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/vdb /home/local xfs rw 0 0
//files/office /mnt/our\040office\303\251 cifs rw 0 0
me@host: /home/local/far fuse.sshfs rw 0 0
/dev/sdb1 /media/stick fuseblk rw 0 0
tmpfs /mnt/over tmpfs rw 0 0
C:\134 /mnt/over 9p rw 0 0
"""
MACOS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@files/office on /Volumes/our office (smbfs, nodev, nosuid, mounted by anna)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/w", "ext4"),
        ("/home/anna/w", "nfs4"),
        ("/homestead/w", "ext4"),
        ("/home/local/anna/w", "xfs"),
        ("/home/local/far/w", "fuse.sshfs"),
        ("/mnt/our officeé/w", "cifs"),
        ("/mnt/over/w", "9p"),
    ],
)
def test_the_deepest_and_latest_mount_counts(path: str, kind: str) -> None:
    assert file_system_of(PurePosixPath(path), linux_mounts(LINUX)) == kind


def test_the_listing_of_macos_is_read() -> None:
    mounts = macos_mounts(MACOS)
    assert file_system_of(PurePosixPath("/Users/anna/w"), mounts) == "apfs"
    assert file_system_of(PurePosixPath("/Volumes/our office/w"), mounts) == "smbfs"


@pytest.mark.parametrize("kind", ["nfs", "cifs", "smb3", "9p", "fuse.sshfs", "smbfs"])
def test_a_share_is_known_by_its_type(kind: str) -> None:
    assert is_network_type(kind)


@pytest.mark.parametrize("kind", ["ext4", "fuseblk", "tmpfs", "apfs", "overlay", ""])
def test_a_disk_is_no_share(kind: str) -> None:
    assert not is_network_type(kind)


@pytest.mark.parametrize(
    "folder", ["OneDrive - City Council", "Dropbox", "Dropbox (Work)", "Google Drive"]
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, folder: str) -> None:
    place = synced_place_of(tmp_path / folder / "desk" / "w", {})
    assert place == Place(is_synced=True, name=str(tmp_path / folder))


def test_a_synced_folder_is_known_by_its_mark_or_variable(tmp_path: Path) -> None:
    (tmp_path / "a" / ".stfolder").mkdir(parents=True)
    assert synced_place_of(tmp_path / "a" / "b" / "w", {}).is_synced
    company = {"OneDriveCommercial": str(tmp_path / "cloud")}
    assert synced_place_of(tmp_path / "cloud" / "w", company).is_synced


@pytest.mark.parametrize("folder", ["Dropboxes", "onedriver", "my nextcloud notes"])
def test_a_folder_with_a_similar_name_is_local(tmp_path: Path, folder: str) -> None:
    assert synced_place_of(tmp_path / folder / "w", {}) == Place()


def test_a_link_is_followed_to_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "desk").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert place_of(tmp_path / "desk" / "w").is_synced
