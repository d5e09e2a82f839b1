"""What the most used mail programs support, and what our mails ask of them."""
