"""Units of measure by what they measure, so that acres and hectares are one thing, and per cent and people are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

_TABLE = {
    "AREA": "m² 1, m2 1, sq m 1, square metre 1, square meter 1, hectare 10000, ha 10000, acre 4046.8564224, km² 1000000, km2 1000000, sq km 1000000,"
    " square kilometre 1000000, square kilometer 1000000, square mile 2589988.110336, square foot 0.09290304, square feet 0.09290304, sq ft 0.09290304",
    "LENGTH": "m 1, metre 1, meter 1, km 1000, kilometre 1000, kilometer 1000, cm 0.01, centimetre 0.01, centimeter 0.01, mm 0.001, millimetre 0.001,"
    " millimeter 0.001, mile 1609.344, mi 1609.344, yard 0.9144, foot 0.3048, feet 0.3048, ft 0.3048, inch 0.0254, nautical mile 1852",
    "MASS": "g 1, gram 1, gramme 1, kg 1000, kilo 1000, kilogram 1000, kilogramme 1000, tonne 1000000, t 1000000, ton 907184.74, pound 453.59237,"
    " lb 453.59237, ounce 28.349523125, oz 28.349523125",
    "VOLUME": "l 1, litre 1, liter 1, ml 0.001, millilitre 0.001, milliliter 0.001, cubic metre 1000, cubic meter 1000, m³ 1000, m3 1000, gallon 3.785411784,"
    " barrel 158.987294928",
    "SPEED": "km/h 1, kph 1, kilometre per hour 1, kilometer per hour 1, mph 1.609344, mile per hour 1.609344, mile an hour 1.609344, knot 1.852",
    "POWER": "w 1, watt 1, kw 1000, kilowatt 1000, mw 1000000, megawatt 1000000, gw 1000000000, gigawatt 1000000000",
    "ENERGY": "kwh 1, kilowatt hour 1, mwh 1000, megawatt hour 1000, gwh 1000000, gigawatt hour 1000000, twh 1000000000, terawatt hour 1000000000",
    "SHARE": "% 1, percent 1, per cent 1, pct 1, percentage 1, ‰ 0.1",
    "POINTS OF A SHARE": "percentage point 1, per cent point 1, point 1, pp 1, basis point 0.01",
    "TIME": "second 1, minute 60, hour 3600, day 86400, week 604800",
    "MONTHS": "month 1, year 12",
}
_MONEY = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "us dollar": "dollar", "u.s. dollar": "dollar", "€": "euro", "eur": "euro", "£": "pound sterling",
    "gbp": "pound sterling", "pounds sterling": "pound sterling", "¥": "yen", "jpy": "yen", "chf": "franc", "swiss franc": "franc", "sek": "krona", "nok": "krone",
    "kronor": "krona", "kroner": "krone", "₹": "rupee", "cad": "canadian dollar", "aud": "australian dollar",
}  # fmt: skip
_CURRENCIES = frozenset(
    [*_MONEY.values(), *"yuan renminbi rupee rouble ruble crown peso rand lira won zloty forint hryvnia shekel dirham riyal dinar baht naira cedi shilling".split()]
)  # fmt: skip
_PLURAL = re.compile(r"(?<=[^\W\d_]{2})(?<!s)(?<!ee)s\b(?=$|\s(?:per|an)\s)")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is measured in: two units of one dimension can be converted into each other."""

    dimension: str = ""
    factor: Decimal = Decimal(1)
    is_money: bool = False

    def converted(self, value: Decimal, other: Unit) -> Decimal | None:
        """Return a value of this unit in another, or nothing if they measure different things."""
        if self.dimension != other.dimension:
            return None
        if self.factor == other.factor:
            return value
        with localcontext() as context:
            # A column holds 24 digits; those of a product must not be lost before it is rounded for reading.
            context.prec = 40
            return value * self.factor / other.factor


@lru_cache(maxsize=1024)
def unit_of(words: str) -> Unit:
    """Return the unit that is written in some way; one that nobody knows is a dimension of its own."""
    low = " ".join(words.casefold().replace("-", " ").split())
    if not low:
        return Unit()
    singular = _PLURAL.sub("", low)
    for name in (low, singular):
        if name in _FACTORS:
            dimension, factor = _FACTORS[name]
            return Unit(dimension, factor)
    money = _MONEY.get(low) or _MONEY.get(singular) or (singular if singular in _CURRENCIES else "")
    if money:
        return Unit(money, is_money=True)
    return Unit(singular)


_FACTORS = {
    name: (dimension, Decimal(factor))
    for dimension, row in _TABLE.items()
    for name, _, factor in (entry.strip().rpartition(" ") for entry in row.split(","))
}
