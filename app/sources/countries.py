"""Country names as published lists write them, with their ISO 3166-1 alpha-2 codes (XK for Kosovo)."""

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

_OTHER_WORDS = """
GM The Gambia|BS The Bahamas|IR Iran (Islamic Republic of)|IR Islamic Republic of Iran|IR Iran, Islamic Republic of|KP Democratic People's Republic of Korea
KP Korea, Democratic People's Republic of|KP Korea (North)|KP Korea, DPR|KP DPRK|KP Democratic Peoples Republic of Korea|KR Republic of Korea|KR Korea, Republic of
KR Korea (South)|SY Syrian Arab Republic|LY Libyan Arab Jamahiriya|CD Democratic Republic of the Congo|CD Congo (Democratic Republic)|CD Congo, the Democratic Republic of the
CD Congo (Democratic Republic of the)|CD DRC|CD Democratic Republic of Congo|CG Congo|CG Republic of the Congo|CG Congo (Republic of)|TZ United Republic of Tanzania
TZ Tanzania, United Republic of|VE Venezuela (Bolivarian Republic of)|VE Bolivarian Republic of Venezuela|BO Bolivia (Plurinational State of)|BO Plurinational State of Bolivia
MD Republic of Moldova|MD Moldova, Republic of|VN Viet Nam|LA Lao People's Democratic Republic|BN Brunei Darussalam|MK The former Yugoslav Republic of Macedonia
MK Macedonia|CZ Czechia|CI Ivory Coast|CI Côte d'Ivoire|CI Cote d’Ivoire|CI Côte d’Ivoire|TR Türkiye|TR Turkey (Turkiye)|CN People's Republic of China|CN China (PRC)|CN PRC|CN Peoples Republic of China
CN People’s Republic of China|CN Mainland China|HK Hong Kong SAR|HK Hong Kong (China)|HK Hong Kong, China|HK Hong Kong S.A.R.|MO Macao SAR|MO Macau SAR|TW Taiwan, Province of China|TW Taiwan (China)
PS Occupied Palestinian Territories|PS The Occupied Palestinian Territories|PS Palestine|PS State of Palestine|PS Palestinian Territory|PS Palestine, State of
PS Occupied Palestinian Territory|PS Region: Gaza|PS Region: West Bank|PS Region: Northern Gaza|PS Region: North Gaza|PS Gaza Strip|UA Region: Crimea|ML Region: Northern Mali
RU Region: Russia|RU Russian Fed|AF Islamic Republic of Afghanistan|IQ Republic of Iraq|SY Syria (Syrian Arab Republic)|SD The Sudan|SS Republic of South Sudan|GB UK
GB Great Britain|GB United Kingdom of Great Britain and Northern Ireland|GB England|GB Scotland|GB Wales|GB Northern Ireland|US United States of America|US USA|US U.S.A.|AE UAE
AE The United Arab Emirates|SA Kingdom of Saudi Arabia|BH Kingdom of Bahrain|SZ Kingdom of Eswatini|CF The Central African Republic|CV Cabo Verde (Cape Verde)|TL East Timor
VA Vatican City State|VA Vatican|FM Micronesia (Federated States of)|FM Micronesia|VG British Virgin Islands|VG Virgin Islands (British)|VI US Virgin Islands|VI Virgin Islands (US)
MM Myanmar (Burma)|MM Burma (Myanmar)|MM Union of Myanmar|NL The Netherlands|NL Holland|PH The Philippines|MV The Maldives|KM The Comoros|SK Slovak Republic|BY Republic of Belarus
YE Republic of Yemen|YE Yemen, Republic of|RS Republic of Serbia|XK Kosovo (UNSCR 1244)|BQ Bonaire, Sint Eustatius and Saba|SX Sint Maarten|CW Curaçao|AX Åland Islands|RE Réunion|RE Reunion
ST São Tomé and Príncipe|BL Saint Barthélemy|GF French Guiana|GP Guadeloupe|MQ Martinique|PF French Polynesia|PM Saint Pierre and Miquelon|YT Mayotte|WF Wallis and Futuna|TF French Southern Territories
GU Guam|AS American Samoa|MP Northern Mariana Islands|UM United States Minor Outlying Islands|BV Bouvet Island|HM Heard Island and McDonald Islands|NF Norfolk Island|CX Christmas Island
CC Cocos (Keeling) Islands|NU Niue|TK Tokelau|PN Pitcairn|SH Saint Helena, Ascension and Tristan da Cunha|SH Saint Helena|GS South Georgia and the South Sandwich Islands|FK Falkland Islands
FK Falkland Islands (Malvinas)|EH Western Sahara|SJ Svalbard and Jan Mayen|AQ Antarctica|MF Saint Martin|VC Saint Vincent|VC St Vincent and the Grenadines|KN St Kitts and Nevis|LC St Lucia|LC St. Lucia
"""

CODES = {
    entry[3:].rstrip(".").casefold(): entry[:2]
    for line in f"{_TABLE}{_OTHER_WORDS}".strip().splitlines()
    for entry in line.strip().split("|")
    if entry
}
"""Every name, case folded, to its code."""

KNOWN = frozenset(CODES.values())
"""Every code."""


def country_code(name: str) -> str | None:
    """The code of a country as lists write it (``Korea, North``), or None where the name is not a country."""
    return CODES.get(" ".join(name.split()).rstrip(".").casefold())


def country_of(text: str) -> str | None:
    """The code of a country given as its code (``CN``) or by name; None where it is neither."""
    code = text.strip()
    return code if code in KNOWN else country_code(code)
