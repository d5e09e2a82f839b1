"""What others may hear of the audience."""

from django.dispatch import Signal

# Somebody left a list: `number`, `list_key`, `via` (the number of the edition whose link it was, told once; or 0) and `at`.
unsubscribed = Signal()
