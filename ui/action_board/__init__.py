"""Actions across series: what was agreed, by whom, until it is done."""
