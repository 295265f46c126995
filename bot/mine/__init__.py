"""What a place follows, how it is reminded, and what stands open there: /mine."""
