"""What programs can read and write, and what they cannot."""
