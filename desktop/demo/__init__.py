"""The demo: a municipal service centre, simulated until today."""

from desktop.demo.making import ensure_demo, make_demo

__all__ = ["ensure_demo", "make_demo"]
