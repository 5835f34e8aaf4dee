"""The lists that are known by name, and what their entries mean at this border.

An edition of any other list is imported under a profile of its own.
"""

from dataclasses import dataclass

from kordon.watchlist.particulars import Category


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Under which name and category the entries of a list become alerts."""

    list: str
    title: str
    format: str
    category: Category
    legal_basis: str
    legal_review: str = ""


# A listing by the Security Council binds every state to prevent entry (travel ban); a list
# of another state has no force here: its entries call for contact with the agency only.
KNOWN = {
    "un": Profile(
        list="UN-SC",
        title="United Nations Security Council Consolidated List",
        format="un",
        category=Category.ENTRY_BAN,
        legal_basis="Resolutions of the United Nations Security Council under Chapter VII",
    ),
    "ofac": Profile(
        list="OFAC-SDN",
        title="OFAC Specially Designated Nationals (United States)",
        format="ofac",
        category=Category.AGENCY_NOTICE,
        legal_basis="Information of another state; no ground for refusal by itself",
    ),
    "opensanctions": Profile(
        list="OPENSANCTIONS",
        title="OpenSanctions",
        format="opensanctions",
        category=Category.AGENCY_NOTICE,
        legal_basis="Collected from public lists; no ground for refusal by itself",
    ),
    "ftm": Profile(
        list="FTM",
        title="FollowTheMoney entities",
        format="ftm",
        category=Category.AGENCY_NOTICE,
        legal_basis="Collected from public lists; no ground for refusal by itself",
    ),
    "table": Profile(
        list="TABLE",
        title="Table of entries",
        format="table",
        category=Category.AGENCY_NOTICE,
        legal_basis="As stated by the agency that handed it in",
    ),
}
