"""Tell other programs, at addresses that publishers name, what became public, was changed and was withdrawn."""
