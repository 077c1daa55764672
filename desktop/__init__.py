"""The core: everything Counterpart does, without a screen."""
