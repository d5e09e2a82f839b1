"""Live stories: short entries with their times, filed one after the other while something happens."""
