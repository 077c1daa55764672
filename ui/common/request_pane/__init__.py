"""One request beside a list: what it is, who has it, its clocks, what can be done."""
