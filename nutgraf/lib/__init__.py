"""Small tools, each named for its purpose; nothing here knows the newsroom."""
