"""What is kept: the catalogue format, the tables, and everything that speaks SQL."""
