"""The agent's home."""
