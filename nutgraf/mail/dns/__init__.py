"""What a sender's domain says about who may send for it, explained for somebody who has never heard of it."""
