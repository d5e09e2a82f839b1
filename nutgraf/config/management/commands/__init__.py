"""Commands that Django finds here before its own."""
