"""How an installation is watched: logs, health, figures and traces (docs/operations.md)."""
