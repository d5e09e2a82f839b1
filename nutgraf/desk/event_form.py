"""Events in the story form, headed with as much of their date as is known of it."""

from __future__ import annotations

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from nutgraf.stories.blocks import EventBlock


class EventAdapter(StructBlockAdapter):
    js_constructor = "nutgraf.desk.Event"

    @cached_property
    def media(self) -> Media:
        return super().media + Media(js=["desk/components/event_form.js"])


register(EventAdapter(), EventBlock)
