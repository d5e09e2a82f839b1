"""An archive that moves in: sources yield what they hold one by one, and one half makes it, once."""
