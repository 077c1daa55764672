"""The simulated house that the demo workspace is made from."""
