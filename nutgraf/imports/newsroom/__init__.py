"""A whole newsroom as a folder: every row and file of it, written out exactly and restored with the same keys."""
