"""What editors see: the story form, the desk's home, fronts, labels, authors, and the roles of the people who use them."""
