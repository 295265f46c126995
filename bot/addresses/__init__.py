"""Departments without Telegram: their addresses as administrators register and keep them."""
