"""Telegram: handlers, keyboards, words, sender. Importing this package alone brings no aiogram."""
