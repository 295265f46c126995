"""Words: what an Answer, a date or a figure is called in each language; knows nothing of Telegram's API."""
