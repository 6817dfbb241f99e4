"""OFAC's two XML formats with made-up parties, typed for tests: the same three parties as a small CSV set has."""

from __future__ import annotations

from tests.fixtures_ofac import document, sdn

NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
OLD = "http://tempuri.org/sdnList.xsd"

CSV = {
    "sdn.csv": document(
        sdn(
            501,
            "EXEMPLAR, Anna Maria",
            "individual",
            "GLOMAG] [UHRPA",
            "DOB 05 Jan 1964; POB Exampletown, Utopia; nationality China; Gender Female; Passport P123 (China); a.k.a. 'ANNUSHKA'; "
            "Linked To: EXEMPLAR WORKS CO., LTD.",
        ),
        sdn(502, "EXEMPLAR WORKS CO., LTD.", remarks="Unified Social Credit Code (USCC) 91110000600037341L (China)."),
        '503,"EXEMPLAR STAR","vessel","SDGT",-0- ,"XX01",-0- ,-0- ,-0- ,"Iran","EXEMPLAR WORKS CO., LTD.",'
        '"Vessel Registration Identification IMO 9116412."',
    ),
    "add.csv": document('502,1,"1 Example Street","Urumqi","China",-0- '),
    "alt.csv": document('502,1,"fka","EXEMPLAR MILL",-0- ', '502,2,"aka","EXEMPLAR GROUP",-0- '),
}

_ENTRIES = """
  <sdnEntry>
    <uid>501</uid><firstName>Anna Maria</firstName><lastName>EXEMPLAR</lastName><sdnType>Individual</sdnType>
    <remarks>(Linked To: EXEMPLAR WORKS CO., LTD.)</remarks>
    <programList><program>GLOMAG</program><program>UHRPA</program></programList>
    <idList>
      <id><uid>1</uid><idType>Passport</idType><idNumber>P123</idNumber><idCountry>China</idCountry><issueDate>1 Jan 2001</issueDate></id>
      <id><uid>2</uid><idType>Gender</idType><idNumber>Female</idNumber></id>
    </idList>
    <akaList><aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>ANNUSHKA</lastName></aka></akaList>
    <nationalityList><nationality><uid>4</uid><country>China</country><mainEntry>true</mainEntry></nationality></nationalityList>
    <dateOfBirthList><dateOfBirthItem><uid>5</uid><dateOfBirth>05 Jan 1964</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
    <placeOfBirthList><placeOfBirthItem><uid>6</uid><placeOfBirth>Exampletown, Utopia</placeOfBirth><mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList>
  </sdnEntry>
  <sdnEntry>
    <uid>502</uid><lastName>EXEMPLAR WORKS CO., LTD.</lastName><sdnType>Entity</sdnType>
    <programList><program>GLOMAG</program></programList>
    <idList><id><uid>7</uid><idType>Unified Social Credit Code (USCC)</idType><idNumber>91110000600037341L</idNumber><idCountry>China</idCountry></id></idList>
    <akaList>
      <aka><uid>8</uid><type>f.k.a.</type><category>strong</category><lastName>EXEMPLAR MILL</lastName></aka>
      <aka><uid>9</uid><type>a.k.a.</type><category>strong</category><lastName>EXEMPLAR GROUP</lastName></aka>
    </akaList>
    <addressList><address><uid>10</uid><address1>1 Example Street</address1><city>Urumqi</city><country>China</country></address></addressList>
  </sdnEntry>
  <sdnEntry>
    <uid>503</uid><lastName>EXEMPLAR STAR</lastName><sdnType>Vessel</sdnType>
    <programList><program>SDGT</program></programList>
    <idList><id><uid>11</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 9116412</idNumber></id></idList>
    <vesselInfo><callSign>XX01</callSign><vesselType>Tanker</vesselType><vesselFlag>Iran</vesselFlag>
      <vesselOwner>EXEMPLAR WORKS CO., LTD.</vesselOwner><tonnage>1</tonnage><grossRegisteredTonnage>2</grossRegisteredTonnage></vesselInfo>
  </sdnEntry>
"""


def sdn_xml(namespace: str = NEW, entries: str = _ENTRIES) -> bytes:
    return (
        f'<?xml version="1.0" standalone="yes"?>\n<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="{namespace}">'
        "<publshInformation><Publish_Date>07/02/2024</Publish_Date><Record_Count>3</Record_Count></publshInformation>"
        f"{entries}</sdnList>"
    ).encode()


