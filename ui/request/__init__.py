"""One request: clocks, timeline, proof."""
