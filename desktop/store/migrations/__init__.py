"""How a workspace's tables came to be: one revision after the other, never edited."""
