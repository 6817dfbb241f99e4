"""Nationalities as words (``Russian``, ``Congolese``), which some lists print where others print the country."""

from __future__ import annotations

_TABLE = """
AF Afghan|AF Afghani|AF Afgan|AL Albanian|DZ Algerian|US American|AD Andorran|AO Angolan|AR Argentine|AR Argentinian|AM Armenian|AU Australian|AT Austrian
AZ Azerbaijani|AZ Azeri|BS Bahamian|BH Bahraini|BD Bangladeshi|BB Barbadian|BY Belarusian|BY Belarussian|BE Belgian|BZ Belizean|BJ Beninese|BO Bolivian
BA Bosnian|BA Bosnian and Herzegovinian|BW Botswanan|BR Brazilian|GB British|BN Bruneian|BG Bulgarian|BF Burkinabe|MM Burmese|BI Burundian|KH Cambodian
CM Cameroonian|CA Canadian|CF Central African|TD Chadian|CL Chilean|CN Chinese|CO Colombian|KM Comoran|CR Costa Rican|HR Croatian|CU Cuban|CY Cypriot|CZ Czech
DK Danish|DJ Djiboutian|DM Dominican|NL Dutch|EC Ecuadorian|EG Egyptian|AE Emirati|GQ Equatorial Guinean|ER Eritrean|EE Estonian|ET Ethiopian|FJ Fijian
PH Filipino|FI Finnish|FR French|GA Gabonese|GM Gambian|GE Georgian|DE German|GH Ghanaian|GR Greek|GT Guatemalan|GY Guyanese|HT Haitian|HN Honduran
HU Hungarian|IS Icelandic|IN Indian|ID Indonesian|IR Iranian|IQ Iraqi|IE Irish|IL Israeli|IT Italian|CI Ivorian|JM Jamaican|JP Japanese|JO Jordanian
KZ Kazakh|KZ Kazakhstani|KE Kenyan|XK Kosovan|KW Kuwaiti|KG Kyrgyz|KG Kyrgyzstani|LA Laotian|LV Latvian|LB Lebanese|LR Liberian|LY Libyan|LT Lithuanian
LU Luxembourgish|MK Macedonian|MG Malagasy|MW Malawian|MY Malaysian|MV Maldivian|ML Malian|MT Maltese|MR Mauritanian|MU Mauritian|MX Mexican|MD Moldovan
MN Mongolian|ME Montenegrin|MA Moroccan|MZ Mozambican|NA Namibian|NP Nepalese|NP Nepali|NZ New Zealander|NI Nicaraguan|NG Nigerian|KP North Korean
NO Norwegian|OM Omani|PK Pakistani|PS Palestinian|PA Panamanian|PY Paraguayan|PE Peruvian|PL Polish|PT Portuguese|QA Qatari|QA Qatarian|RO Romanian|RU Russian
RW Rwandan|SV Salvadoran|SA Saudi|SA Saudi Arabian|SN Senegalese|RS Serbian|SL Sierra Leonean|SG Singaporean|SK Slovak|SK Slovakian|SI Slovenian|SO Somali
ZA South African|KR South Korean|SS South Sudanese|ES Spanish|LK Sri Lankan|SD Sudanese|SR Surinamese|SE Swedish|CH Swiss|SY Syrian|TW Taiwanese|TJ Tajik
TJ Tajikistani|TZ Tanzanian|TH Thai|TG Togolese|TN Tunisian|TR Turkish|TM Turkmen|UG Ugandan|UA Ukrainian|UA Ukranian|UY Uruguayan|UZ Uzbek|UZ Uzbekistani
VE Venezuelan|VN Vietnamese|YE Yemeni|ZM Zambian|ZW Zimbabwean
"""

_CODES = {entry[3:].casefold(): entry[:2] for line in _TABLE.strip().splitlines() for entry in line.split("|")}
"""``Congolese`` is left out: it is of two states."""


def nationality_code(word: str) -> str | None:
    """The code of the state whose citizens the word names, or None."""
    return _CODES.get(" ".join(word.split()).strip(".").casefold())
