"""Small lists in the true formats of their publishers, typed for tests: invented parties only."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from app.sources.eu_fsf_columns import COLUMNS_1_0, COLUMNS_1_1

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://www.un.org/sc/resources/sc-sanctions.xsd" dateGenerated="2026-11-01T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>EXEMPLAR</FIRST_NAME><SECOND_NAME>ONE</SECOND_NAME><THIRD_NAME>TEST</THIRD_NAME>
      <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.901</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON>
      <NAME_ORIGINAL_SCRIPT>엑셈플러</NAME_ORIGINAL_SCRIPT><GENDER>Male</GENDER><COMMENTS1>An invented person.</COMMENTS1>
      <TITLE><VALUE>Dr.</VALUE></TITLE><DESIGNATION><VALUE>Director</VALUE><VALUE>Engineer</VALUE></DESIGNATION>
      <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
      <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE><LAST_DAY_UPDATED><VALUE>2020-01-01</VALUE></LAST_DAY_UPDATED>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Exemplar Eins; Exemplar Un</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Eins</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Old Exemplar</ALIAS_NAME><NOTE>previously listed as</NOTE></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><CITY>Pyongyang</CITY><COUNTRY>Democratic People's Republic of Korea</COUNTRY></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1957</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-04-02</DATE></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1962</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Hamhung</CITY><COUNTRY>Democratic People's Republic of Korea</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X0000001</NUMBER><ISSUING_COUNTRY>Kuwait</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
      <INDIVIDUAL_DOCUMENT/>
      <SORT_KEY/><SORT_KEY_LAST_MOD/>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <DATAID>2</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>EXEMPLAR TRADING CORPORATION</FIRST_NAME><UN_LIST_TYPE>Iran</UN_LIST_TYPE>
      <REFERENCE_NUMBER>IRe.901</REFERENCE_NUMBER><LISTED_ON>2010-06-09-04:00</LISTED_ON><COMMENTS1>An invented company.</COMMENTS1>
      <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
      <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>ETC</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Exemplar Imports</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><STREET>1 Damavand Street</STREET><CITY>Tehran</CITY><ZIP_CODE>11191</ZIP_CODE><COUNTRY>Iran (Islamic Republic of)</COUNTRY><NOTE>since 2009</NOTE></ENTITY_ADDRESS>
      <SORT_KEY/><SORT_KEY_LAST_MOD/>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
""".encode()

