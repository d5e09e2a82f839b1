"""What other programs are told, in which way, and what is not lost."""
