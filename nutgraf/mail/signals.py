"""What came back, told to whoever keeps the addresses.

Each is sent with `address`, `delivery` (or None), `number` (or None), `at` and `reply`, `bounced` also with `kind`:
`hard` where the address does not exist, `soft` for everything that may pass. Within the transaction that writes it down.
"""

from django.dispatch import Signal

bounced = Signal()
complained = Signal()