CA = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<data-set xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
\t<record><Country>China / Chine</Country><LastName>Exempel</LastName><GivenName>Erste</GivenName><DateOfBirthOrShipBuildDate>31801</DateOfBirthOrShipBuildDate><Schedule>Part 1</Schedule><Item>1</Item><DateOfListing>2021-03-21</DateOfListing></record>
\t<record><Country>China / Chine</Country><EntityOrShip>Exemplar Public Bureau</EntityOrShip><Schedule>Part 2</Schedule><Item>1</Item><DateOfListing>2021-03-21</DateOfListing></record>
\t<record><Country>Russia / Russie</Country><LastName>ESEMPIO</LastName><GivenName>Anna</GivenName><Aliases>Russian: Анна Эземпио or Anna Ezempio, Anya</Aliases><TitleOrShip>Dr.</TitleOrShip><DateOfBirthOrShipBuildDate>1963-1964</DateOfBirthOrShipBuildDate><Schedule>1, Part 1</Schedule><Item>2</Item><DateOfListing>2022-02-24</DateOfListing></record>
\t<record><Country>Russia / Russie</Country><EntityOrShip>Exemplar Star</EntityOrShip><TitleOrShip>Oil Tanker</TitleOrShip><ShipIMONumber>9000001</ShipIMONumber><DateOfBirthOrShipBuildDate>2005</DateOfBirthOrShipBuildDate><Schedule>1.1</Schedule><Item>3</Item><DateOfListing>2025-02-21</DateOfListing></record>
\t<record><Country>Venezuela </Country><EntityOrShip>Exemplar, S.A.; b</EntityOrShip><Aliases>Ejemplar, S.A.; EXSA</Aliases><Item>4</Item><DateOfListing>2017-09-22</DateOfListing></record>
\t<record><Country>Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR) / Règlement (RJVDEC)</Country><LastName>Beispiel</LastName><GivenName>Zwei</GivenName><Item>5</Item><DateOfListing>2017-11-03</DateOfListing></record>
</data-set>
""".encode()

BILINGUAL = {
    "Country": "Country-Pays",
    "LastName": "LastName-NomDeFamille",
    "GivenName": "GivenName-Prenom",
    "EntityOrShip": "EntityOrShip-EntiteOuNavire",
    "Aliases": "Aliases-Alias",
    "DateOfBirthOrShipBuildDate": "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire",
    "TitleOrShip": "TitleOrShipType-TitreOuTypeDeNavire",
    "ShipIMONumber": "ShipIMONumber-NumeroOMIDuNavire",
    "Schedule": "Schedule-Annexe",
    "Item": "Item-NumeroDarticle",
    "DateOfListing": "DateOfListing-DateDinscription",
}


def bilingual(document: bytes) -> bytes:
    """The Canadian list with the element names in use since 25 August 2026."""
    for old, new in BILINGUAL.items():
        document = document.replace(f"<{old}>".encode(), f"<{new}>".encode()).replace(
            f"</{old}>".encode(), f"</{new}>".encode()
        )
    return document


_ACT = '<regulationSummary regulationType="amendment" publicationDate="2021-03-22" numberTitle="2021/478 (OJ L99I)" publicationUrl="https://eur-lex.europa.eu/eli/x"/>'
EU = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-03T15:29:22.497+01:00" globalFileId="1">
  <sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.9001.1" logicalId="900001">
    <remark>An invented bureau.</remark>
    <regulation regulationType="amendment" organisationType="council" publicationDate="2025-12-05" entryIntoForceDate="2025-12-06" numberTitle="2025/1 (OJ L)" programme="HR" logicalId="1"><publicationUrl>https://eur-lex.europa.eu/eli/y</publicationUrl></regulation>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="新例子公安局" function="" title="" nameLanguage="ZH" strong="true" regulationLanguage="en" logicalId="3">{_ACT}</nameAlias>
    <nameAlias firstName="" middleName="" lastName="" wholeName="Exemplar Public Security Bureau" function="" title="" nameLanguage="EN" strong="true" regulationLanguage="en" logicalId="2">{_ACT}</nameAlias>
    <nameAlias firstName="" middleName="" lastName="" wholeName="EPSB" function="" title="" nameLanguage="" strong="false" regulationLanguage="en" logicalId="4"><remark>low quality alias</remark>{_ACT}</nameAlias>
    <identification diplomatic="false" knownExpired="false" knownFalse="false" reportedLost="false" revokedByIssuer="false" issuedBy="" latinNumber="" nameOnDocument="" number="91650000000000001X" region="" countryIso2Code="CN" countryDescription="CHINA" identificationTypeCode="regnumber" identificationTypeDescription="Registration Number" regulationLanguage="en" logicalId="5">{_ACT}</identification>
    <address city="Urumqi" street="106 Example Road" poBox="" zipCode="830002" region="Xinjiang" place="" asAtListingTime="false" countryIso2Code="CN" countryDescription="CHINA" regulationLanguage="en" logicalId="6"><contactInfo key="PHONE" value="+86 1"/>{_ACT}</address>
  </sanctionEntity>
  <sanctionEntity designationDate="2009-07-16" designationDetails="" unitedNationId="KPi.901" euReferenceNumber="EU.9002.1" logicalId="900002">
    <regulation regulationType="repealing" organisationType="council" publicationDate="2017-08-31" entryIntoForceDate="2017-09-01" numberTitle="2017/1509 (OJ L224)" programme="PRK" logicalId="1"><publicationUrl>http://eur-lex.europa.eu/x</publicationUrl></regulation>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Erste" middleName="" lastName="Exempel" wholeName="Erste Exempel" gender="M" function="Director" title="" nameLanguage="" strong="true" regulationLanguage="en" logicalId="7">{_ACT}</nameAlias>
    <citizenship region="" countryIso2Code="KP" countryDescription="NORTH KOREA" regulationLanguage="en" logicalId="8">{_ACT}</citizenship>
    <birthdate circa="false" calendarType="GREGORIAN" city="Hamhung" zipCode="" birthdate="1965-12-12" dayOfMonth="12" monthOfYear="12" year="1965" region="" place="" countryIso2Code="KP" countryDescription="NORTH KOREA" regulationLanguage="en" logicalId="9">{_ACT}</birthdate>
    <birthdate circa="true" calendarType="GREGORIAN" city="-" zipCode="" yearRangeFrom="1955" yearRangeTo="1957" region="" place="" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="10">{_ACT}</birthdate>
    <identification diplomatic="false" knownExpired="false" knownFalse="true" reportedLost="false" revokedByIssuer="false" issuedBy="" latinNumber="" nameOnDocument="" number="F000" region="" countryIso2Code="00" countryDescription="UNKNOWN" identificationTypeCode="passport" identificationTypeDescription="National passport" regulationLanguage="en" logicalId="11">{_ACT}</identification>
  </sanctionEntity>
</export>
""".encode()


