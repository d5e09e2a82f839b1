"""The picture beside a link to a story that has none of its own: drawn on the server from its words, once a version."""
