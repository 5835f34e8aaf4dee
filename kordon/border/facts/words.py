"""The words of the border: every code a fact may carry. Codes never change their meaning."""

from enum import StrEnum


class Direction(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


class Decision(StrEnum):
    """What the first line may decide. It never refuses."""

    ADMIT = "admit"
    REFER = "refer"


class Purpose(StrEnum):
    """What the traveller says the journey is for."""

    UNSTATED = ""
    FAMILY = "family"
    TOURISM = "tourism"
    BUSINESS = "business"
    WORK = "work"
    STUDY = "study"
    TREATMENT = "treatment"
    TRANSIT = "transit"
    TRANSPORT = "transport"
    OFFICIAL = "official"
    RETURN = "return"


class Level(StrEnum):
    """How a finding stands to the decision, worst first."""

    STOP = "stop"
    LOOK = "look"
    NOTE = "note"
    FINE = "fine"


class Source(StrEnum):
    """Who is asked about a traveller."""

    DOCUMENT = "document"
    CHIP = "chip"
    SEAL = "seal"
    CROSS_CHECK = "cross_check"
    DOCUMENT_ALERTS = "document_alerts"
    SLTD = "sltd"
    PERSON_ALERTS = "person_alerts"
    VEHICLE_ALERTS = "vehicle_alerts"
    EARLIER_CROSSINGS = "earlier_crossings"
    STAY_RULES = "stay_rules"
    ADVANCE_DATA = "advance_data"
    BIOMETRICS = "biometrics"
    POST = "post"
    HEADQUARTERS = "headquarters"


class SourceState(StrEnum):
    ANSWERED = "answered"
    NOT_CONNECTED = "not_connected"
    NOT_APPLICABLE = "not_applicable"


class Whereabouts(StrEnum):
    """Where our own records say the traveller is."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class ReferralReason(StrEnum):
    """Why a traveller is sent to the second line."""

    DOCUMENT_DOUBT = "document_doubt"
    DOCUMENT_INVALID = "document_invalid"
    DOCUMENT_ALERT = "document_alert"
    PERSON_MATCH = "person_match"
    VEHICLE_ALERT = "vehicle_alert"
    IDENTITY_DOUBT = "identity_doubt"
    STAY = "stay"
    PURPOSE = "purpose"
    MINOR = "minor"
    VULNERABLE = "vulnerable"
    FEARS_RETURN = "fears_return"
    RANDOM = "random"
    OLD_KNOWLEDGE = "old_knowledge"
    OTHER = "other"


class Judgement(StrEnum):
    """Whether the traveller is the one an alert means."""

    CONFIRMED = "confirmed"
    NOT_SAME = "not_same"
    CANNOT_TELL = "cannot_tell"


class Outcome(StrEnum):
    """How an inspection ends."""

    ADMIT = "admit"
    REFUSE = "refuse"
    HAND_OVER = "hand_over"


class Receiver(StrEnum):
    """To whom a traveller is handed over."""

    POLICE = "police"
    SECURITY = "security"
    CUSTOMS = "customs"
    HEALTH = "health"
    CHILD_PROTECTION = "child_protection"
    PROTECTION = "protection"
    MIGRATION = "migration"
    CONSULATE = "consulate"


class Ground(StrEnum):
    """Grounds of refusal by their common letters; national codes map to these."""

    NO_DOCUMENT = "A"
    FALSE_DOCUMENT = "B"
    NO_VISA = "C"
    FALSE_VISA = "D"
    PURPOSE_UNPROVEN = "E"
    STAY_USED_UP = "F"
    NO_MEANS = "G"
    ALERT = "H"
    THREAT = "I"
    BIOMETRICS_REFUSED = "J"


class Signature(StrEnum):
    """What the traveller did with the written notice."""

    SIGNED = "signed"
    REFUSED_TO_SIGN = "refused_to_sign"
