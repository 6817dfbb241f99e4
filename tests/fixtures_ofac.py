"""A small OFAC set in the official layout, typed for tests: CRLF, nulls with a trailing space, a final 0x1A."""

from __future__ import annotations

import io
import zipfile

NULL = "-0- "


def sdn(
    number: int, name: str, kind: str = NULL, programme: str = "GLOMAG", remarks: str = NULL, title: str = NULL
) -> str:
    def quoted(cell: str) -> str:
        return cell if cell == NULL else f'"{cell}"'

    cells = [str(number), f'"{name}"', quoted(kind), f'"{programme}"', quoted(title), *[NULL] * 6, quoted(remarks)]
    return ",".join(cells)


def document(*lines: str) -> bytes:
    return ("\r\n".join(lines) + "\r\n\x1a").encode("ascii")


SDN = document(
    sdn(29159, "XINJIANG PUBLIC SECURITY BUREAU"),
    sdn(29160, "HUO, Liujun", "individual", remarks="DOB 1952; Gender Male."),
    sdn(29299, "XINJIANG PRODUCTION AND CONSTRUCTION CORPS", remarks="Linked To: CHEN, Quanguo."),
    sdn(29220, "CHEN, Quanguo", "individual", remarks="DOB 1955; POB Pingyu, Henan, China; Gender Male."),
    sdn(
        39417,
        "GAO, Qi",
        "individual",
        "GLOMAG] [UHRPA",
        "DOB Aug 1970; POB Linxian County, Shanxi Province, China; nationality China; Gender Male; "
        "Linked To: XINJIANG PUBLIC SECURITY BUREAU.",
    ),
    sdn(
        90001,
        "EXEMPLAR SHIPPING CO., LTD.",
        programme="SDGT",
        remarks="a.k.a. 'EXSHIP'; Tax ID No. 1234567890 (Panama); Unified Social Credit Code (USCC) 91110000600037341L (China); "
        "Organization Established Date 1999; Secondary sanctions risk: section 1(b) of Executive Order 13224.",
    ),
)
ADD = document(
    '29159,44122,-0- ,"Xinjiang","China",-0- ',
    "29160,44205,-0- ,-0- ,-0- ,-0- ",
    '90001,5,"1 Calle","Panama City","Panama",-0- ',
)
ALT = document('29159,45859,"aka","XINJIANG BUREAU OF PUBLIC SECURITY",-0- ', '90001,7,"fka","EXEMPLAR TRADING",-0- ')
COMMENTS = document('90001,"; Linked To: HUO, Liujun."', '12345,"an orphan of another edition"')


def archive(**documents: bytes) -> bytes:
    """Documents (``sdn`` for sdn.csv …) in one zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in documents.items():
            made.writestr(f"{name}.csv", body)
    return buffer.getvalue()


WHOLE = archive(sdn=SDN, add=ADD, alt=ALT, sdn_comments=COMMENTS)
