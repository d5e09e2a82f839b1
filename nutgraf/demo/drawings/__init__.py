"""Pictures drawn by code, so that the demo newsroom's illustrations, maps and charts carry no one's rights."""
