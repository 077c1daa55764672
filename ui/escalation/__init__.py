"""The rules of escalation: who is told when a promise comes into danger."""
