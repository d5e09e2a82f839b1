"""The newsroom for programs: what is public to be read, and drafts to be written by whoever has a token that may."""