def _values() -> str:
    sets = {
        "AliasType": {"1400": "A.K.A.", "1401": "F.K.A.", "1403": "Name"},
        "Country": {"1": "China", "2": "Iran"},
        "DetailReference": {"91527": "Female"},
        "DocNameStatus": {"1": "Primary Latin", "2": "Others"},
        "FeatureType": {
            "1": "Vessel Call Sign",
            "3": "Vessel Flag",
            "4": "Vessel Owner",
            "8": "Birthdate",
            "9": "Place of Birth",
            "10": "Nationality Country",
            "25": "Location",
            "224": "Gender",
        },
        "IDRegDocType": {
            "1571": "Passport",
            "1626": "Vessel Registration Identification",
            "92001": "Unified Social Credit Code (USCC)",
        },
        "List": {"1550": "SDN List", "91512": "Consolidated List"},
        "LocPartType": {"1451": "ADDRESS1", "1454": "CITY"},
        "NamePartType": {"1520": "Last Name", "1521": "First Name", "1525": "Entity Name", "1526": "Vessel Name"},
        "PartyType": {"1": "Individual", "2": "Entity", "4": "Transport"},
        "RelationType": {"15003": "Owned or Controlled By"},
        "SanctionsType": {"1": "Program", "1705": "Block"},
        "Validity": {"1": "Valid", "2": "Fraudulent"},
    }
    made = "".join(
        f"<{kind}Values>"
        + "".join(f'<{kind} ID="{n}">{text}</{kind}>' for n, text in rows.items())
        + f"</{kind}Values>"
        for kind, rows in sets.items()
    )
    made += '<PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>'
    made += '<PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>'
    made += '<ScriptValues><Script ID="215" ScriptCode="Latin">Latin</Script><Script ID="501" ScriptCode="Hans">Chinese Simplified</Script></ScriptValues>'
    return f"<ReferenceValueSets>{made}</ReferenceValueSets>"


def _alias(
    kind: int, parts: list[tuple[int, str]], *, script: int = 215, primary: bool = False, weak: bool = False
) -> str:
    made = "".join(
        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}" ScriptID="{script}" ScriptStatusID="1" Acronym="false">{text}'
        "</NamePartValue></DocumentedNamePart>"
        for group, text in parts
    )
    status = 1 if primary and script == 215 else 2
    return (
        f'<Alias FixedRef="1" AliasTypeID="{kind}" Primary="{str(primary).lower()}" LowQuality="{str(weak).lower()}">'
        f'<DocumentedName ID="1" FixedRef="1" DocNameStatusID="{status}">{made}</DocumentedName></Alias>'
    )


def _party(number: int, sub: int, aliases: str, groups: dict[int, int], features: str = "") -> str:
    described = "".join(
        f'<MasterNamePartGroup><NamePartGroup ID="{group}" NamePartTypeID="{kind}" /></MasterNamePartGroup>'
        for group, kind in groups.items()
    )
    return (
        f'<DistinctParty FixedRef="{number}"><Comment /><Profile ID="{number}" PartySubTypeID="{sub}">'
        f'<Identity ID="9{number}" FixedRef="{number}" Primary="true" False="false">{aliases}<NamePartGroups>{described}</NamePartGroups></Identity>'
        f"{features}</Profile></DistinctParty>"
    )


def _feature(kind: int, inside: str) -> str:
    return f'<Feature ID="1" FeatureTypeID="{kind}"><FeatureVersion ID="1" ReliabilityID="1"><Comment />{inside}</FeatureVersion></Feature>'


def _entry(number: int, *programmes: str, list_id: int = 1550) -> str:
    measures = "".join(
        f'<SanctionsMeasure ID="1" SanctionsTypeID="1"><Comment>{p}</Comment></SanctionsMeasure>' for p in programmes
    )
    return (
        f'<SanctionsEntry ID="{number}" ProfileID="{number}" ListID="{list_id}"><EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="1"><Comment />'
        '<Date CalendarTypeID="1"><Year>2020</Year><Month>7</Month><Day>9</Day></Date></EntryEvent>'
        f'<SanctionsMeasure ID="2" SanctionsTypeID="1705"><Comment /></SanctionsMeasure>{measures}</SanctionsEntry>'
    )


