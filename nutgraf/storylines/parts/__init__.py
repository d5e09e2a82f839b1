"""The parts of a storyline's page, each read in a number of statements and rows that its size does not change."""
