"""Dates that administrators add: the list, the draft of one, and what each button does."""
