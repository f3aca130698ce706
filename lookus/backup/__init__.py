"""Backups: of a whole installation, or of one shop; a folder that is whole or is refused."""
