"""Pure functions over Chinese official text: scripts, numerals, dates, units, places, words."""
