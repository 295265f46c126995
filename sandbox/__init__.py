"""A stand-in for Telegram: the Bot API over HTTP and a chat page; it knows nobody in the project."""
