"""Refusals of files in words; `messages` has them all."""

from __future__ import annotations

from typing import Final

from desktop.i18n import gettext_noop as N_

FILE_WORDS: Final[dict[str, str]] = {
    "file_empty": N_("“{name}” is empty. Choose the file again."),
    "file_too_large": N_(
        "“{name}” has more than {most} MB. Make it smaller, or share it elsewhere and "
        "write where."
    ),
    "file_is_none": N_("“{name}” is a folder or no file. Choose the files in it."),
    "file_is_open_workspace": N_(
        "“{name}” belongs to a workspace that is open, and is not read as a file. Make "
        "a backup and take that."
    ),
    "file_not_kept": N_("“{name}” could not be kept: {reason}. Make room, then retry."),
    "file_not_shown": N_(
        "This file cannot be shown here: it is damaged or locked. Save it to look at "
        "it with another program."
    ),
    "file_never_opened": N_(
        "“{name}” is of a kind that is never opened from here. Save it instead."
    ),
    "place_is_open_workspace": N_(
        "{path} belongs to a workspace that is open. Choose another name."
    ),
    "file_not_written": N_("{path} could not be written: {reason}."),
    "file_is_gone": N_("“{name}” is not there any more. Choose it again."),
    "file_not_allowed": N_("You may not read “{name}”. Ask whoever looks after it."),
    "file_not_readable": N_("“{name}” cannot be read: {reason}."),
    "file_damaged": N_(
        "“{name}” is not as it was when it was attached. Ask for the file again, and "
        "have the workspace checked."
    ),
    "file_removed_already": N_("“{name}” was taken away already."),
    "file_is_there": N_("“{name}” is there. Nothing had to be put back."),
    "not_your_file": N_(
        "“{name}” was added by another unit. Ask it, or whoever has the request, to "
        "take it away."
    ),
    "too_many_files": N_("That are too many files at once. {most} are possible."),
    "disk_full": N_(
        "The disk is full: {path} was not written. Make room, or choose another place."
    ),
}
