"""What those who run LookUs see of all malls' money, and do about it."""
