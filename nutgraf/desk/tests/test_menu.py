"""The menu holds what one may do, and what belongs to mail stands together."""

import pytest
from django.urls import reverse
from wagtail.admin.menu import SubmenuMenuItem, admin_menu

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "gathered"),
    [
        ("priya", ["briefings", "special-reports", "subscribers", "mail", "mailbox"]),
        ("cleo", ["briefings", "special-reports", "mail"]),
        ("rosa", []),
    ],
)
def test_what_is_for_the_sake_of_editions_is_one_part_of_the_menu(request, rf, settings, who, gathered):
    settings.MAIL = settings.MAIL | {"kind": "files"}
    # Wagtail adds to the menu what its addresses are read with.
    asked = rf.get(reverse("wagtailadmin_home"))
    asked.user = request.getfixturevalue(who)

    items = admin_menu.menu_items_for_request(asked)

    parts = [item for item in items if isinstance(item, SubmenuMenuItem) and item.name == "of-mail"]
    shown = [item.name for part in parts for item in part.menu.menu_items_for_request(asked)]
    assert shown == gathered
    assert not {item.name for item in items} & {"briefings", "special-reports", "subscribers", "mail", "mailbox"}
