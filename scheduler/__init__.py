"""What happens by the clock: the ticks, and with later capabilities planning and delivery."""
