"""The house style in the desk: what is asked of every story, which rules are on and how strict, and the house's own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from nutgraf.copydesk.rules import RULES, Rule
from nutgraf.desk.newsroom import OnlyOneViewSet
from nutgraf.stories.models import HouseStyle, RuleSwitch


def _on(rule: Rule) -> str:
    return f"rule_{rule.key}"


def _limit(rule: Rule) -> str:
    return f"limit_{rule.key}"


def _fields(rule: Rule) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        _on(rule): forms.BooleanField(required=False, label=rule.name, help_text=rule.about)
    }
    if rule.limit is not None:
        fields[_limit(rule)] = forms.IntegerField(
            required=False,
            min_value=0,
            max_value=100_000,
            label=_("%(rule)s: limit") % {"rule": rule.name},
            widget=forms.NumberInput(attrs={"class": "ng-rules__limit"}),
        )
    return fields


RULE_FIELDS = {name: field for rule in RULES for name, field in _fields(rule).items()}
# Made here and not in the form's own `__init__`: what a panel does not know of, Wagtail shows a second time.
_WithRules: Any = type("WithRules", (WagtailAdminModelForm,), dict(RULE_FIELDS))


class HouseStyleForm(_WithRules):
    """The house style with its rules; a rule that is as it came leaves no row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {row.rule: row for row in RuleSwitch.objects.all()}
        for rule in RULES:
            row = rows.get(rule.key)
            self.initial[_on(rule)] = row.is_on if row else True
            self.initial[_limit(rule)] = rule.limit if row is None or row.limit is None else row.limit

    def save(self, commit: bool = True) -> Any:
        style = super().save(commit)
        for rule in RULES:
            is_on, limit = self.cleaned_data[_on(rule)], self.cleaned_data.get(_limit(rule))
            own = limit if limit != rule.limit else None
            if is_on and own is None:
                RuleSwitch.objects.filter(rule=rule.key).delete()
            else:
                RuleSwitch.objects.update_or_create(rule=rule.key, defaults={"is_on": is_on, "limit": own})
        return style


class RulesPanel(Panel):
    """Every rule with its switch, its reason and its limit."""

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": list(RULE_FIELDS)}

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/rules.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"rows": list(self._rows())}

        @property
        def media(self) -> Media:
            return super().media + Media(css={"all": ["desk/components/notes.css"]})

        def _rows(self) -> Iterator[dict[str, Any]]:
            for rule in RULES:
                limit = self.form[_limit(rule)] if rule.limit is not None else None
                yield {"rule": rule, "is_on": self.form[_on(rule)], "limit": limit}


class HouseStyleViewSet(OnlyOneViewSet):
    """What the newsroom asks of every story."""

    name = "house-style"
    model = HouseStyle
    icon = "pilcrow"
    menu_label = _("House style")
    menu_order = 20
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("only_house_labels"),
                    FieldRowPanel([FieldPanel("most_words"), FieldPanel("words_per_minute")], heading=_("Length")),
                    FieldPanel("notes_stand"),
                    InlinePanel(
                        "kinds",
                        [FieldRowPanel([FieldPanel("name"), FieldPanel("most_words")])],
                        heading=_("Kinds of story"),
                        label=_("kind"),
                    ),
                ],
                heading=_("Stories"),
            ),
            ObjectList([MultiFieldPanel([RulesPanel()], heading=_("Rules"))], heading=_("Rules")),
            ObjectList(
                [
                    InlinePanel(
                        "words",
                        [FieldRowPanel([FieldPanel("words"), FieldPanel("preferred"), FieldPanel("reason")])],
                        heading=_("House words"),
                        label=_("word"),
                    )
                ],
                heading=_("Words"),
            ),
        ],
        base_form_class=HouseStyleForm,
    )
