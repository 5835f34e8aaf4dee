"""The words of the second line: what codes in inspections are called on the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kordon.border.facts import Ground, Judgement, Outcome, Receiver, ReferralReason, Signature
from kordon.border.rules.inspecting import Needs

OUTCOMES: dict[str, Promise] = {
    Outcome.ADMIT: _("Admit"),
    Outcome.REFUSE: _("Refuse entry"),
    Outcome.HAND_OVER: _("Hand over"),
}

JUDGEMENTS: dict[str, Promise] = {
    Judgement.CONFIRMED: _("It is the same person"),
    Judgement.NOT_SAME: _("It is not the same person"),
    Judgement.CANNOT_TELL: _("It cannot be told"),
}

JUDGED: dict[str, Promise] = {
    Judgement.CONFIRMED: _("confirmed"),
    Judgement.NOT_SAME: _("not the same person"),
    Judgement.CANNOT_TELL: _("cannot be told"),
}

RECEIVERS: dict[str, Promise] = {
    Receiver.POLICE: _("Police"),
    Receiver.SECURITY: _("Security service"),
    Receiver.CUSTOMS: _("Customs"),
    Receiver.HEALTH: _("Health service"),
    Receiver.CHILD_PROTECTION: _("Child protection"),
    Receiver.PROTECTION: _("Asylum and protection authority"),
    Receiver.MIGRATION: _("Migration service"),
    Receiver.CONSULATE: _("Consulate"),
}

GROUNDS: dict[str, Promise] = {
    Ground.NO_DOCUMENT: _("No valid travel document"),
    Ground.FALSE_DOCUMENT: _("False, counterfeit or forged travel document"),
    Ground.NO_VISA: _("No valid visa, permit or authorisation"),
    Ground.FALSE_VISA: _("False, counterfeit or forged visa or permit"),
    Ground.PURPOSE_UNPROVEN: _("Purpose and conditions of the stay not shown"),
    Ground.STAY_USED_UP: _("Permitted stay used up"),
    Ground.NO_MEANS: _("No sufficient means"),
    Ground.ALERT: _("Alert for refusing entry"),
    Ground.THREAT: _("Threat to order, security, health or international relations"),
    Ground.BIOMETRICS_REFUSED: _("Biometric data required by law refused"),
}

PROOFS: dict[str, Promise] = {
    Needs.STATEMENT: _("needs a statement"),
    Needs.PHOTO: _("needs a photo"),
    Needs.INTERVIEW: _("needs an interview note"),
    Needs.CONFIRMED_MATCH: _("needs a confirmed match"),
}

REASONS: dict[str, Promise] = {
    ReferralReason.DOCUMENT_DOUBT: _("Doubt about the document"),
    ReferralReason.DOCUMENT_INVALID: _("Document not valid"),
    ReferralReason.DOCUMENT_ALERT: _("Document reported lost, stolen or invalid"),
    ReferralReason.PERSON_MATCH: _("Possible match with a listed person"),
    ReferralReason.VEHICLE_ALERT: _("Vehicle reported"),
    ReferralReason.IDENTITY_DOUBT: _("Doubt about the identity"),
    ReferralReason.STAY: _("Earlier stay to be clarified"),
    ReferralReason.PURPOSE: _("Purpose of the journey to be clarified"),
    ReferralReason.MINOR: _("Child: guardian or consent to be clarified"),
    ReferralReason.VULNERABLE: _("Person who may need help"),
    ReferralReason.FEARS_RETURN: _("Fears to be sent back"),
    ReferralReason.RANDOM: _("Random check"),
    ReferralReason.OTHER: _("Other reason"),
}

SIGNATURES: dict[str, Promise] = {
    Signature.SIGNED: _("The traveller signed"),
    Signature.REFUSED_TO_SIGN: _("The traveller refused to sign"),
}

STATUSES: dict[str, Promise] = {
    "admitted": _("admitted"),
    "referred": _("waits"),
    "in_inspection": _("in inspection"),
    "refused": _("refused"),
    "handed_over": _("handed over"),
    "undone": _("taken back"),
}

CLOCKS: dict[str, Promise] = {
    "running": _("within time"),
    "alarm": _("too long"),
    "escalated": _("far too long"),
}

DEEDS: dict[str, Promise] = {
    "begun": _("Inspection begun"),
    "taken_over": _("Inspection taken over"),
    "noted": _("Interview noted"),
    "evidence_added": _("Photo added"),
    "match_judged": _("Match judged"),
    "proposed": _("Conclusion proposed"),
    "returned": _("Conclusion returned"),
    "concluded": _("Inspection concluded"),
    "notice_issued": _("Written notice given"),
    "protection_flagged": _("Protection flag set"),
    "protection_cleared": _("Protection flag cleared by the authority"),
}
