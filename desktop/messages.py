"""Refusals in words: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Transition,
)
from desktop.file_messages import FILE_WORDS
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_

if TYPE_CHECKING:
    from desktop.domain.upgrading import Upgrading

WORDS: dict[str, str] = {
    "stale": N_("Somebody saved this first. Look at it again, then repeat your step."),
    "already_there": N_("There is one like this already. Look at it again."),
    "missing": N_("Something needed is missing."),
    "empty": N_("This must not be empty."),
    "too_long": N_("This is too long. Shorten it."),
    "not_a_date": N_("This is not a date. Write one like 2026-05-16."),
    "not_a_number": N_("This is not a number."),
    "not_yes_or_no": N_("This is answered with yes or no."),
    "not_a_text": N_("This is not a text."),
    "not_a_file": N_("This is answered with files."),
    "too_early": N_("Not before {limit}."),
    "too_late": N_("Not after {limit}."),
    "too_small": N_("At least {limit}."),
    "too_great": N_("At most {limit}."),
    "not_a_rule": N_("This repetition cannot be read. Choose another rhythm."),
    "never": N_("This never takes place. Choose another day or rhythm."),
    "unknown": N_("Nothing here has this name. Look at it again."),
    "unreadable": N_("This calendar cannot be read. Write it down anew."),
    "not_found": N_("This is not here any more. Somebody may have moved it."),
    "no_such_series": N_("{units} have no series of sessions here."),
    "no_such_session": N_("{units} have no session on that day."),
    "no_minutes": N_("There are no minutes of a session on that day."),
    "no_series": N_("These two units have no series of sessions."),
    "paper_not_as_kept": N_(
        "Version {number} of this paper is not as it was handed out: it was changed "
        "outside the program. Restore it from a backup."
    ),
    "paper_kept_already": N_(
        "Version {number} of this paper was handed out already and says something "
        "else. Look at it again, and make the next version."
    ),
    "not_a_choice": N_("This is not one of the choices."),
    "no_such_unit": N_("There is no unit “{name}” here. Known: {known}."),
    "no_such_request": N_("There is no request {reference} here."),
    "no_such_clock": N_("Nobody promised to resolve {reference}, or not this unit."),
    "no_fitting_preset": N_(
        "No preset fits the columns of these files. Name a mapping and a house "
        "(known: {known})."
    ),
    "workspace_missing": N_("There is no file here."),
    "workspace_empty": N_("This file is empty. It was left as it is."),
    "workspace_directory": N_("This is a folder. Choose a file in it."),
    "workspace_unreadable": N_(
        "This file cannot be read. Ask whoever looks after this computer for the right."
    ),
    "workspace_not_a_database": N_(
        "This file is not a Counterpart workspace. It was left as it is."
    ),
    "workspace_truncated": N_(
        "A part of this file is missing. It was left as it is. Restore the last backup."
    ),
    "workspace_foreign": N_(
        "This database belongs to another program. It was left as it is."
    ),
    "upgrade_stopped": N_(
        "Bringing this workspace up to date was stopped. It is as it was before."
    ),
    "workspace_newer": N_(
        "A newer version of Counterpart made this workspace. Update the program."
    ),
    "workspace_corrupt": N_(
        "This file is damaged. It was left as it is. Restore the last backup."
    ),
    "workspace_read_only": N_(
        "This file may only be read. Choose another, or ask for the right to write it."
    ),
    "workspace_network": N_(
        "This file lies on a network drive, where it could be damaged. Put it on a "
        "disk of this computer."
    ),
    "workspace_synced": N_(
        "This folder is copied to other computers while in use, which could damage the "
        "file. Put it elsewhere."
    ),
    "workspace_place": N_("Nothing could be written there: {reason}."),
    "unreadable_hours": N_("Write hours like 08:00-12:00, 12:30-16:00."),
    "named_before": N_("Line {line}: “{name}” is named before."),
    "unknown_unit": N_("Line {line}: no such unit is named above: “{name}”."),
    "no_unit": N_("Line {line}: write which unit does “{name}”, after a comma."),
    "not_in_hours": N_("Write hours from a few minutes to {most} hours."),
    "sheet_full": N_(
        "An Excel sheet takes {most} rows, and this list has more. Narrow it, or "
        "save it as CSV."
    ),
    "name_is_taken": N_("There is a file of this name already. Choose another name."),
    "two_of_one_name": N_(
        "Two have the name “{name}”. A house file tells things apart by their names: "
        "rename one first."
    ),
    "unit_without_calendar": N_(
        "“{name}” has no calendar, so a house file cannot say when it is open. Give "
        "it one first."
    ),
    "workspace_current": N_(
        "There is a workspace of this name already. Choose another name, or go "
        "back and open it."
    ),
    "workspace_older": N_(
        "There is a workspace of this name already. Choose another name, or go "
        "back and open it."
    ),
    "workspace_busy": N_(
        "Somebody else is writing in this workspace just now. Try again."
    ),
    "workspace_disk_full": N_(
        "The disk is full. Make room on it, then try again. Nothing was changed."
    ),
    "workspace_in_use": N_(
        "Somebody has this workspace open. Close it everywhere, then try again."
    ),
    "workspace_not_permitted": N_(
        "The database does not allow this. Ask whoever looks after it."
    ),
    "workspace_not_readable": N_(
        "The disk did not give what was asked of it. Check it, then try again."
    ),
    "server_not_reached": N_(
        "The server does not answer: {reason}. Check the network, then try again."
    ),
    "server_gone": N_("The server went away. Check the network, then try again."),
    "server_full": N_("The server takes nobody more just now. Try again."),
    "server_exhausted": N_("The server has no room left. Tell whoever looks after it."),
    "server_read_only": N_("The server only lets things be read just now. Try again."),
    "backup_of_a_server": N_(
        "This workspace lies on a server. Its own tools make its backups."
    ),
    "workspace_address": N_(
        "This is no address of a workspace. Name a file, or a server as in "
        "postgresql://server/database."
    ),
    "workspace_name": N_(
        "The name of this file is not UTF-8 text. Rename the file, then try again."
    ),
    "backup_onto_itself": N_(
        "This is the workspace itself. Choose another name for its backup."
    ),
    "backup_exists": N_("A file of this name is there already. It was left as it is."),
    "backup_damaged": N_(
        "The copy does not hold what it should ({problem}). Take another one."
    ),
    "backup_without_manifest": N_(
        "This file is no backup: the list of what it holds is missing. Choose another."
    ),
    "no_unit_rule": N_(
        "The house does not name the unit “{name}” and has no rule for it."
    ),
    # raising
    "line_too_long": N_("Line {line} is too long. Shorten it to {most} letters."),
    "too_many_customers": N_("At most {most} customers at once. Shorten the list."),
    # services and their forms
    "catalogue_of_coordinators": N_(
        "Services are written by coordinators, managers and administrators. Ask one."
    ),
    "service_is_agreed_on": N_(
        "“{name}” is an agreement about this service with its unit. End it first."
    ),
    "label_twice": N_("Another question is called the same. Call it something else."),
    "bad_code": N_("This question cannot be told from another one. Write it anew."),
    "no_choices": N_("Nothing can be chosen yet. Write at least one choice."),
    "empty_choice": N_("One of the choices is empty. Write it, or take it out."),
    "choice_twice": N_("The same choice is there twice. Take one out."),
    "too_many_choices": N_("These are more choices than anybody reads. Take some out."),
    "too_many_fields": N_("These are more questions than fit one form. Take some out."),
    "too_many_words": N_("These are too many words. Take some out."),
    "too_many_lines": N_("These are too many lines. Take some out."),
    "not_before": N_("The question it hangs on does not come before it. Move it down."),
    "decides_nothing": N_("Only a choice, or yes and no, can decide what is shown."),
    "most_under_least": N_("The most is less than the least. Exchange the two."),
    # calendars
    "unknown_zone": N_(
        "There is no time zone “{value}”. Write one like Europe/Berlin."
    ),
    "never_open": N_("This calendar is never open. Give at least one day its hours."),
    "closed_all_along": N_(
        "The calendar “{name}” has no open time in the whole span. Shorten the closure."
    ),
    "closes_an_agreement": N_(
        "With these closures nothing would be open all the while “{name}”, version "
        "{number}, is valid. Leave some of its days open."
    ),
    "out_of_years": N_("This lies outside the years {first} to {last}."),
    "bad_interval": N_("These hours make no sense. Write them like 08:00 to 16:00."),
    "bad_weekday": N_("This is no day of the week."),
    "bad_hours": N_("These hours make no sense. Write them like 08:00 to 16:00."),
    "bad_time": N_("This is no time of day. Write one like 09:30."),
    "ends_before_start": N_("The closure ends before it starts. Exchange the two."),
    "yearly_too_long": N_("A yearly closure lasts at most a year."),
    "name_too_long": N_("This name is too long. Shorten it."),
    "same_date_twice": N_("Two weeks begin on the same date. Take one out."),
    "too_many": N_("That is too much at once. {most} are possible."),
    "no_country": N_("Choose the country whose public holidays are meant."),
    "unknown_country": N_("Public holidays of “{value}” are not known."),
    "unknown_subdivision": N_("“{value}” is no known part of {country}."),
    "around_the_clock_is_fixed": N_(
        "“Around the clock” is always open and cannot be changed."
    ),
    "beyond_calendar": N_("The calendar has no open time left for this."),
    # agreements
    "taken": N_("There is one of this name already. Choose another name."),
    "no_targets": N_("Nothing is promised yet. Give at least one target."),
    "target_twice": N_("There is a target for this already. Take one out."),
    "target_zero": N_("Nobody can keep a promise of no time. Write a longer one."),
    "target_too_long": N_("A promise of more than {years} years is none. Shorten it."),
    "restart_without_cutoff": N_("Say first from which hour the next day counts."),
    "response_after_resolution": N_(
        "The response is promised later than the resolution. Shorten it."
    ),
    "reopen_days_out_of_range": N_(
        "Write a number of days up to 366, or leave it empty."
    ),
    "not_a_share": N_("Write a share above 0 and up to 100 %."),
    "not_a_length": N_("This is no length of time. Write one like 2 h."),
    "ends_before_it_starts": N_("It ends before it starts. Exchange the two."),
    "agreement_overlaps": N_(
        "“{name}”, version {number}, holds for the same units and service at that "
        "time. End it first, or name a service or a front unit."
    ),
    "later_version_agreed": N_(
        "Version {number} begins at that time or later. Choose a later date."
    ),
    "is_over": N_("This lies in the past. Choose a later date."),
    "not_agreed_on": N_("This version is not agreed on."),
    "other_units": N_("This version is between other units."),
    "other_service": N_("This version is about another service."),
    "service_of_another_unit": N_("“{name}” is a service of another unit."),
    "wrong_side": N_("“{name}” is on the other side. Choose another unit."),
    "nothing_to_move": N_("Nothing of {reference} is running under an agreement now."),
    "not_a_manager_of_either": N_(
        "Only the managers of the two units sign. Ask one of them."
    ),
    "signed_already": N_("Your side has signed already. The other one is asked now."),
    "wrong_stage": N_("This version is at another stage. Look at it again."),
    "refund_hours_changed": N_(
        "{name} was saved again since its hours were given. Nothing was taken back."
    ),
    "refund_gone": N_(
        "These hours were taken back already, or given in another way since. Nothing "
        "was taken back."
    ),
    "refund_verdicts": N_(
        "Clocks stopped by these hours since and keep their verdicts, so nothing was "
        "taken back: {references}"
    ),
    "refund_moved": N_(
        "Requests were put under another agreement or given hours again since, so "
        "nothing was taken back: {references}"
    ),
    "changed_meanwhile": N_(
        "Somebody saved this first. Look at it again, then repeat your step."
    ),
    "nobody_at_the_desk": N_("Choose who you are first."),
    "nothing_to_print": N_("There is nothing to print of this. Choose another paper."),
    # mails and settings of the house
    "out_of_range": N_("Choose from {least} to {most}."),
    "settings_of_administrators": N_(
        "This is set for the whole house, by an administrator. Ask one."
    ),
    "not_an_address": N_("“{address}” is no address. Write one like name@house.org."),
    "too_many_recipients": N_("At most {most} recipients at once. Shorten the list."),
    "mail_too_large": N_(
        "Files of more than {most} MB together do not go by mail. Leave some out."
    ),
    "mail_is_sent": N_("This mail is on its way or gone. Look at it again."),
    **FILE_WORDS,
    "view_gone": N_("This view is not here any more. Whoever made it has deleted it."),
    "view_changed": N_(
        "Somebody changed “{name}” meanwhile. Look at it as it is now, or keep yours "
        "under another name."
    ),
    "view_of_other": N_(
        "{maker} made “{name}”. Only they can delete it or stop sharing it; you can "
        "save one of your own."
    ),
    "view_name_taken": N_("There is a view called “{name}”. Choose another name."),
    "view_without_unit": N_(
        "You belong to no unit, so there is nobody to share it with."
    ),
    "too_many_views": N_("{most} views are the most. Delete one you do not use."),
}
"""Words by code; features add theirs with `add_words`."""


def add_words(words: dict[str, str]) -> None:
    """Teach the words of a feature's refusal codes (marked source strings)."""
    WORDS.update(words)


