"""The dozen colours that every picture of the demo newsroom shares, and how they mix."""

Colour = tuple[int, int, int]


def _rgb(value: str) -> Colour:
    return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)


INK = _rgb("15213a")
NIGHT = _rgb("23395d")
SLATE = _rgb("5b6f86")
SEA = _rgb("286a78")
SHALLOW = _rgb("7db3ae")
MIST = _rgb("c8d9d4")
PAPER = _rgb("f5ecd9")
SAND = _rgb("e3c99d")
OCHRE = _rgb("e0a136")
RUST = _rgb("bd4b2f")
ROSE = _rgb("e4a38c")
MOSS = _rgb("4c6a51")
LAMP = _rgb("ffe3a1")


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return the colour that lies ``share`` of the way from one to the other."""
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )
