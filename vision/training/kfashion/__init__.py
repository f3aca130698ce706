"""K-Fashion, which users can get from AI Hub, as training photos."""
