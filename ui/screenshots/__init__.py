"""Pictures of every page and dialog, with demo data, with none, with hostile texts."""

from ui.screenshots.command import main

__all__ = ["main"]
