"""The story: its blocks, the facts mirrored from them, its labels and what can be done with it."""
