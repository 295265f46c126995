"""Reviewing what was read out of a text, in the chat: nothing is visible to others before confirmation."""
