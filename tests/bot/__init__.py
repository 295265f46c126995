"""Tests of the bot room."""