def table(
    columns: Sequence[str], rows: Sequence[dict[str, str]], *, delimiter: str = ",", title: str = "", bom: bool = False
) -> bytes:
    """A delimited file with a header; cells that a row leaves out are empty."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(c, "") for c in columns] for row in rows)
    return (b"\xef\xbb\xbf" if bom else b"") + (title + buffer.getvalue()).encode()


_EU_ENTITY = {
    "fileGenerationDate": "03/11/2026",
    "Entity_LogicalId": "900001",
    "Entity_EU_ReferenceNumber": "EU.9001.1",
    "Entity_Remark": "An invented bureau.",
    "Entity_SubjectType": "E",
    "Entity_SubjectType_ClassificationCode": "enterprise",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_OrganisationType": "council",
    "Entity_Regulation_PublicationDate": "2025-12-05",
    "Entity_Regulation_EntryIntoForceDate": "2025-12-06",
    "Entity_Regulation_NumberTitle": "2025/1 (OJ L)",
    "Entity_Regulation_Programme": "HR",
    "Entity_Regulation_PublicationUrl": "https://eur-lex.europa.eu/eli/y",
}
EU_CSV_ROWS = [
    {**_EU_ENTITY, "NameAlias_WholeName": "Exemplar Public Security Bureau", "NameAlias_NameLanguage": "EN", "NameAlias_LogicalId": "2", "NameAlias_Regulation_PublicationDate": "2021-03-22"},
    {**_EU_ENTITY, "NameAlias_WholeName": "新例子公安局", "NameAlias_NameLanguage": "ZH", "NameAlias_LogicalId": "3", "NameAlias_Regulation_PublicationDate": "2021-03-22"},
    {**_EU_ENTITY, "Address_City": "Urumqi", "Address_Street": "106 Example Road; gate 2", "Address_CountryIso2Code": "CN", "Address_CountryDescription": "CHINA", "Address_LogicalId": "6", "Address_ContactInfo": "PHONE[+86 1]"},
    {**_EU_ENTITY, "Identification_Number": "91650000000000001X", "Identification_TypeCode": "regnumber", "Identification_CountryIso2Code": "CN", "Identification_LogicalId": "5"},
]  # fmt: skip
EU_CSV = table(COLUMNS_1_1, EU_CSV_ROWS, delimiter=";", bom=True)


def _old_row(part: str, values: dict[str, str]) -> str:
    """One row of layout 1.0: the entity, one part, the reference."""
    base = {"Date_file": "04/07/2018", "Entity_logical_id": "901", "Subject_type": "P", "Leba_numtitle": "1/2003 (OJ L1)", "Leba_publication_date": "2003-07-08", "Leba_url": "http://eur-lex.europa.eu/x", "Programme": "IRQ", "EU_ref_num": "EU.901.1"}  # fmt: skip
    cells = []
    seen = 0
    for column in COLUMNS_1_0:
        if column == "Entity_logical_id":
            seen += 1
            parts = ("", "Naal", "Addr", "Birt", "Iden", "Citi")
            cells.append("901" if seen == 1 or parts[seen - 1] == part else "")
        else:
            cells.append(values.get(column, base.get(column, "")))
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerow(cells)
    return buffer.getvalue()


EU_OLD_ROWS = [
    _old_row("Naal", {"Naal_logical_id": "1", "Naal_wholename": "Erste Exempel", "Naal_gender": "M", "Naal_function": "Governor; Karbala"}),
    _old_row("Naal", {"Naal_logical_id": "2", "Naal_wholename": "???????? Exempel", "Naal_language": "BG"}),
    _old_row("Birt", {"Birt_logical_id": "1", "Birt_date": "1955-05-04", "Birt_place": "Mosul, north", "Birt_country": "IRQ"}),
    _old_row("Birt", {"Birt_logical_id": "2", "Birt_date": "N/A", "Birt_place": "Tikrit"}),
    _old_row("Iden", {"Iden_logical_id": "1", "Iden_number": "A0001 (passport-National passport) (issued 1990)"}),
    _old_row("Citi", {"Citi_logical_id": "1", "Citi_country": "IRQ"}),
    _old_row("Addr", {"Addr_logical_id": "1", "Addr_street": "1 Main Street", "Addr_city": "Baghdad", "Addr_country": "IRQ", "Addr_other": "PHONE[1, 2]\\nFAX[3]"}),
]  # fmt: skip
EU_OLD = (";".join(COLUMNS_1_0) + "\n" + "".join(EU_OLD_ROWS)).encode()


def as_spreadsheet_saved(document: bytes, width: int = 31) -> bytes:
    """What a spreadsheet makes of the file when it opens it with commas and somebody saves it again."""
    made = []
    for line in document.decode().splitlines():
        tabbed = line.replace(",", "\t")
        padded = tabbed + "\t" * (width - tabbed.count("\t"))
        made.append('"' + padded.replace('"', '""') + '"\n')
    return "".join(made).encode("cp1252")


UK_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <DateGenerated>03/11/2026</DateGenerated>
  <Designation>
    <LastUpdated>22/03/2021</LastUpdated><DateDesignated>22/03/2021</DateDesignated><UniqueID>GHR9001</UniqueID><OFSIGroupID>90001</OFSIGroupID><UNReferenceNumber/>
    <Names>
      <Name><Name1>ERSTE</Name1><Name6>EXEMPEL</Name6><NameType>Primary Name</NameType></Name>
      <Name><Name6>EXEMPLAR</Name6><Name1>Erst</Name1><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
      <Name><Name6>EXEMPLE</Name6><Name1>Erste</Name1><NameType>Primary Name Variation</NameType></Name>
    </Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>例子一</NameNonLatinScript><NonLatinScriptType>Chinese</NonLatinScriptType><NonLatinScriptLanguage>Chinese</NonLatinScriptLanguage></NonLatinName></NonLatinNames>
    <Titles><Title>Mr</Title></Titles>
    <RegimeName>The Global Human Rights Sanctions Regulations 2020</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UK</DesignationSource>
    <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
    <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>true</TravelBan><Deflag>false</Deflag></SanctionsImposedIndicators>
    <OtherInformation>Invented.</OtherInformation><UKStatementofReasons>Invented for a test.</UKStatementofReasons>
    <Addresses><Address><AddressLine1>1 Example Road</AddressLine1><AddressLine6>Urumqi</AddressLine6><AddressPostalCode>830000</AddressPostalCode><AddressCountry>China</AddressCountry></Address></Addresses>
    <IndividualDetails><Individual><DOBs><DOB>dd/mm/1958</DOB><DOB>03/04/1959</DOB></DOBs><Nationalities><Nationality>China</Nationality></Nationalities><Genders><Gender>Male</Gender></Genders>
      <Positions><Position>Director</Position></Positions><BirthDetails><Location><TownOfBirth>Kashgar</TownOfBirth><CountryOfBirth>China</CountryOfBirth></Location></BirthDetails>
      <PassportDetails><Passport><PassportNumber>X1</PassportNumber><PassportAdditionalInformation>expired</PassportAdditionalInformation></Passport></PassportDetails></Individual></IndividualDetails>
  </Designation>
  <Designation>
    <DateDesignated>31/07/2024</DateDesignated><UniqueID>RUS9002</UniqueID>
    <Names><Name><Name6>EXEMPLAR STAR</Name6><NameType>Primary Name</NameType></Name></Names>
    <RegimeName>The Russia (Sanctions) (EU Exit) Regulations 2019</RegimeName><IndividualEntityShip>Ship</IndividualEntityShip><DesignationSource>UK</DesignationSource>
    <SanctionsImposed>Shipping sanctions: (see 'Other information')</SanctionsImposed>
    <ShipDetails><Ship><IMONumbers><IMONumber>IMO9000001</IMONumber></IMONumbers><CurrentOwnerOperators><CurrentOwnerOperator>Exemplar Shipping FZCO</CurrentOwnerOperator></CurrentOwnerOperators>
      <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Gabon</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips><TypeOfShipDetails><TypeOfShip>Oil Tanker</TypeOfShip></TypeOfShipDetails></Ship></ShipDetails>
  </Designation>
  <Designation>
    <DateDesignated>29/06/2012</DateDesignated><UniqueID>AFG9003</UniqueID><UNReferenceNumber>TAe.901</UNReferenceNumber>
    <Names><Name><Name6>EXEMPLAR EXCHANGE</Name6><NameType>Primary Name</NameType></Name></Names>
    <RegimeName>The Afghanistan (Sanctions) (EU Exit) Regulations 2020</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip><DesignationSource>UN</DesignationSource><SanctionsImposed>Travel Ban</SanctionsImposed>
    <EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>R-1</BusinessRegistrationNumber></BusinessRegistrationNumbers><ParentCompanies><ParentCompany>Exemplar Holding</ParentCompany></ParentCompanies><Subsidiaries><Subsidiary>Exemplar Branch</Subsidiary></Subsidiaries></Entity></EntityDetails>
  </Designation>
</Designations>
""".encode()


