"""Words and signs of the texts in which lists come: tables and XML."""

from kordon.measure.fuzzing.mutating import Mutator, change_words


def words(text: str) -> Mutator:
    """Words parted by blanks; ``\\n`` and the like stand for themselves."""
    return change_words([word.encode().decode("unicode_escape").encode() for word in text.split()])


change_table = words(
    r"""" "" ; , \t | \n \r\n \x00 name surname birth_date nationality number issuer sex aliases
    1974 31.12.1974 1974-02-30 00/00/0000 KAZ D XXX 9999999999 \xef\xbb\xbf \x1a '"""
)
change_xml = words(
    r"""< > </ /> & &lt; &#0; &#x110000; <![CDATA[ ]]> <!DOCTYPE <!ENTITY <?xml <a> </a> " = xmlns
    <INDIVIDUAL> </INDIVIDUAL> <ENTITY> <DATAID> <FIRST_NAME> <YEAR> <DATE> encoding="utf-16" -->"""
)
