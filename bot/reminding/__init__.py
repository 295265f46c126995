"""Reminders in the chat: their buttons, what people say with them, and what administrators see of it."""
