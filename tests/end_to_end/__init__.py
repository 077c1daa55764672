"""Proof with real threads, real files and real windows."""
