"""Dates as a person types them, a line each, in Chinese or English."""
