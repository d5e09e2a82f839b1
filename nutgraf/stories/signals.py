"""What other apps may hear of a story, inside the transaction that changes it.

Streams listen to keep their order; nothing that may fail on its own belongs here.
"""

from django.dispatch import Signal

# Arguments: story, before (the story as it was), at, version (its new PublicVersion, None if readers see no difference),
# is_restored (readers have had it elsewhere, so it is no news).
published = Signal()

# Arguments: stories, new and public since their days, which readers have had elsewhere. Of these no `published` is told.
restored = Signal()

# Arguments: story.
unpublished = Signal()

# Arguments: story (public), at. Facts that stand beside its body were written or taken out.
facts_changed = Signal()
