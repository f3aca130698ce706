"""Every signal connection, so that what follows from what can be read in one place."""


def connect() -> None:
    """Called once when the apps are ready."""
