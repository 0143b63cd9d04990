"""The names that ``\\p{…}`` takes in Go 1.26 (Unicode 15), as Go compares them.

Names are compared with the first letter large, the rest small, and no ``_``, ``-`` or
blank. Go finds no script whose own name has a ``_``, or a large letter inside, since
it looks for the compared form (``regexp/syntax/parse.go:unicodeTable``).
"""

from collections.abc import Mapping

_CATEGORIES = """C Cc Cf Cn Co Cs L Lc Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps
    S Sc Sk Sm So Z Zl Zp Zs"""

_ALIASES = """Casedletter=Lc Closepunctuation=Pe Combiningmark=M Connectorpunctuation=Pc
    Control=Cc Currencysymbol=Sc Dashpunctuation=Pd Decimalnumber=Nd Enclosingmark=Me
    Finalpunctuation=Pf Format=Cf Initialpunctuation=Pi Letter=L Letternumber=Nl
    Lineseparator=Zl Lowercaseletter=Ll Mark=M Mathsymbol=Sm Modifierletter=Lm
    Modifiersymbol=Sk Nonspacingmark=Mn Number=N Openpunctuation=Ps Other=C Otherletter=Lo
    Othernumber=No Otherpunctuation=Po Othersymbol=So Paragraphseparator=Zp Privateuse=Co
    Punctuation=P Separator=Z Spaceseparator=Zs Spacingmark=Mc Surrogate=Cs Symbol=S
    Titlecaseletter=Lt Unassigned=Cn Uppercaseletter=Lu Cntrl=Cc Digit=Nd Punct=P"""

_SCRIPTS = """Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo
    Brahmi Braille Buginese Buhid Carian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform
    Cypriot Cyrillic Deseret Devanagari Dogra Duployan Elbasan Elymaic Ethiopic Georgian
    Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana
    Inherited Javanese Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin
    Lepcha Limbu Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen
    Medefaidrin Miao Modi Mongolian Mro Multani Myanmar Nabataean Nandinagari Newa Nko Nushu
    Ogham Oriya Osage Osmanya Palmyrene Phoenician Rejang Runic Samaritan Saurashtra Sharada
    Shavian Siddham Sinhala Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa
    Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Yezidi
    Yi"""

CATEGORIES: frozenset[str] = frozenset(_CATEGORIES.split())
SCRIPTS: frozenset[str] = frozenset(_SCRIPTS.split())

#: Long names of categories.
ALIASES: Mapping[str, str] = {
    name: category for name, _, category in (pair.partition("=") for pair in _ALIASES.split())
}
