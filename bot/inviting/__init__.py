"""Invitations: links by which an administrator lets a person or a group follow something."""
