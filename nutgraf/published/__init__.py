"""Bytes to browsers: pages pressed once, what each of them showed, and when that stopped being true."""
