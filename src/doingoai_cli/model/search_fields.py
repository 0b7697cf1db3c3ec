"""What the search over the years looks in (tra cứu): for the command line and for `consolidate.search`."""

from enum import StrEnum


class SearchField(StrEnum):
    """Where a text is looked for."""

    COUNTRY = "country"
    PARTNER = "partner"
    PERSON = "person"
    AGENCY = "agency"
    NAME = "name"
