"""The Almery Bell: its name, its sections, the people who work there, and what its fronts put first."""

from nutgraf.demo.plans import AuthorPlan, SectionPlan, StaffPlan

NAME = "The Almery Bell"
TAGLINE = "News from the harbour and the lands round the Vell, short enough to finish"
ABOUT = (
    "The Almery Bell is written by nine people above a chandler’s shop on Rope Quay. "
    "It covers Estmere and its neighbours, says what it knows and how it knows it, and corrects itself in public. "
    "The newsroom, the countries and everybody in them are invented."
)

SECTIONS = (
    SectionPlan(
        "region", "Region", "The six countries round the Vell, and what passes between them.", "sollen-soldiers"
    ),
    SectionPlan("politics", "Politics", "Who decides in Estmere, with whom, and by how many votes.", "three-tables"),
    SectionPlan("trade", "Trade", "The harbour, the river, and what things cost.", "aune-bargain"),
    SectionPlan("nature", "Land & Sea", "Weather, water and the animals that were here first.", "ninth-closing"),
    SectionPlan("science", "Science", "Health, discovery, and how we know.", "comet-ostrey"),
    SectionPlan("sport", "Sport", "The Ring, the Cup, the Long Mile and the tide.", "corrie-four-seconds"),
)

FRONT_LEAD = "sollen-soldiers"
FRONT_PINS = ("aune-bargain", "three-tables")

STAFF = (
    StaffPlan("rosa", "Rosa Vale", "Reporter"),
    StaffPlan("eli", "Eli Marsh", "Editor"),
    StaffPlan("cleo", "Cleo Aster", "Curator"),
    StaffPlan("priya", "Priya Lund", "Publisher"),
)

AUTHORS = (
    AuthorPlan(
        key="rosa",
        name="Rosa Vale",
        role="Uplands correspondent",
        bio="Rosa has reported from Verrane and Dunmar for eleven years, the last six of them from Sollen. "
        "She was a court stenographer before, and still takes every quotation down in shorthand.",
        portrait_alt="Drawn portrait of a woman with dark hair in a high bun and red earrings.",
        email="rosa@almerybell.example",
        username="rosa",
        links=(("Send a document safely", "https://almerybell.example/safe"),),
    ),
    AuthorPlan(
        key="eli",
        name="Eli Marsh",
        role="Deputy editor",
        bio="Eli edits the Bell’s foreign pages and writes when something has to be explained twice. "
        "He came to the paper as a proofreader and holds it to that standard.",
        portrait_alt="Drawn portrait of a man with ginger hair, a beard and round glasses.",
        email="eli@almerybell.example",
        username="eli",
    ),
    AuthorPlan(
        key="cleo",
        name="Cleo Aster",
        role="Briefings editor",
        bio="Cleo puts together the Bell’s morning briefing and writes its explainers. "
        "She believes that most questions can be answered in four numbers.",
        portrait_alt="Drawn portrait of a woman with a round crown of dark curls and gold earrings.",
        email="cleo@almerybell.example",
        username="cleo",
    ),
    AuthorPlan(
        key="tomas",
        name="Tomas Ferrand",
        role="Defence and Kestria",
        bio="Tomas covers Kestria, the Upland Concord and what they spend. He grew up in Hallin, "
        "left it at nineteen, and reads its official gazette every morning so that others need not.",
        portrait_alt="Drawn portrait of a man with cropped black hair and a green jacket.",
        email="tomas@almerybell.example",
    ),
    AuthorPlan(
        key="hanne",
        name="Hanne Lisle",
        role="River and trade correspondent",
        bio="Hanne writes about the Aune, the harbour and the price of most things. "
        "She is based in Aunemouth and has a barge-master’s licence, lapsed.",
        portrait_alt="Drawn portrait of a woman with a fair bob and a red coat.",
        email="hanne@almerybell.example",
    ),
    AuthorPlan(
        key="yusuf",
        name="Yusuf Carrick",
        role="Assembly correspondent",
        bio="Yusuf has sat in the Assembly’s press gallery for three governments and one fire. "
        "He counts the votes himself.",
        portrait_alt="Drawn portrait of a man with wavy black hair and a beard.",
        email="yusuf@almerybell.example",
    ),
    AuthorPlan(
        key="maud",
        name="Maud Ellery",
        role="Land and sea",
        bio="Maud has kept the Bell’s nature notes since she was a student and its tide tables since the last man "
        "retired. She will tell you that it is not the same storm.",
        portrait_alt="Drawn portrait of a woman with grey hair and round glasses.",
        email="maud@almerybell.example",
    ),
    AuthorPlan(
        key="anselm",
        name="Anselm Quaye",
        role="Science and health",
        bio="Anselm trained as a pharmacist and still reads the appendix first. He covers research, hospitals "
        "and the distance between the two.",
        portrait_alt="Drawn portrait of a man with cropped hair, round glasses and a yellow jacket.",
        email="anselm@almerybell.example",
    ),
    AuthorPlan(
        key="bea",
        name="Bea Lindow",
        role="Sport",
        bio="Bea rowed in the Long Mile four times and finished three. She writes about every sport played within "
        "sight of the Vell, and one that is played in it.",
        portrait_alt="Drawn portrait of a woman with a dark ponytail and a white headband.",
        email="bea@almerybell.example",
    ),
)
