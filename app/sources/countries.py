"""Country names as published lists write them, with their ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

_TABLE = """
AF Afghanistan|AL Albania|DZ Algeria|AD Andorra|AO Angola|AG Antigua and Barbuda|AR Argentina|AM Armenia|AW Aruba|AU Australia|AT Austria
AZ Azerbaijan|BS Bahamas, The|BS Bahamas|BH Bahrain|BD Bangladesh|BB Barbados|BY Belarus|BE Belgium|BZ Belize|BJ Benin|BM Bermuda|BO Bolivia
BA Bosnia and Herzegovina|BW Botswana|BR Brazil|BN Brunei|BG Bulgaria|BF Burkina Faso|MM Burma|MM Myanmar|BI Burundi|KH Cambodia|CM Cameroon
CA Canada|KY Cayman Islands|CF Central African Republic|TD Chad|CL Chile|CN China|CO Colombia|KM Comoros|CD Congo, Democratic Republic of the
CG Congo, Republic of the|CK Cook Islands|CR Costa Rica|CI Cote d'Ivoire|CI Cote d Ivoire|HR Croatia|CU Cuba|CY Cyprus|CZ Czech Republic
DK Denmark|DJ Djibouti|DM Dominica|DO Dominican Republic|EC Ecuador|EG Egypt|SV El Salvador|GQ Equatorial Guinea|ER Eritrea|EE Estonia
ET Ethiopia|FI Finland|FR France|GA Gabon|GM Gambia, The|GM Gambia|GE Georgia|DE Germany|GH Ghana|GI Gibraltar|GR Greece|GD Grenada
GT Guatemala|GG Guernsey|GN Guinea|GW Guinea-Bissau|GY Guyana|HT Haiti|HN Honduras|HK Hong Kong|HU Hungary|IS Iceland|IN India|ID Indonesia
IR Iran|IQ Iraq|IE Ireland|IM Man, Isle of|IM Isle of Man|IL Israel|IT Italy|JM Jamaica|JP Japan|JE Jersey|JO Jordan|KZ Kazakhstan|KE Kenya
KP Korea, North|KP North Korea|KR Korea, South|KR South Korea|XK Kosovo|KW Kuwait|KG Kyrgyzstan|LA Laos|LV Latvia|LB Lebanon|LR Liberia
LY Libya|LI Liechtenstein|LT Lithuania|LU Luxembourg|MO Macau|MO Macao|MK North Macedonia, The Republic of|MK North Macedonia|MG Madagascar
MW Malawi|MY Malaysia|MV Maldives|ML Mali|MT Malta|MH Marshall Islands|MR Mauritania|MU Mauritius|MX Mexico|MD Moldova|MC Monaco|MN Mongolia
ME Montenegro|MA Morocco|MZ Mozambique|NA Namibia|NP Nepal|NL Netherlands|AN Netherlands Antilles|NZ New Zealand|NI Nicaragua|NE Niger
NG Nigeria|NO Norway|OM Oman|PK Pakistan|PW Palau|PS Palestinian|PS West Bank|PS Gaza|PA Panama|PG Papua New Guinea|PY Paraguay|PE Peru
PH Philippines|PL Poland|PT Portugal|PR Puerto Rico|QA Qatar|RO Romania|RU Russia|RU Russian Federation|RW Rwanda|KN Saint Kitts and Nevis
KN St. Kitts and Nevis|LC Saint Lucia|VC Saint Vincent and the Grenadines|VC St. Vincent and the Grenadines|WS Samoa|SM San Marino
ST Sao Tome and Principe|SA Saudi Arabia|SN Senegal|RS Serbia|SC Seychelles|SL Sierra Leone|SG Singapore|SK Slovakia|SI Slovenia
SB Solomon Islands|SO Somalia|ZA South Africa|SS South Sudan|ES Spain|LK Sri Lanka|SD Sudan|SR Suriname|SZ Swaziland|SZ Eswatini|SE Sweden
CH Switzerland|SY Syria|TW Taiwan|TJ Tajikistan|TZ Tanzania|TH Thailand|TL Timor-Leste|TG Togo|TO Tonga|TT Trinidad and Tobago|TN Tunisia
TR Turkey|TR Turkiye|TM Turkmenistan|TV Tuvalu|UG Uganda|UA Ukraine|AE United Arab Emirates|GB United Kingdom|US United States|UY Uruguay
UZ Uzbekistan|VU Vanuatu|VA Vatican City|VA Holy See|VE Venezuela|VN Vietnam|VG Virgin Islands, British|VI Virgin Islands, U.S.|YE Yemen
ZM Zambia|ZW Zimbabwe|IO British Indian Ocean Territory|CV Cabo Verde|CV Cape Verde|BT Bhutan|CW Curacao|FJ Fiji|GL Greenland|MS Montserrat
LS Lesotho|AI Anguilla|TC Turks and Caicos Islands|NC New Caledonia|KI Kiribati|NR Nauru|FM Micronesia, Federated States of|FO Faroe Islands
"""

CODES = {
    entry[3:].casefold(): entry[:2]
    for line in _TABLE.strip().splitlines()
    for entry in line.strip().split("|")
    if entry
}


def country_code(name: str) -> str | None:
    """The code of a country as lists write it (``Korea, North``), or None where the name is not a country."""
    return CODES.get(name.strip().rstrip(".").casefold())
