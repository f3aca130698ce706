"""What waits for a person, what people answered, and how sure the model must be to need nobody."""
