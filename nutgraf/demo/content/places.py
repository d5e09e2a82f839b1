"""Where the demo's places lie: nowhere in truth, so they are laid on a coast that leaves room for them."""

# Name, degrees north, degrees east.
PLACES = [
    ("Almery", 46.2, -1.3),
    ("Ansby", 46.7, -1.0),
    ("Aunemouth", 47.2, -2.1),
    ("Corrie", 44.5, -0.8),
    ("Estmere", 47.6, -2.8),
    ("Hale", 45.8, -0.4),
    ("Hale Moor", 45.6, 0.3),
    ("Hallin", 43.4, -1.6),
    ("Karrow", 42.6, -4.9),
    ("Lamm Abbey", 42.3, -2.9),
    ("Outer Sands", 46.0, -1.9),
    ("Skerry Point", 48.3, -4.6),
    ("Sollen", 43.5, -5.9),
    ("Verrane", 43.4, -3.7),
]
