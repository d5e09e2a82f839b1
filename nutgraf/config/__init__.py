"""What holds the newsroom together: settings, addresses, the server and the command line."""
