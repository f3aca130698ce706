"""What those who run LookUs see of all malls' numbers."""
