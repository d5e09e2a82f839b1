"""What readers see: pages, search and the stream, from templates, plain CSS and very small scripts."""
