"""The seed project's networks and ranking, to measure beside ours."""
