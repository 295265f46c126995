"""The nouns of standardisation policies and their pure rules; standard library only."""
