"""Pictures: what they show, whom they credit, how long we may use them, and their renditions."""
