"""What agencies and other sites send, item after item: read from feeds and ninjs, whatever is wrong with one of them."""