def refusal_words(refusal: Refusal) -> str:
    """Return one or two sentences for a refusal; details fill the placeholders."""
    words = WORDS.get(refusal.code)
    if words is not None:
        try:
            return _(words).format(**_in_words(refusal.details))
        except (KeyError, IndexError):
            return _(words)
    return _by_kind(refusal)


def _in_words(details: Mapping[str, object]) -> dict[str, object]:
    """Return details with their dates as people write them."""
    from desktop.formats import date_range

    return {
        name: date_range(value, value) if type(value) is date else value
        for name, value in details.items()
    }


def _by_kind(refusal: Refusal) -> str:
    match refusal:
        case NotFound():
            return _("This is not here any more. Somebody may have moved it.")
        case Conflict():
            return _(
                "Somebody saved this first. Look at it again, then repeat your step."
            )
        case Transition():
            return _("This step is not possible as things stand now. Look at it again.")
        case Forbidden():
            return _("Your role does not allow this. Ask the unit that holds it.")
        case Invalid():
            return _("This cannot be accepted as it is. Check what you wrote.")
    return _("This was not possible ({code}). Nothing was changed.").format(
        code=refusal.code
    )


_BACKUP_FIRST = N_("An earlier version made this workspace. A backup is made first.")
_COPYING = {
    "copy": _BACKUP_FIRST,
    "read": N_("The workspace is read once more, to compare the backup with it."),
    "check": N_("The backup is checked for damage."),
    "compare": N_("The backup is compared with the workspace, row by row."),
}


def upgrading_words(how: Upgrading) -> str:
    """Say what is being done while an earlier workspace is brought up to date."""
    if how.copying is not None:
        return _(_COPYING[how.copying])
    if how.share is not None and how.backup is not None:
        words = _("The backup is {name}. Requests are indexed anew.")
        return words.format(name=how.backup.name)
    if how.share is not None:
        return _("Requests are indexed anew.")
    if how.backup is not None:
        return _("The backup is {name}.").format(name=how.backup.name)
    return _(_BACKUP_FIRST)