_BIRTH = "".join(
    f"<{bound}><From><Year>1964</Year><Month>1</Month><Day>5</Day></From><To><Year>1964</Year><Month>1</Month><Day>5</Day></To></{bound}>"
    for bound in ("Start", "End")
)
PARTIES = (
    _party(
        501,
        4,
        _alias(1403, [(1, "Exemplar"), (2, "Anna Maria")], primary=True)
        + _alias(1400, [(1, "例"), (2, "安娜")], script=501)
        + _alias(1400, [(1, "Annushka")], weak=True),
        {1: 1520, 2: 1521},
        _feature(224, '<VersionDetail DetailTypeID="1431" DetailReferenceID="91527" />')
        + _feature(8, f'<DatePeriod CalendarTypeID="1">{_BIRTH}</DatePeriod><VersionDetail DetailTypeID="1430" />')
        + _feature(9, '<VersionDetail DetailTypeID="1432">Exampletown, Utopia</VersionDetail>')
        + _feature(10, '<VersionDetail DetailTypeID="1433" /><VersionLocation LocationID="61" />'),
    )
    + _party(
        502,
        3,
        _alias(1403, [(3, "EXEMPLAR WORKS CO., LTD.")], primary=True)
        + _alias(1401, [(4, "EXEMPLAR MILL")])
        + _alias(1400, [(5, "EXEMPLAR GROUP")]),
        {3: 1525, 4: 1525, 5: 1525},
        _feature(25, '<VersionLocation LocationID="62" />') + _feature(25, '<VersionLocation LocationID="nowhere" />'),
    )
    + _party(
        503,
        1,
        _alias(1403, [(6, "EXEMPLAR STAR")], primary=True),
        {6: 1526},
        _feature(1, '<VersionDetail DetailTypeID="1432">XX01</VersionDetail>')
        + _feature(3, '<VersionDetail DetailTypeID="1432">Iran</VersionDetail>')
        + _feature(4, '<VersionDetail DetailTypeID="1432">EXEMPLAR WORKS CO., LTD.</VersionDetail>'),
    )
)
LOCATIONS = (
    '<Location ID="61"><LocationCountry CountryID="1" CountryRelevanceID="1" /></Location>'
    '<Location ID="62"><LocationCountry CountryID="1" CountryRelevanceID="1" />'
    '<LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true"><Comment /><Value>1 Example Street</Value></LocationPartValue></LocationPart>'
    '<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Comment /><Value>Urumqi</Value></LocationPartValue></LocationPart></Location>'
)
DOCUMENTS = "".join(
    f'<IDRegDocument ID="1" IDRegDocTypeID="{kind}" IdentityID="{owner}" {country} ValidityID="{valid}"><Comment />'
    f"<IDRegistrationNo>{number}</IDRegistrationNo></IDRegDocument>"
    for kind, owner, country, valid, number in (
        (1571, 9501, 'IssuedBy-CountryID="1"', 1, "P123"),
        (1571, 9501, 'IssuedBy-CountryID="1"', 2, "FORGED"),
        (92001, 9502, 'IssuedBy-CountryID="1"', 1, "91110000600037341L"),
        (1626, 9503, "", 1, "IMO 9116412"),
        (1571, 9999, "", 1, "of nobody in the document"),
    )
)
ENTRIES = _entry(501, "GLOMAG", "UHRPA") + _entry(502, "GLOMAG") + _entry(503, "SDGT") + _entry(777, "SDGT")
OTHER_ENTRIES = "".join(_entry(n, "NS-PLC", list_id=91512) for n in (501, 502, 503))


def advanced(parties: str = PARTIES, entries: str = ENTRIES, values: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3">'
        '<DateOfIssue CalendarTypeID="1"><Year>2024</Year><Month>7</Month><Day>2</Day></DateOfIssue>'
        f"{values or _values()}<Locations>{LOCATIONS}</Locations><IDRegDocuments>{DOCUMENTS}</IDRegDocuments>"
        f"<DistinctParties>{parties}</DistinctParties><ProfileRelationships>"
        '<ProfileRelationship ID="1" From-ProfileID="501" To-ProfileID="502" RelationTypeID="15003" RelationQualityID="1" Former="false" SanctionsEntryID="501">'
        f"<Comment /></ProfileRelationship></ProfileRelationships><SanctionsEntries>{entries}</SanctionsEntries><SanctionsEntryLinks /></Sanctions>"
    ).encode()
