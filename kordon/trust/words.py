"""What codes, refusals and deeds of the trust store are called on pages."""

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from kordon.journal.refusal import Refusal
from kordon.ui.words import locale

KINDS = {
    "master_list": _("Master list"),
    "certificates": _("Certificates by hand"),
    "seal_signers": _("Signers of seals"),
    "revocation_list": _("Revocation list"),
    "distrust": _("Not to be trusted"),
    "trust_again": _("To be trusted again"),
    "withdrawal": _("Withdrawal of a source"),
    "policy": _("Number of lists asked for"),
}
STATUSES = {
    "pending": _("waits for a second officer"),
    "approved": _("approved"),
    "returned": _("returned"),
}
BADGES = {"pending": "k-look", "approved": "k-accent"}
DIRECT = {"own": _("The own state's"), "bilateral": _("From another state, by hand")}
SOURCES = DIRECT | {"seals": _("Signers of seals, by hand")}
STANDINGS = {
    "SELF_SIGNED": _("signed with its own key"),
    "LINKED": _("link certificate"),
    "ISSUER_UNKNOWN": _("its issuer is not in the list"),
    "WRONG_SIGNATURE": _("its signature is wrong"),
    "UNUSABLE": _("its key cannot be used"),
    "SIGNER": _("where a trusted authority issued it"),
    "SIGNER_ALONE": _("by itself, by decision"),
}
BELIEFS = {
    "anchor": _("trusted"),
    "link": _("only where a trusted authority signed it"),
    "seal_signer": _("signs seals"),
    "too_few_lists": _("not trusted: in too few lists"),
    "distrusted": _("not trusted: by decision"),
    "unusable": _("not trusted: signature or key wrong"),
}
BELIEF_BADGES = {"anchor": "k-accent", "link": "", "seal_signer": "", "distrusted": "k-stop"}
COUNTS = {
    "certificates": _("Certificates"),
    "unreadable": _("Could not be read"),
    "self_signed": _("Signed with their own key"),
    "linked": _("Link certificates"),
    "issuer_unknown": _("Issuer not in the list"),
    "wrong_signature": _("Wrong signature"),
    "unusable": _("Unusable key"),
}

# The sentences of rules.py and of commands, which know no framework.
SENTENCES = (
    gettext_noop("The short name has up to 20 letters and digits."),
    gettext_noop("This name stands for certificates that came by hand."),
    gettext_noop("The title is missing, or longer than 200 characters."),
    gettext_noop("The list does not say when it was signed, so it cannot be put in order."),
    gettext_noop("The list says that it was signed in the future."),
    gettext_noop("The list in the store was signed later than this one, or it is the same."),
    gettext_noop("The certificate of the signer was not valid when the list was signed."),
    gettext_noop(
        "Another authority signed this list than the one accepted for it. "
        "If the publisher has announced that, say so and import again."
    ),
    gettext_noop("Certificates by hand are the own state's, or bilateral."),
    gettext_noop("There is no certificate in this file."),
    gettext_noop("A certificate in this file cannot be used, or its signature is wrong."),
    gettext_noop("A certificate in this file is not one of an authority."),
    gettext_noop("A certificate in this file is one of an authority, not of a signer."),
    gettext_noop("The key of a certificate in this file cannot sign seals."),
    gettext_noop("There are too many certificates in this file."),
    gettext_noop("There must be one revocation list in this file."),
    gettext_noop("This file is no PEM."),
    gettext_noop("Say why."),
    gettext_noop("The number of lists lies between 1 and 50."),
    gettext_noop("A state is written in two capital letters."),
    gettext_noop("A change of this already waits for a second officer."),
    gettext_noop("This change has been decided about."),
    gettext_noop("Another officer must approve what you asked for."),
    gettext_noop("There is no such certificate in the store."),
    gettext_noop("There is no such source in the store."),
    gettext_noop("There is no such change."),
    gettext_noop("That is so already."),
    gettext_noop("No authority that is trusted here signed this revocation list."),
    gettext_noop("Every certificate of this file is in the store already."),
)
READ = {
    "LIST_SIG_INVALID": _("The signature of the list does not hold. It is not taken."),
    "LIST_MESSAGE_DIGEST_MISMATCH": _("The list was changed after it was signed."),
    "LIST_NOT_CMS": _("This file is no signed list."),
    "LIST_WRONG_ECT": _("This file is signed, and no master list."),
    "LIST_NO_SIGNER_CERT": _("The certificate of the signer is not enclosed."),
    "LIST_SIGNER_EKU": _("The certificate of the signer is not one for signing master lists."),
}


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language; a fault of the library by its code."""
    code = str(refusal).partition(":")[0]
    if code in READ:
        return str(READ[code])
    if code.isupper():
        return str(_("The file cannot be read: %(why)s")) % {"why": str(refusal)}
    return gettext(str(refusal))


def state_name(code: str) -> str:
    """The state of a two-letter code of a certificate, as far as it is one."""
    special = {"UT": _("Utopia (specimen)"), "EU": _("European Union"), "UN": _("United Nations")}
    if code in special:
        return str(special[code])
    return str(locale().territories.get({"KS": "XK"}.get(code, code), code))


def source_name(name: str) -> str:
    """A publisher's short name, or what a source by hand is called."""
    return str(SOURCES.get(name, name))
