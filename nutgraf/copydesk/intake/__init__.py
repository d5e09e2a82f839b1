"""Take in copy in whatever form it comes, and hand on one text with its lines and marks."""
