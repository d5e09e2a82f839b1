"""On the desk: three drafts, one story that waits for an editor, and one that goes out tomorrow."""

from __future__ import annotations

from nutgraf.demo.content.verrane import counted
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import Status, StoryPlan
from nutgraf.stories.samples import event, number, paragraph, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return the stories that readers do not see yet."""
    return [_bakers(dates), _insurers(dates), _oysters(dates), _bookkeeper(dates), _morning(dates)]


def _bakers(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="bakers-by-night",
        section="region",
        authors=("rosa",),
        at=dates.ago(minutes=18),
        place="SOLLEN",
        headline="Sollen’s bakers open at two in the morning, curfew or not",
        short_head="Bread by night",
        lede="In at least five streets of Verrane’s capital bread is sold through back doors at two in the "
        "morning, at the official price, to people who have been told to stay indoors.",
        parts=(
            point("Why it matters", "Two decrees contradict each other, and a city has found the hour between them."),
            point(
                "What we know",
                "Flour comes from the gendarmerie’s own store. Ask Halvik who signs for it.",
                "Five bakeries confirmed; two more named by customers. Names withheld.",
            ),
            paragraph("Need: someone from the ministry, even to say nothing. Need: how long it can last."),
        ),
        status=Status.DRAFT,
    )


def _insurers(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="insuring-the-aune",
        section="trade",
        authors=("hanne",),
        at=dates.ago(hours=2, minutes=50),
        headline="Insurers put a price on the Aune, and it is high",
        short_head="What the river costs",
        lede="Cover for a barge above Sarn Lock costs eleven times what it did a week ago, if a broker will name "
        "a price at all.",
        parts=(
            point(
                "Why it matters",
                "Without cover no bank lets a cargo sail. The lock could open tomorrow and the river would stay shut.",
            ),
            point(
                "By the numbers",
                "From 0.2 to 2.2 percent of the cargo’s worth, per voyage.",
                facts=(number("2.2", "premium for a voyage above Sarn Lock", unit="% of cargo", as_of=dates.day(0)),),
            ),
        ),
        status=Status.DRAFT,
    )


def _oysters(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="oysters-at-the-mint",
        section="nature",
        authors=("maud",),
        at=dates.clock(-2, 16, 0),
        headline="Wild oysters have settled on the old mint’s outfall",
        short_head="Oysters at the mint",
        lede="Divers who came to seal a pipe found some 9,000 oysters living in it, and have asked what to do.",
        parts=(point("Why it matters", "There were thought to be no wild oysters left in the Vell."),),
        status=Status.DRAFT,
    )


def _bookkeeper(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="the-bookkeeper",
        section="region",
        authors=("rosa",),
        at=dates.ago(minutes=26),
        place="TARVIK",
        eyebrow="Profile",
        headline="The bookkeeper of Foundry Street who speaks for a revolt",
        short_head="The bookkeeper",
        lede="Nadja Orlin, 34, balanced the accounts of a cooperative bakery until four days ago. Now a "
        "government sends her messages, and she files them by date.",
        parts=(
            point(
                "Why it matters",
                f"If there are talks at Lamm on {dates.on(3)}, she will be across the table from a president who "
                "has never sat opposite anybody.",
                facts=(counted.talks_at_lamm(dates),),
            ),
            point(
                "Zoom in",
                "She has no party, no car and no deputy. The committee’s 40 members take decisions in a flour "
                "store, standing, because standing meetings end.",
                facts=(number(40, "members of the Bread Line committee"),),
            ),
            point(
                "What they’re saying",
                "“She once found four dren that were missing for two years,” says Otto Lemm, the head baker. "
                "“They were mine.”",
                facts=(
                    quote(
                        "She once found four dren that were missing for two years. They were mine.",
                        "Otto Lemm",
                        "head baker",
                        "Foundry Street cooperative bakery, Tarvik",
                    ),
                ),
            ),
            point(
                "The other side",
                "The interior ministry calls her “a person without office”. She has put it on the door.",
            ),
        ),
        status=Status.SUBMITTED,
    )


def _morning(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="before-skerry-point",
        section="politics",
        authors=("cleo", "eli"),
        at=dates.tomorrow(6, 30),
        eyebrow="The day ahead",
        headline="Five things to know before the council meets at Skerry",
        short_head="Before Skerry Point",
        picture="empty-table",
        lede="The Vell Council has met in extraordinary session four times in its life. Here is what the fifth "
        "has in front of it.",
        parts=(
            point(
                "What to watch",
                "The sentence with “invited” in it. If it is read out, mediation is on.",
                "Tolmia’s chair. An abstainer in the Concord may be the fifth vote in the council.",
                "The island’s clock, which is twenty minutes slow until next month. Sessions open by the north face.",
                "The ferry: delegates who stay for the evening are staying for a result.",
                "The calendar. Government and committee are due at Lamm a day later.",
                facts=(counted.council_session(dates), counted.talks_at_lamm(dates)),
            ),
            point(
                "Why it matters",
                "The council cannot send a soldier or a loaf. It can make it awkward to refuse either.",
            ),
            point(
                "Flashback",
                f"Its last extraordinary session, in {dates.year(-9)}, was about lobsters. It worked.",
                facts=(
                    event(
                        "Extraordinary session of the Vell Council on lobsters",
                        place="Skerry Point",
                        starts=dates.first_of_year(-9),
                        precision="YEAR",
                    ),
                ),
            ),
        ),
        status=Status.SCHEDULED,
    )
