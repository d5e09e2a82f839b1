"""The people who read us: subscribers, the lists they chose, what they agreed to, and who must never be mailed again."""
