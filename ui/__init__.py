"""The windows: PySide6 over the desk, nothing of their own in the store.

PySide hooks every import and then reads the source of each module, in search of
``__feature__``: a tenth of the start and 20 MB of text kept. Nothing here uses that,
so the plain import is put back before anything else is imported.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - this is what hooks the imports

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

from ui.overrides import keep_errors_whole  # noqa: E402 - before any class is derived

keep_errors_whole()
