"""The river: what the unrest does to barges, wheat, light and an old bargain below it."""

from __future__ import annotations

from nutgraf.demo.content.verrane import counted
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import Earlier, Part, StoryPlan
from nutgraf.stories.samples import bullet, event, number, point, quote


def stories(dates: Dates) -> list[StoryPlan]:
    """Return these stories."""
    return [
        _pilots(dates),
        _wheat(dates),
        _dam(dates),
        _bargain(dates),
    ]


def _pilots(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="river-pilots",
        section="trade",
        authors=("hanne",),
        at=dates.clock(-2, 16, 30),
        place="SARN LOCK",
        headline="River pilots stop at Verrane’s border, and barges pile up",
        short_head="Pilots stop at the border",
        picture="barges",
        lede="The pilots who take grain up the Aune and copper down it will not cross into Verrane until somebody "
        "tells them who commands the locks. Nobody has.",
        parts=(
            point(
                "Why it matters",
                "Two thirds of what Verrane eats comes up this river, and four fifths of what it sells goes down. "
                "There is a railway; it has just been asked to carry other things.",
                facts=(
                    number(66, "share of Verrane’s food that comes by river", unit="%", wording="two thirds"),
                    number(80, "share of Verrane’s exports that leave by river", unit="%", wording="four fifths"),
                ),
            ),
            point(
                "What’s happening",
                f"Seventeen barges were waiting below Sarn Lock by {dates.weekday(-2)} afternoon, six of them with "
                "wheat that Sollen had ordered in a hurry.",
                "The lock-keeper works for a company that Verrane, Kestria and Pelland own together. He has "
                "received three sets of orders and followed the oldest.",
                facts=(counted.barges(dates, -2, 17),),
            ),
            quote(
                "I can take a boat past a sandbank I do not know. I cannot take it past a man I do not know.",
                "Marit Solberg-Oake",
                "river pilot",
                "Aune Pilots’ Guild",
            ),
            point(
                "The catch",
                "A pilot who refuses a passage loses the fee, 620 florins. Forty-four of the guild’s 51 have refused.",
                facts=(
                    number(
                        44, "river pilots who refuse to enter Verrane", source="Aune Pilots’ Guild", as_of=dates.day(-2)
                    ),
                    number(620, "fee for piloting a barge to Sollen", unit="florins"),
                ),
            ),
            point(
                "What to watch",
                "Wheat keeps for months in a hold. Flour does not, and nine of the barges carry flour.",
            ),
        ),
    )


def _wheat(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="wheat-in-almery",
        section="trade",
        authors=("hanne",),
        at=dates.clock(-1, 15, 10),
        headline="Wheat jumps nine percent in Almery as the Aune stands still",
        short_head="Wheat up nine percent",
        picture="chart-wheat",
        lede="A tonne of wheat for delivery in Almery cost 262 florins at the close, nine percent more than "
        "before the riots. There is no shortage of wheat, only of certainty about where it is.",
        parts=(
            point(
                "The stakes",
                "Almery’s price is the one that bakers from here to Dunmar copy. What is written on the board at four "
                "o’clock is on the shelf in a fortnight.",
            ),
            point(
                "By the numbers",
                "262 florins a tonne, up from 240 on the last quiet day.",
                "29 barges wait at Sarn Lock, twelve more than a day before.",
                "Estmere’s own silos hold 71 days of flour.",
                facts=(
                    number(262, counted.WHEAT, unit="florins", as_of=dates.day(-1), source="Almery Corn Exchange"),
                    number(240, counted.WHEAT, unit="florins", as_of=dates.day(-4), source="Almery Corn Exchange"),
                    counted.barges(dates, -1, 29),
                    number(
                        71, "flour in Estmere’s silos", unit="days’ supply", as_of=dates.day(-1), source="Food ministry"
                    ),
                ),
            ),
            point(
                "Reality check",
                "Pelland’s harvest was the second best on record. “The grain exists. I have stood on it,” says Bram "
                "Okker, who buys for three mills.",
                facts=(quote("The grain exists. I have stood on it.", "Bram Okker", "grain buyer", "Rope Quay Mills"),),
            ),
            point(
                "Between the lines",
                "Somebody bought 30,000 tonnes in one order just after the opening. On the exchange they think of a "
                "government, and look at Hallin, which has soldiers to feed.",
                facts=(number(30000, "size of the day’s largest wheat order", unit="tonnes", as_of=dates.day(-1)),),
            ),
        ),
    )


