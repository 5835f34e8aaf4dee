"""The scenario cards in words: who comes, and what the officer will see."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kordon.node.demo import cast

Words = Promise | str


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One card. ``level`` is the worst thing the first line will see."""

    card: cast.Card
    title: Words
    who: Words
    expect: Words
    level: str


SCENES = (
    Scene(
        card=cast.FINE,
        title=_("Nothing to report"),
        who=_("A visitor who has come here before and left in time."),
        expect=_("A quiet screen. Admit with F8."),
        level="fine",
    ),
    Scene(
        card=cast.EXPIRED,
        title=_("Expired passport"),
        who=_("His passport ran out in March 2024."),
        expect=_("The passport has expired: refer to the second line with F9."),
        level="stop",
    ),
    Scene(
        card=cast.STOLEN,
        title=_("Stolen passport"),
        who=_("The passport was reported stolen; whoever carries it is not on any list."),
        expect=_("A stop from the list of documents, with its source and its age."),
        level="stop",
    ),
    Scene(
        card=cast.NAMESAKE,
        title=_("Same name, other birth date: not her"),
        who=_("Somebody of her name is looked for, 25 years older and of another nationality."),
        expect=_("No match: the birth date rules it out, and nobody is kept waiting."),
        level="fine",
    ),
    Scene(
        card=cast.ROMANISED,
        title=_("Listed in Cyrillic, romanised otherwise"),
        who=_("The alert says Жапаркулов Өмүрбек; the passport says JAPARKULOV OEMUERBEK."),
        expect=_("A possible match, with the letters and the birth date that speak for it."),
        level="stop",
    ),
    Scene(
        card=cast.DISCREET,
        title=_("Discreet check: you will see nothing"),
        who=_("He is to be noted, not stopped."),
        expect=_(
            "The screen of the first line is the same to the byte as without the alert. The owner "
            "of the alert is told where and when he crossed."
        ),
        level="fine",
    ),
    Scene(
        card=cast.BANNED,
        title=_("Entry ban"),
        who=_("He may not enter for three years."),
        expect=_("A stop with the category and what to do. The first line refers, never refuses."),
        level="stop",
    ),
    Scene(
        card=cast.INSIDE,
        title=_("No exit recorded"),
        who=_("He entered 64 days ago; nobody recorded that he left."),
        expect=_("A look: entered without an exit, with day and post. Ask him."),
        level="look",
    ),
    Scene(
        card=cast.WRONG_DIGIT,
        title=_("Wrong check digit"),
        who=_("One digit of the machine-readable zone does not fit the birth date."),
        expect=_("The field is named. Compare it with the page; correct it or refer."),
        level="stop",
    ),
    Scene(
        card=cast.LONG_NUMBER,
        title=_("Long document number"),
        who=_("A card whose number has twelve characters and runs on into the optional data."),
        expect=_("The whole number is read and looked up. UTO is noted: the code of specimens."),
        level="note",
    ),
    Scene(
        card=cast.CARD,
        title=_("Identity card"),
        who=_("A card with three lines (TD1) instead of a passport."),
        expect=_("Read like a passport."),
        level="fine",
    ),
    Scene(
        card=cast.CHIP,
        title=_("Passport with a chip"),
        who=_("An invented state signed the chip; the demonstration trusts it."),
        expect=_("The chip is verified, and its portrait lies beside the findings."),
        level="note",
    ),
    Scene(
        card=cast.CHIP_CHANGED,
        title=_("Chip with another portrait"),
        who=_("Somebody exchanged the portrait in the chip after it was signed."),
        expect=_("A stop: the chip was changed. The second line sees every step."),
        level="stop",
    ),
    Scene(
        card=cast.VISA,
        title=_("Visa"),
        who=_("The sticker was scanned instead of the data page."),
        expect=_("Read as a visa; the screen asks for the passport it belongs to."),
        level="stop",
    ),
    Scene(
        card=cast.SEAL,
        title=_("Passport with a sealed visa"),
        who=_("Her visa bears a bar code that an invented state signed."),
        expect=_("The seal is verified and compared with visa and passport."),
        level="fine",
    ),
    Scene(
        card=cast.SEAL_MOVED,
        title=_("Visa of another passport"),
        who=_("Somebody peeled the visa off another passport; its seal is genuine."),
        expect=_("A stop: the seal belongs to another passport and person."),
        level="stop",
    ),
    Scene(
        card=cast.MINOR,
        title=_("Minor"),
        who=_("A boy of eight."),
        expect=_("A look: a child. With whom does he travel, and do the parents consent?"),
        level="look",
    ),
    Scene(
        card=cast.REFUGEE,
        title=_("Refugee's travel document"),
        who=_("Nationality XXB, refugee as defined in the 1951 Convention."),
        expect=_("Read as it is; the code is explained and alarms nobody."),
        level="note",
    ),
    Scene(
        card=cast.TWIN,
        title=_("Same person, other document"),
        who=_("She was here last month with another passport."),
        expect=_("A note: the earlier crossing with the other number."),
        level="note",
    ),
)
