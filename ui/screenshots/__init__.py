"""Pictures of every page and dialog, with demo data and with none."""

from ui.screenshots.command import main

__all__ = ["main"]
