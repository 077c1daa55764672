"""Types words on one request in a process of its own, waiting to be killed.

Run: python -m tests.ui.common.words_killed ADDRESS FOLDER HOUSE
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.small_house import SmallHouse
from tests.ui.counter.clerks_window import open_window
from tests.ui.killing import write_until_killed
from ui.common.kept_words import ON_REQUESTS, KeptWords

THEIRS, ONLY_THEIRS = "Typed in the other program", "Only there"


def sit(house: SmallHouse, folder: Path) -> Callable[[], bool]:
    """Type under two keys; say when both are on the disk."""
    kept = KeptWords.of(open_window(house, folder).context, ON_REQUESTS)
    kept.keep("both 1", THEIRS)
    kept.keep("both 2", ONLY_THEIRS)
    return lambda: len(list(folder.glob("drafts/words-*.json"))) == 2


if __name__ == "__main__":
    write_until_killed(sit)
