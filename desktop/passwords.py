"""Passwords of this computer's person: in the system's keyring, else for this run only.

None of them is ever written into a workspace, a log or a settings file.
"""

from __future__ import annotations

import logging
from typing import Final

log = logging.getLogger(__name__)

SERVICE: Final = "Counterpart"
_for_this_run: dict[str, str] = {}


def kept_password(name: str) -> str | None:
    """Return the password kept under a name, None where there is none."""
    if name in _for_this_run:
        return _for_this_run[name]
    # Imported when asked: it looks for the system's keyrings, which takes its time.
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, OSError) as error:
        log.info("no keyring to read from: %s", type(error).__name__)
        return None


def keep_password(name: str, password: str) -> bool:
    """Keep a password; False: there is no keyring, it is kept for this run only."""
    import keyring
    from keyring.errors import KeyringError

    _for_this_run[name] = password
    try:
        keyring.set_password(SERVICE, name, password)
    except (KeyringError, OSError) as error:
        log.info("no keyring to write to: %s", type(error).__name__)
        return False
    return True
