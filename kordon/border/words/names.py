"""Names of codes, as officers read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DIRECTIONS = {"entry": _("Entry"), "exit": _("Exit")}

PURPOSES = {
    "": _("Not asked"),
    "family": _("Family, friends"),
    "tourism": _("Tourism"),
    "business": _("Business"),
    "work": _("Work"),
    "study": _("Study"),
    "treatment": _("Medical treatment"),
    "transit": _("Transit"),
    "transport": _("Driver or crew"),
    "official": _("Official journey"),
    "return": _("Return home"),
}

REFERRALS = {
    "document_doubt": _("Doubt about the document"),
    "document_invalid": _("Document not valid"),
    "document_alert": _("Document is being looked for"),
    "person_match": _("Possible match with an alert"),
    "vehicle_alert": _("Vehicle is being looked for"),
    "identity_doubt": _("Doubt about who it is"),
    "stay": _("Stay, visa or permit"),
    "purpose": _("Purpose or means unclear"),
    "minor": _("Child: authority to travel"),
    "vulnerable": _("Vulnerable person"),
    "fears_return": _("Fears to be sent back"),
    "random": _("Random check"),
    "old_knowledge": _("What the post knows is too old"),
    "other": _("Other"),
}

STATUSES = {
    "admitted": pgettext_lazy("crossing", "Admitted"),
    "referred": pgettext_lazy("crossing", "Referred"),
    "in_inspection": pgettext_lazy("crossing", "In second line"),
    "refused": pgettext_lazy("crossing", "Refused"),
    "handed_over": pgettext_lazy("crossing", "Handed over"),
    "undone": pgettext_lazy("crossing", "Taken back"),
}

JUDGEMENTS = {
    "": _("Not judged yet"),
    "confirmed": _("Confirmed: the same"),
    "not_same": _("Not the same"),
    "cannot_tell": _("Cannot tell"),
}

OUTCOMES = {"admit": _("Admit"), "refuse": _("Refuse"), "hand_over": _("Hand over")}

RECEIVERS = {
    "police": _("Police"),
    "security": _("Security service"),
    "customs": _("Customs"),
    "health": _("Health service"),
    "child_protection": _("Child protection"),
    "protection": _("Protection authority (asylum)"),
    "migration": _("Migration service"),
    "consulate": _("Consulate"),
}

GROUNDS = {
    "A": _("No valid travel document"),
    "B": _("False, counterfeit or forged travel document"),
    "C": _("No valid visa, permit or authorisation"),
    "D": _("False, counterfeit or forged visa or permit"),
    "E": _("Purpose and conditions of stay not proven"),
    "F": _("Permitted stay used up"),
    "G": _("No sufficient means"),
    "H": _("Alert confirmed"),
    "I": _("Threat to public policy, security, health or international relations"),
    "J": _("Refuses biometrics that the law demands"),
}

NEEDS = {
    "statement": _("in words"),
    "photo": _("a photo"),
    "interview": _("an interview note"),
    "confirmed_match": _("a confirmed match"),
}

SIGNATURES = {"signed": _("Signed"), "refused_to_sign": _("Refused to sign")}

DEEDS = {
    "begun": _("Inspection begun"),
    "taken_over": _("Inspection taken over"),
    "noted": _("Interview noted"),
    "evidence_added": _("Photo added"),
    "match_judged": _("Match judged"),
    "proposed": _("Conclusion proposed"),
    "returned": _("Proposal returned"),
    "concluded": _("Inspection concluded"),
    "notice_issued": _("Written notice given"),
    "protection_flagged": _("Fear of return noted"),
    "protection_cleared": _("Protection authority decided"),
}

FIELDS = {
    "zone": _("Machine-readable zone"),
    "document_code": _("document type"),
    "document_type": _("document type"),
    "issuer": _("issuing state"),
    "number": _("document number"),
    "surname": _("surname"),
    "given_names": _("given names"),
    "nationality": _("nationality"),
    "birth": _("date of birth"),
    "sex": _("sex"),
    "expiry": _("date of expiry"),
    "format": _("format"),
    "name": _("name"),
    "rest": _("optional data"),
    "seal_zone": _("machine-readable zone of the paper"),
    "personal": _("personal number"),
    "optional": _("optional data"),
    "optional_2": _("optional data"),
    "office": _("issuing office"),
    "composite": _("check digit over all"),
    "mrz": _("machine-readable zone"),
    "plate": _("plate"),
    "companions": _("companions"),
    "route": _("route"),
}

CATEGORIES = {
    "entry_ban": _("Entry ban"),
    "return_decision": _("Return decision"),
    "arrest": _("Arrest or extradition"),
    "missing_adult": _("Missing person"),
    "missing_child": _("Missing child"),
    "child_at_risk": _("Child at risk of abduction"),
    "vulnerable": _("Vulnerable traveller"),
    "judicial_summons": _("Summons by a court"),
    "discreet_check": _("Discreet check"),
    "inquiry_check": _("Inquiry check"),
    "specific_check": _("Specific check"),
    "document_stolen": _("Stolen document"),
    "document_lost": _("Lost document"),
    "document_invalidated": _("Invalidated document"),
    "document_blank_stolen": _("Stolen blank document"),
    "vehicle_seize": _("Vehicle to be seized"),
    "vehicle_discreet": _("Discreet check of a vehicle"),
    "agency_notice": _("Notice of another agency"),
}

ACTIONS = {
    "refuse_entry": _("Refuse entry once confirmed"),
    "confirm_departure": _("On exit confirm the departure, on entry contact the owner"),
    "hold_and_call_police": _("Hold and call the police"),
    "protect_and_contact": _("Protect, and contact the owner"),
    "prevent_exit": _("Prevent the exit, and contact the owner"),
    "record_address": _("Record the address and inform the owner"),
    "record_silently": _("Record without a trace"),
    "interview": _("Interview in second line"),
    "search": _("Search as the law allows"),
    "seize_document": _("Seize the document once confirmed"),
    "seize_vehicle": _("Seize the vehicle once confirmed"),
    "contact_agency": _("Contact the agency"),
}
