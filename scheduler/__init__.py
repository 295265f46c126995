"""What happens by the clock: ticks, and the courier that delivers; planning comes with the reminders."""
