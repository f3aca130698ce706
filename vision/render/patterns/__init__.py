"""Patterns on cloth."""
