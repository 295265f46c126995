"""Broadcasts in chat: composing one step by step, and the card that shows how far it has come."""
