"""Any provider that django-anymail speaks to."""
