"""Proof of the shape: import contracts, sizes, habits."""
