"""The picture desk's form: it refuses what we cannot keep, and fills in what the file says about itself."""

from __future__ import annotations

import os
import re
from typing import Any

import willow
from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from nutgraf.media import intake


class PictureUploadField(WagtailImageField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = _("%(formats)s, up to %(size)s. What it says about itself fills in what you leave blank.") % {
            "formats": intake.FORMATS_TEXT,
            "size": filesizeformat(self.max_upload_size),
        }
        # The uploader of many files says this in the browser, before it sends anything.
        self.error_messages["invalid_image_extension"] = _(
            "Pictures come as %(formats)s. SVG files are refused, because they can carry scripts."
        ) % {"formats": intake.FORMATS_TEXT}

    def to_python(self, data: Any) -> Any:
        # Not Wagtail's own: it decodes a picture before it counts its dots, and falls over a truncated one.
        file: Any = forms.FileField.to_python(self, data)
        if file is not None:
            file.content_type = intake.examine(file).mime_type
            file.image = willow.Image.open(file)
            file.seek(0)
        return file


class PictureForm(BaseImageForm):
    class Media:
        css = {"all": ["desk/components/picture_form.css"]}

    class Meta(BaseImageForm.Meta):
        widgets = {
            **BaseImageForm.Meta.widgets,
            "description": AdminAutoHeightTextInput,
            "caption": AdminAutoHeightTextInput,
            "rights_note": AdminAutoHeightTextInput,
            "use_until": AdminDateInput,
        }
        help_texts = {"title": _("What the desk calls it. Readers never see it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureUploadField(label=given.label, required=given.required, widget=given.widget)
            # The file's own title will do.
            self.fields["title"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "file" in self.fields:
            self._fill_in()
        return self.cleaned_data

    def _fill_in(self) -> None:
        """Complete the form from a new file; what the editor typed stays."""
        file = self.cleaned_data.get("file")
        name = os.path.splitext(os.path.basename(getattr(file, "name", "") or ""))[0]
        examined = getattr(file, "examined", None)
        typed = dict(self.cleaned_data)
        if _is_same_name(typed.get("title", ""), name):
            # Wagtail's scripts put the file's name there, not the editor.
            typed["title"] = ""
        if examined:
            self.cleaned_data |= {
                field: value for field, value in examined.facts.missing_from(typed).items() if field not in self.errors
            }
        if not self.cleaned_data.get("title"):
            self.cleaned_data["title"] = self.instance.title or name


def _is_same_name(title: str, name: str) -> bool:
    words = [re.sub(r"[\W_]+", " ", text).strip().casefold() for text in (title, os.path.splitext(title)[0], name)]
    return words[2] in words[:2]
