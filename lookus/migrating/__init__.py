"""Migrations that are safe while the version before still serves (docs/operations.md)."""
