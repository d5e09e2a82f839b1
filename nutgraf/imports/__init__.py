"""What comes in from outside: one folder a source, and the memory of what has come."""
