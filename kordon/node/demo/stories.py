"""What happened to referred travellers: why they were referred, what was said, how it ended."""

from dataclasses import dataclass

from kordon.border.facts import Ground, Outcome, Receiver, ReferralReason


@dataclass(frozen=True, kw_only=True)
class Story:
    """One course of an inspection. ``weight``: how often; ``entry_only``: not when leaving."""

    reason: ReferralReason
    outcome: Outcome
    note: str
    statement: str = ""
    ground: Ground | None = None
    receiver: Receiver | None = None
    weight: int = 10
    entry_only: bool = False


STORIES = (
    Story(
        reason=ReferralReason.DOCUMENT_DOUBT,
        outcome=Outcome.ADMIT,
        note="Laminate of the data page lifted at one corner. Examined under magnifier and UV: "
        "fibres and print as the specimen; wear, no alteration.",
        weight=26,
    ),
    Story(
        reason=ReferralReason.RANDOM,
        outcome=Outcome.ADMIT,
        note="Chosen by chance for a full check. Answers match the documents shown.",
        weight=22,
    ),
    Story(
        reason=ReferralReason.PURPOSE,
        outcome=Outcome.ADMIT,
        note="Visits a sister for a wedding. Invitation and return ticket shown; called the host, "
        "who confirmed the address.",
        weight=18,
        entry_only=True,
    ),
    Story(
        reason=ReferralReason.IDENTITY_DOUBT,
        outcome=Outcome.ADMIT,
        note="Photo eleven years old. Compared features with a second officer and with the "
        "identity card: the same person.",
        weight=16,
    ),
    Story(
        reason=ReferralReason.MINOR,
        outcome=Outcome.ADMIT,
        note="Travels with her grandmother. Notarised consent of both parents shown; mother "
        "reached by telephone.",
        weight=12,
    ),
    Story(
        reason=ReferralReason.STAY,
        outcome=Outcome.ADMIT,
        note="Days of stay counted again with the traveller: two visits were on one day each. "
        "Within the limit.",
        weight=8,
    ),
    Story(
        reason=ReferralReason.PURPOSE,
        outcome=Outcome.REFUSE,
        ground=Ground.PURPOSE_UNPROVEN,
        note="Says tourism for a month. No booking, names no town to visit, tools for building "
        "work in the luggage. Says a foreman will call; no number known.",
        statement="The purpose of the journey was not shown.",
        weight=6,
        entry_only=True,
    ),
    Story(
        reason=ReferralReason.STAY,
        outcome=Outcome.REFUSE,
        ground=Ground.STAY_USED_UP,
        note="Has used the days allowed in this period; shows no permit. Explained when entry is "
        "possible again.",
        statement="The days of stay allowed in this period are used up.",
        weight=5,
        entry_only=True,
    ),
    Story(
        reason=ReferralReason.DOCUMENT_INVALID,
        outcome=Outcome.REFUSE,
        ground=Ground.NO_DOCUMENT,
        note="Passport expired in the spring; no other document. Told where the consulate is.",
        statement="The passport has expired and no other valid travel document was shown.",
        weight=4,
        entry_only=True,
    ),
    Story(
        reason=ReferralReason.OTHER,
        outcome=Outcome.HAND_OVER,
        receiver=Receiver.CUSTOMS,
        note="Undeclared medicines in quantity. The traveller asked for the customs officer.",
        statement="Goods to be declared; taken over by the customs officer on duty.",
        weight=3,
    ),
    Story(
        reason=ReferralReason.VULNERABLE,
        outcome=Outcome.HAND_OVER,
        receiver=Receiver.CHILD_PROTECTION,
        note="Girl of fourteen with an adult who is not a relative and cannot say where they will "
        "stay. Interviewed apart by a woman officer.",
        statement="Taken over by the child-protection officer.",
        weight=1,
    ),
)
LANGUAGES = ("Russian", "Russian", "Russian", "Kyrgyz", "Uzbek", "Kazakh", "English", "Tajik")