def _dam(dates: Dates) -> StoryPlan:
    return StoryPlan(
        slug="karrow-dam",
        section="trade",
        authors=("hanne",),
        at=dates.ago(hours=8, minutes=20),
        place="SARN LOCK",
        headline="Pelland wakes to foreign soldiers on the dam that lights it",
        short_head="Soldiers on Karrow Dam",
        picture="dam",
        lede="Concord soldiers took over the gatehouse of Karrow Dam before dawn. The dam stands in Verrane, and "
        "the lamps that it feeds are in Pelland.",
        parts=(
            point(
                "Why it matters",
                "Karrow makes 41 percent of Pelland’s electricity and decides how much river it gets. Until last "
                "night the three people who could open its gates were engineers.",
                facts=(number(41, "share of Pelland’s electricity from Karrow Dam", unit="%", source="Pelland Grid"),),
            ),
            point(
                "What happened",
                "About 60 Kestrian soldiers arrived in lorries at half past three and asked for the keys.",
                "The shift engineer gave them the keys and kept the codes, as his handbook says.",
                "Output has not changed. One spillway gate of three is open, which is usual for the season.",
                facts=(
                    number(60, "Kestrian soldiers at Karrow Dam", wording="about 60", as_of=dates.day(0)),
                    event("Concord soldiers occupy Karrow Dam", place="Karrow, Verrane", starts=dates.day(0)),
                ),
            ),
            point(
                "What they’re saying",
                "“I do not mind who guards a tap. I mind who turns it,” says Annelie Roosen, Pelland’s prime minister.",
                "“The dam is safer today than yesterday,” says the Concord’s spokesman, who did not say from what.",
                facts=(
                    quote(
                        "I do not mind who guards a tap. I mind who turns it.",
                        "Annelie Roosen",
                        "prime minister",
                        "Pelland",
                    ),
                ),
            ),
            point(
                "How it works",
                "Closing all three gates would take eleven minutes. Downstream, the level at Sarn Lock would "
                "begin to fall after two hours, and no barge could move after nine.",
                facts=(number(9, "time from closing the gates until the river is impassable", unit="hours"),),
            ),
            point(
                "What we don’t know",
                "Who gave the order. The mission’s mandate lists airfields, railways and “bridges of importance”. "
                "It does not mention dams.",
            ),
        ),
    )


def _bargain(dates: Dates) -> StoryPlan:
    dam = dates.address("trade", dates.ago(hours=8, minutes=20), "karrow-dam")
    border = dates.address("politics", dates.ago(hours=4, minutes=5), "kestria-thins-border")

    def opening(barges: int) -> tuple[Part, ...]:
        return (
            point(
                "Why it matters",
                "Pelland had bargained for seven months with 9,000 soldiers at its fence. The fence is now "
                "thinner and the tap is in the soldiers’ hands: it holds better cards than last week, and sits at "
                "a worse table.",
                facts=(number(9000, counted.BORDER, as_of=dates.day(-7), source="Kestria’s defence ministry"),),
            ),
            point(
                "The latest",
                f'Some 1,900 of the soldiers have <a href="{border}">left for Verrane</a>, and about 60 of those hold '
                f'<a href="{dam}">Karrow Dam</a>, which makes 41 percent of Pelland’s electricity.',
                f"{barges} barges are waiting at Sarn Lock. The line is eleven kilometres long.",
                bullet(
                    f"The Aune Accord was to be signed on {dates.on(6)}:",
                    "Kestria would take its soldiers home,",
                    "Pelland would let Kestria’s copper through without duty,",
                    "and the dam would be run by all three, with a Pellander at the gates.",
                ),
                facts=(
                    number(1900, "Kestrian soldiers in Verrane", as_of=dates.day(0), source="Upland Concord"),
                    counted.barges(dates, 0, barges),
                    counted.signing(dates),
                ),
            ),
        )

    rest: tuple[Part, ...] = (
        point(
            "Between the lines",
            "Neither side wants to be the first to say that the accord is dead, as the other would then have "
            "killed it.",
            "For Kestria the question is attention more than arms. “You can fight on two fronts. You cannot have two "
            "emergencies in one man’s day,” says Mirela Stroud, who directs a research institute in Ansby.",
            "For Pelland it is arithmetic: a quarter of its wheat is sold to mills that cannot be reached.",
            facts=(
                quote(
                    "You can fight on two fronts. You cannot have two emergencies in one man’s day.",
                    "Mirela Stroud",
                    "director",
                    "Institute for Rivers and Borders, Ansby",
                ),
            ),
        ),
        point(
            "What they’re saying",
            "“We shall go to Aunemouth with a pen. I hope to be met,” Annelie Roosen, Pelland’s prime minister, told "
            "the Bell.",
            facts=(
                quote(
                    "We shall go to Aunemouth with a pen. I hope to be met.",
                    "Annelie Roosen",
                    "prime minister",
                    "Pelland",
                    "the Bell",
                ),
            ),
        ),
        point(
            "Yes, but",
            "If Sollen calms down within the month, Kestria will have shown that it can send an army somewhere "
            "and bring order. That would be worth more at the next table than all the tents on the border.",
        ),
        point(
            "What we’re watching",
            f"Whether Jorund Halleck, Kestria’s First Minister, still comes to Aunemouth on {dates.on(6)} himself. His "
            "hotel has not been cancelled. It has not been paid either.",
            facts=(counted.signing(dates),),
        ),
        point(
            "The bottom line",
            "A quarrel over bread has moved an army off one border and on to a river. The people who live between "
            "the two were not asked about either.",
        ),
    )
    lede = (
        "Soldiers who were to leave Pelland’s border under a treaty due in six days have left it early, for "
        "Verrane. With them went the treaty’s purpose; what they now stand on is its subject."
    )
    return StoryPlan(
        slug="aune-bargain",
        section="trade",
        authors=("hanne", "tomas"),
        at=dates.ago(hours=1, minutes=35),
        updated_at=dates.ago(minutes=31),
        eyebrow="Analysis",
        place="AUNEMOUTH",
        headline="Unrest upstream upends Pelland’s river bargain with Kestria",
        short_head="Pelland’s bargain upended",
        picture="map-river",
        lede=lede,
        parts=(*opening(38), *rest),
        earlier=Earlier(
            lede=lede, parts=(*opening(35), *rest), sentence="The latest figures, and what they mean for the treaty."
        ),
    )
