"""The people who write, the sections they write for, and the newsroom's own name."""
