"""A question becomes a Query, the Query finds facts, facts become an Answer; pure, and no language model."""
