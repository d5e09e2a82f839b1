"""The nouns of this app: briefings, their editions, what those carried and told, special reports."""

from nutgraf.briefings.models.briefing import Briefing
from nutgraf.briefings.models.edition import Edition
from nutgraf.briefings.models.following import FollowMail
from nutgraf.briefings.models.records import Carried, CorrectionMail, Link, Told
from nutgraf.briefings.models.report import ReportStory, SpecialReport

__all__ = [
    "Briefing",
    "Carried",
    "CorrectionMail",
    "Edition",
    "FollowMail",
    "Link",
    "ReportStory",
    "SpecialReport",
    "Told",
]
