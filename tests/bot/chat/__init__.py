"""What people see of the bot: real updates in, recorded calls out."""
