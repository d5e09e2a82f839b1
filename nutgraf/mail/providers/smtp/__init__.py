"""Any server that speaks SMTP: one's own, or a provider's."""
