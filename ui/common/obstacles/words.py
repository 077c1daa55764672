"""Refusals of obstacles and improvements in words, wherever they are met."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from desktop.messages import add_words

add_words(
    {
        "obstacle_not_so": N_(
            "This obstacle is not as it was any more. Look at it again."
        ),
        "not_your_obstacle": N_(
            "This is for the unit that owes the answer, a coordinator or a manager."
        ),
        "on_agenda_already": N_(
            "It waits for the next session of this series already."
        ),
        "itself": N_("An obstacle cannot be merged into itself. Choose another."),
        "circle": N_("That one was merged into this one. Choose another."),
        "in_the_past": N_("This is over already. Choose a later day."),
        "improvement_ended": N_("This improvement has ended. Plan another one."),
        "proof_not_over": N_(
            "The days the proof is taken from last until {until}. Confirm it "
            "after them."
        ),
        "not_a_period": N_("Choose a first and a last day, at most {most} days apart."),
        "not_over_yet": N_("These days are not over yet. Choose earlier ones."),
        "before_baseline_ends": N_("It can begin only after the days before it end."),
        "proof_too_early": N_(
            "The proof takes as many days as the baseline ({days}). Choose a later day."
        ),
        "too_far_ahead": N_("This is more than a year ahead. Choose an earlier day."),
    }
)
