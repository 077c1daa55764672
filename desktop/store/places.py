"""Tell where a path really lies: on this computer, on a share, in a synced folder.

SQLite's locks and its shared memory do not hold on a network share, and a program that
copies a folder elsewhere while it is written copies torn files.
"""

import ctypes
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

NETWORK_TYPES: Final = frozenset(
    {
        "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs",
        "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs", "webdav",
    }
)  # fmt: skip
SYNCED_NAMES: Final = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud drive",
    "iclouddrive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "box sync",
    "pclouddrive",
    "syncthing",
)
SYNCED_MARKS: Final = (".dropbox", ".dropbox.cache", ".stfolder", ".owncloudsync.log")
SYNCED_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
MOUNTS: Final = Path("/proc/self/mounts")
MACOS_MOUNT: Final = Path("/sbin/mount")
WINDOWS_REMOTE_DRIVE: Final = 4


@dataclass(frozen=True)
class Place:
    """Where a path lies; `name` is the file system's type or the synced folder."""

    is_network: bool = False
    is_synced: bool = False
    name: str = ""


@dataclass(frozen=True)
class Mount:
    """A file system and the folder it begins at."""

    folder: PurePath
    kind: str


def place_of(path: Path) -> Place:
    """Tell where a path lies; it need not exist. Unknown places count as local."""
    real = Path(os.path.realpath(path))
    if _is_remote_drive(real):
        return Place(is_network=True, name=real.drive)
    kind = file_system_of(real, _mounts())
    if is_network_type(kind):
        return Place(is_network=True, name=kind)
    return synced_place_of(real, os.environ)


def is_network_type(kind: str) -> bool:
    """Tell whether a file system of this type lies on other computers.

    File systems in user space (fuse.sshfs, fuse.rclone …) count as such; fuseblk is
    a local disk.
    """
    return kind in NETWORK_TYPES or kind.startswith("fuse.")


def file_system_of(path: PurePath, mounts: Iterable[Mount]) -> str:
    """Give the type of the file system a path lies in; "" where none is known.

    The deepest folder counts, and of two on the same folder the later one.
    """
    best: Mount | None = None
    for mount in mounts:
        if path.is_relative_to(mount.folder) and (
            best is None or len(mount.folder.parts) >= len(best.folder.parts)
        ):
            best = mount
    return best.kind if best else ""


def linux_mounts(table: str) -> list[Mount]:
    """Read the kernel's table of mounts, in which blanks are written as \\040."""
    mounts = []
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:
            folder = fields[1].encode().decode("unicode_escape").encode("latin-1")
            mounts.append(Mount(PurePath(os.fsdecode(folder)), fields[2]))
    return mounts


def macos_mounts(listing: str) -> list[Mount]:
    """Read what `mount` prints on macOS: `//me@host/a on /Volumes/a (smbfs, …)`."""
    mounts = []
    for line in listing.splitlines():
        before, _, options = line.rpartition(" (")
        _, on, folder = before.partition(" on ")
        if on:
            mounts.append(Mount(PurePath(folder), options.split(",")[0].rstrip(")")))
    return mounts


def _mounts() -> list[Mount]:
    try:
        if MOUNTS.exists():
            return linux_mounts(MOUNTS.read_text(encoding="utf-8", errors="replace"))
        if MACOS_MOUNT.exists():
            listing = subprocess.run(
                [MACOS_MOUNT], capture_output=True, text=True, timeout=5, check=True
            )
            return macos_mounts(listing.stdout)
    except (OSError, subprocess.SubprocessError):
        return []
    return []


def synced_place_of(path: Path, environment: Mapping[str, str]) -> Place:
    """Tell whether a path lies in a folder that a program copies elsewhere."""
    roots = {
        os.path.normcase(environment[name])
        for name in SYNCED_VARIABLES
        if environment.get(name)
    }
    for folder in path.parents:
        name = folder.name.casefold()
        is_named = any(
            name == known or name.startswith((f"{known} -", f"{known} ("))
            for known in SYNCED_NAMES
        )
        is_marked = any((folder / mark).exists() for mark in SYNCED_MARKS)
        if is_named or is_marked or os.path.normcase(str(folder)) in roots:
            return Place(is_synced=True, name=str(folder))
    return Place()


def _is_remote_drive(path: Path) -> bool:
    windows: Any = getattr(ctypes, "windll", None)
    if windows is None:
        return False
    if path.drive.startswith("\\\\"):
        return True
    kind: int = windows.kernel32.GetDriveTypeW(f"{path.drive}\\")
    return kind == WINDOWS_REMOTE_DRIVE
