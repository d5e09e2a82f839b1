"""Answer readers from the store, in front of Django: the same rules for every kind of server."""
