"""Mail that goes nowhere but into a folder, where the desk shows it."""
