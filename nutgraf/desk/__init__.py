"""What editors see: the Wagtail admin, made a newsroom's own."""
