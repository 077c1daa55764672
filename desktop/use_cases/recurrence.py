"""When a series meets, as use cases ask it: the rule itself is read by queries, too."""

from desktop.store.recurrence import next_occurrence

__all__ = ["next_occurrence"]