def xlsx(rows: Sequence[Sequence[str | float]]) -> bytes:
    """The smallest workbook that holds these rows: text as inline strings, numbers as numbers."""

    def cell(value: str | float) -> str:
        return (
            f"<c><v>{value}</v></c>"
            if isinstance(value, float)
            else f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        )

    sheet = "".join("<row>" + "".join(map(cell, row)) + "</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        }
    )


def ods(rows: Sequence[Sequence[str]], *, prologue: str = "") -> bytes:
    """The smallest OpenDocument spreadsheet of these rows, with the repetitions that pad a real one."""
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in row)
        + '<table:table-cell table:number-columns-repeated="16376"/></table:table-row>'
        for row in rows
    )
    padding = '<table:table-row table:number-rows-repeated="1043268"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    content = f'\ufeff<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {spaces}><office:body><office:spreadsheet><table:table>{body}{padding}</table:table></office:spreadsheet></office:body></office:document-content>'
    return packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}, stored="mimetype"
    )


def packed(parts: dict[str, str], *, stored: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content.encode(), zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


UK_SHEET_HEADER = [
    "Unique ID",
    "OFSI Group ID",
    "Name",
    "Regime Name",
    "Type",
    "Designation source",
    "Date Designated",
    "Sanctions Imposed",
]
UK_SHEET = [
    UK_SHEET_HEADER,
    [
        "GHR9001",
        "90001",
        "EXEMPEL ERSTE",
        "Global Human Rights",
        "Individual",
        "UK",
        "22-03-2021",
        "Asset freeze, Travel Ban",
    ],
    [
        "RUS9002",
        "",
        "EXEMPLAR STAR",
        "Russia",
        "Ship",
        "UK",
        "31-07-2024",
        'Shipping sanctions: (see "Other information")',
    ],
    ["RUS9004", "90004", "", "Russia", "Individual", "UK", "16-06-2022", "Asset freeze"],
]
UK_ODS = ods(UK_SHEET)

OFSI_2018 = ["Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "DOB", "Town of Birth", "Country of Birth", "Nationality", "Passport Details", "NI Number", "Position", "Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type", "Regime", "Listed On", "Last Updated", "Group ID"]  # fmt: skip
OFSI_2020 = ["Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth", "Country of Birth", "Nationality", "Passport Number", "Passport Details", "National Identification Number", "NI Details", "Position", "Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On", "UK Sanctions List Date Designated", "Last Updated", "Group ID"]  # fmt: skip
_OFSI_ROW = {"Name 6": "EXEMPEL", "Name 1": "Erste", "Group Type": "Individual", "Alias Type": "Prime Alias", "Regime": "Afghanistan", "Listed On": "25/01/2001", "Last Updated": "01/02/2021", "Group ID": "7001", "DOB": "00/00/1980", "Nationality": "(1) Iraqi (2) Jordanian", "Country": "Pakistan", "Address 6": "Quetta"}  # fmt: skip
CONLIST_2018 = table(
    OFSI_2018,
    [
        _OFSI_ROW,
        {**_OFSI_ROW, "DOB": "00/00/1981"},
        {**_OFSI_ROW, "Name 1": "Erst", "Alias Type": "AKA", "Passport Details": "(1) A1 (2) B2", "Other Information": "UN Ref TAi.901. Known as ‘E’."},
        {"Name 6": "EXEMPLAR TRUST", "Group Type": "Entity", "Alias Type": "Prime Alias", "Regime": "Syria", "Listed On": "01/09/2011", "Last Updated": "01/09/2011", "Group ID": "7002"},
        {**_OFSI_ROW, "Name 6": "BEISPIEL", "Group ID": "7003", "Other Information": "UN Ref TAe.902. Leads a group."},
    ],
    title="Last Updated,13/04/2018" + "," * 27 + "\r\n",
)  # fmt: skip
CONLIST_2020 = table(
    OFSI_2020,
    [
        {**_OFSI_ROW, "Name Non-Latin Script": "مثال", "Passport Number": "P1", "UK Sanctions List Date Designated": "31/12/2020", "Other Information": "(UK Sanctions List Ref):AFG9001. Invented."},
        {**_OFSI_ROW, "Name 1": "Erst", "Alias Type": "AKA", "Alias Quality": "Low"},
    ],
    title="Last Updated,27/04/2020" + "," * 34 + "\r\n",
)  # fmt: skip

AU_HEADER = ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship", "Address", "Additional Information", "Listing Information", "Committees", "Control Date", ""]  # fmt: skip
AU_ROWS: list[list[str | float]] = [
    [2.0, "EXEMPLAR ONE", "Individual", "Primary Name", "a) Approximately 1955- 1957 b) 12 Mar. 1960", "Kandahar, Afghanistan", "Afghan", "NA", "Title: Mullah (TAi.901).", "Listed by UN 1267 Committee on 25 January 2001 (amended on 20 December 2005)", "1988 (Taliban)", "2014-12-15", ""],
    ["2a", "مثال", "Individual", "Original Script", "a) Approximately 1955- 1957 b) 12 Mar. 1960", "Kandahar, Afghanistan", "Afghan", "NA", "Title: Mullah (TAi.901).", "Listed by UN 1267 Committee on 25 January 2001 (amended on 20 December 2005)", "1988 (Taliban)", "2014-12-15", ""],
    ["2b1", "Old Exemplar", "individual", "Formerly known as", "", "", "", "", "", "", "1988 (Taliban) ", "2014-12-15", ""],
    ["1112", "Exemplar Shipping Co", "Entity ", "Primary Name ", "", "", "", "a) Tehran, Iran b) 1 Main Street, Damascus, Syria", "IMO Identification Number: 9000001", "Instrument of first designation: Autonomous Sanctions Instrument 2022", "Autonomous (Iran)", "2024-01-12", ""],
    ["1112a", "Exemplar Line", "Entity", "aka", "", "", "", "", "", "", "Autonomous (Iran)", "2024-01-12", " "],
]  # fmt: skip
AU_XLSX = xlsx([AU_HEADER, *AU_ROWS])

CH = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<swiss-sanctions-list list-type="whole-list" date="2026-11-02">
  <sanctions-program ssid="20" version-date="2026-05-21" predecessor-version-date="2025-12-12"><program-key lang="eng">Belarus</program-key><program-key lang="ger">Belarus</program-key>
    <program-name lang="eng">Ordinance on measures against Belarus</program-name><sanctions-set ssid="4387" lang="eng">Financial measures, annex 1</sanctions-set><sanctions-set ssid="4388" lang="eng">Travel ban, annex 2</sanctions-set><sanctions-set ssid="4387" lang="ger">Finanzsanktionen</sanctions-set><origin>EU</origin></sanctions-program>
  <place ssid="29492"><location>Minsk</location><area>Minsk Region</area><country iso-code="BY">Belarus</country></place>
  <target ssid="5142"><sanctions-set-id>4387</sanctions-set-id><sanctions-set-id>4388</sanctions-set-id><foreign-identifier>140</foreign-identifier>
    <individual sex="male">
      <identity ssid="5144" main="true">
        <name ssid="1" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="family-name"><value>Exempel</value><spelling-variant lang="RUS" script="CYRL" spelling-variant-type="not-defined">Экземпель</spelling-variant><spelling-variant lang="RUS" script="LATN" spelling-variant-type="not-defined">Ekzempel</spelling-variant></name-part>
          <name-part order="2" name-part-type="given-name"><value>Erste</value><spelling-variant lang="RUS" script="CYRL">Эрсте</spelling-variant></name-part><name-part order="3" name-part-type="title"><value>General</value></name-part></name>
        <name ssid="2" name-type="alias" quality="low" lang="eng"><name-part order="1" name-part-type="whole-name"><value>The Example</value></name-part></name>
        <nationality ssid="3"><country iso-code="BY">Belarus</country></nationality>
        <day-month-year ssid="4" day="23" month="3" year="1980" calendar="Gregorian" quality="good"/>
        <place-of-birth ssid="5" place-id="29492" quality="good"/>
        <address ssid="6" place-id="29492" quality="good"><c-o>Example Club</c-o><address-details>4 Example Street</address-details><zip-code>220029</zip-code></address>
        <identification-document ssid="7" document-type="passport"><number>MP1</number><issuer code="BY">Belarus</issuer><expiry-date>2030-01-01</expiry-date></identification-document>
      </identity>
      <identity ssid="8" main="false"><name ssid="9" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="whole-name"><value>Anders Exempel</value></name-part></name></identity>
      <justification ssid="10">Invented.</justification><relation ssid="11" target-id="46130" relation-type="related-to"/><other-information ssid="12">Invented too.</other-information>
    </individual>
    <modification modification-type="listed" enactment-date="2021-08-11" publication-date="2021-08-11" effective-date="2021-08-12"/>
    <modification modification-type="amended" effective-date="2022-01-01"><added><identity ssid="99"><name/></identity></added><removed><identity/></removed></modification>
  </target>
  <target ssid="46130" sanctions-set-id="4388"><entity><identity ssid="13" main="true"><name ssid="14" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="whole-name"><value>Exemplar Bank</value></name-part></name></identity></entity>
    <modification modification-type="amended" effective-date="2015-11-18"/><modification modification-type="de-listed" effective-date="2016-03-01"/><modification modification-type="listed" effective-date="2006-05-16"/></target>
  <target ssid="34461"><sanctions-set-id>4387</sanctions-set-id><object object-type="vessel"><identity ssid="15" main="true"><name ssid="16" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="whole-name"><value>Exemplar Star</value></name-part></name></identity><other-information ssid="17">IMO Number: 9000001</other-information></object></target>
</swiss-sanctions-list>
""".encode()
