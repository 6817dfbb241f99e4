"""The columns of the EU list's two CSV layouts, and the elements and attributes of its XML that they are."""

from __future__ import annotations

from .strict_rows import Layout

CSV_1_1 = "csvFullSanctionsList_1_1.csv"
CSV_1_0 = "csvFullSanctionsList.csv"

LAW = (
    "Type",
    "OrganisationType",
    "PublicationDate",
    "EntryIntoForceDate",
    "NumberTitle",
    "Programme",
    "PublicationUrl",
)
_PLACE = {"Region": "region", "CountryIso2Code": "countryIso2Code", "CountryDescription": "countryDescription"}
LINE = {"LogicalId": "logicalId", "RegulationLanguage": "regulationLanguage"}
PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "NameAlias": (
        "nameAlias",
        {
            "LastName": "lastName",
            "FirstName": "firstName",
            "MiddleName": "middleName",
            "WholeName": "wholeName",
            "NameLanguage": "nameLanguage",
            "Gender": "gender",
            "Title": "title",
            "Function": "function",
        },
    ),
    "Address": (
        "address",
        {
            "City": "city",
            "Street": "street",
            "PoBox": "poBox",
            "ZipCode": "zipCode",
            "Place": "place",
            "AsAtListingTime": "asAtListingTime",
            **_PLACE,
        },
    ),
    "BirthDate": (
        "birthdate",
        {
            "BirthDate": "birthdate",
            "Day": "dayOfMonth",
            "Month": "monthOfYear",
            "Year": "year",
            "YearRangeFrom": "yearRangeFrom",
            "YearRangeTo": "yearRangeTo",
            "Circa": "circa",
            "CalendarType": "calendarType",
            "ZipCode": "zipCode",
            "Place": "place",
            "City": "city",
            **_PLACE,
        },
    ),
    "Identification": (
        "identification",
        {
            "Number": "number",
            "Diplomatic": "diplomatic",
            "KnownExpired": "knownExpired",
            "KnownFalse": "knownFalse",
            "ReportedLost": "reportedLost",
            "RevokedByIssuer": "revokedByIssuer",
            "IssuedBy": "issuedBy",
            "IssuedDate": "issuedDate",
            "ValidFrom": "validFrom",
            "ValidTo": "validTo",
            "LatinNumber": "latinNumber",
            "NameOnDocument": "nameOnDocument",
            "TypeCode": "identificationTypeCode",
            "TypeDescription": "identificationTypeDescription",
            **_PLACE,
        },
    ),
    "Citizenship": ("citizenship", dict(_PLACE)),
}
"""Prefix of the columns of a part, the element it is, and column to attribute."""

ENTITY = (
    "LogicalId",
    "EU_ReferenceNumber",
    "UnitedNationId",
    "DesignationDate",
    "DesignationDetails",
    "Remark",
    "SubjectType",
    "SubjectType_ClassificationCode",
)
COLUMNS_1_1 = (
    "fileGenerationDate",
    *(f"Entity_{c}" for c in ENTITY),
    *(f"Entity_Regulation_{c}" for c in LAW),
    *(
        f"{prefix}_{c}"
        for prefix, (_, columns) in PARTS.items()
        for c in (
            *columns,
            *(("ContactInfo",) if prefix == "Address" else ()),
            *LINE,
            "Remark",
            *(f"Regulation_{law}" for law in LAW),
        )
    ),
)
LAYOUT_1_1 = Layout(columns=COLUMNS_1_1, delimiter=";")

LEBA = ("leba_numtitle", "leba_publication_date", "leba_url", "programme")
PARTS_1_0 = {
    "Naal": (
        "nameAlias",
        ("lastname", "firstname", "middlename", "wholename", "gender", "title", "function", "language"),
    ),
    "Addr": ("address", ("number", "street", "zipcode", "city", "country", "other")),
    "Birt": ("birthdate", ("date", "place", "country")),
    "Iden": ("identification", ("number", "country")),
    "Citi": ("citizenship", ("country",)),
}
COLUMNS_1_0 = (
    "Date_file",
    "Entity_logical_id",
    "Subject_type",
    *(f"Leba_{c.removeprefix('leba_')}" for c in LEBA[:3]),
    "Programme",
    "Entity_remark",
    *(
        f"{p}_{c}" if c != "Entity_logical_id" else c
        for p, (_, own) in PARTS_1_0.items()
        for c in ("logical_id", "Entity_logical_id", *LEBA, *own)
    ),
    "EU_ref_num",
)
