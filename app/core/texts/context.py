"""What puts a signal's words in context: the region's names, and the words some ordinary phrases need beside them (risk.md 7).

A word that is ordinary elsewhere weighs only with the region in the same sentence. Some words mean several things (新生 is a new
student and a released prisoner): without a word that settles it they are not read as signals. Names of peoples are no signal; only a programme or
a technology that sorts by them is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.places.names import HAN_TEXT
from app.core.places.names import Mention as PlaceMention
from app.core.places.readings import PlaceReadings, PlaceStrength
from app.core.reference import Reference
from app.core.submission import SubmittedParty

from .phrases import matches_from, plain_word

_A = r"(?<![a-z])"
_Z = r"(?![a-z])"
_LATIN = (
    r"xinjiang(?! (?:county|village|hotel|restaurant|road|street))|xuar|u[iy]gh?ur|sinkiang|kashgar|hotan|[uü]r[uü]mqi|aksu"
    r"|xpcc|bingtuan"
)
REGION = re.compile(
    rf"{_A}(?:{_LATIN}){_Z}"
    r"|新疆(?!域|街道|村|大厦|宾馆|饭店|酒店|餐厅)|南疆(?!舰)|北疆(?!舰)|疆内|疆籍|援疆|入疆|在疆|维吾尔|维族|喀什|和田(?=地区|市|县)|(?<=[在到从赴于自至、])和田(?!玉|[一-龥]子)"
    r"|阿克苏(?!诺)|克孜勒苏|乌鲁木齐(?![东南西北中一二三四]{0,2}路)|(?:^|(?<=[^\u3400-\u9fff]))兵团|兵团(?=第?[一二三四五六七八九十]+师|公安|国资|监狱|团场)"
)
"""Names of the region and of the Corps that need no gazetteer."""

_IN_LATIN = re.compile(rf"{_A}(?:{_LATIN}){_Z}")
_IN_LATIN_FIRST = (
    "xinjiang",
    "xuar",
    "uig",
    "uyg",
    "sinkiang",
    "kashgar",
    "hotan",
    "urumqi",
    "aksu",
    "xpcc",
    "bingtuan",
)
"""The Latin part of ``REGION``, and how its names begin where no letter has an accent."""


def region_names(folded: str) -> tuple[str, ...]:
    """The region's own names in a folded text, each once, in their order."""
    if folded.isascii():
        return tuple(dict.fromkeys(m.group() for m in matches_from(_IN_LATIN, folded, folded, _IN_LATIN_FIRST)))
    return tuple(dict.fromkeys(m.group() for m in REGION.finditer(folded)))


MINORITY = re.compile(rf"少数民族|{_A}ethnic minorit(?:y|ies){_Z}|{_A}minority (?:workers?|labor|labour){_Z}")
OTHER_MINORITY_REGIONS = re.compile(
    r"云南|贵州|广西|西藏|青海|四川|凉山|宁夏|内蒙古|甘肃|湖南|湘西|海南|yunnan|guizhou|guangxi|tibet|qinghai|sichuan|ningxia"
    r"|inner mongolia|gansu|hunan|hainan|viet|laos|myanmar|india"
)
"""Minority programmes of other regions: there the word 少数民族 says nothing about Xinjiang."""

ITS_OWN = re.compile(
    r"疆|xinji|uyghur|去极端化|de extremification|一体化联合作战平台|ijop|integrated joint operations|便民警务站"
    r"|convenience police station|维族|全区人口精准登记|中国新建集团|xpcc|bingtuan|兵团(?=.)|少数民族|喀什|和田|乌鲁木齐|阿克苏|kashgar|hotan|urumqi"
)
"""Phrases so specific that they are their own context."""

SPECIFIC = frozenset(
    [
        *(
            "富余劳动力",
            "农村富余劳动力",
            "城乡富余劳动力",
            "富余劳动力转移就业",
            "有组织转移就业",
            "疆内跨地区转移就业",
        ),
        *(
            "卫星工厂",
            "总部+卫星工厂",
            "乡镇工场",
            "企业+农户+家庭工坊",
            "带队干部",
            "随队干部",
            "随队民警",
            "扣押身份证",
        ),
        *("职业技能教育培训中心", "集中教育转化", "教育转化", "教培学员", "解教人员", "可提供少数民族工人", "整批输送"),
        *(
            "访惠聚",
            "三股势力",
            "联合作战平台",
            "少数民族识别",
            "种族属性",
            "民族属性",
            "全民健康体检",
            "人口精准登记核实",
        ),
        *("transferred laborers", "surplus labor", "surplus laborers", "rural surplus workers", "labor transfer"),
        *(
            "government vetted workers",
            "team leader cadre",
            "passport confiscated",
            "segregated dormitory",
            "not allowed to leave",
        ),
        *("barred from leaving industrial park", "hashar", "convict labor", "prison labor", "re education camp"),
        *("internment camp", "vsetc", "concentrated education transformation", "predictive policing platform"),
        *(
            "ethnicity recognition",
            "minority analytics",
            "physicals for all",
            "vocational skills education and training center",
        ),
    ]
)
"""Words that keep a medium weight without the region: they are not ordinary anywhere (risk.md 7, most specific words)."""

_PEOPLE = r"工人|员工|职工|劳动力|务工|用工|宿舍|工厂|车间|worker|labou?r|employee|staff|dormitor|factory"
_POLICE = r"公安|警|政法委|维稳|监狱|看守所|司法厅|国保|police|public security|prison|少数民族|维族|维吾尔|minorit|uyghur|全民|residents|population"
_TECHNIQUE = (
    r"识别|预警|算法|摄像|监控|检测|布控|人脸|视频|recogni|detect|algorithm|camera|analytic|alert|video|facial|software"
)
_TRADE = (
    r"中标|建设单位|招标人|甲方|业主|采购|客户|供应|供货|销售|售予|出售|合同|项目|工程|承建|交付|部署|签约|案例|安装|出口|卖给|供给|提供(?![^，。；]{0,12}(?:信息|材料|资料|证明|名单|数据))"
    r"|customer|client|\breferences?\b(?! to)|\bprojects?\b|suppl(?:y|ied|ies)|sold|sell|sale|contract|tender|deliver|deploy|award|procure|provid|install|export|\bused (?:in|by|for)\b|\bbuilt\b"
)
_SUPPLY = r"原产|产地|来源|供应商|供货商|原料|棉|上游|溯源|origin|supplier|sourc|cotton|material|chain|farm|trace|mill|upstream"
_CORPS = r"新疆|兵团|第?[一二三四五六七八九十]师|\d+团|[一二三四五六七八九〇]团|xinjiang|corps|xpcc|bingtuan|regiment"

_NEEDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        _PEOPLE,
        ("dispatch", "checkpoint", "出入登记", "统一住宿", "专人管理", "集中管理", "双语翻译", "closed management"),
    ),
    (r"少数民族|新疆籍|富余|转移|输送|输出", ("人力资源公司",)),
    (r"失业|返贫|就业|labou?r|employ|poverty", ("early warning",)),
    (r"training|camp|detain|培训", ("vtc",)),
    (r"监狱|劳改|刑满|狱|prison", ("新生",)),
    (r"教培|培训中心|结业|教育转化", ("学员就业",)),
    (r"暴恐|恐怖|极端|维稳|三股|专项行动", ("严打",)),
    (r"干部|亲戚|访惠聚|cadre", ("住户", "结亲", "become family")),
    (r"务工|招工|就业|劳动力|输出|转移|拾花|采棉|摘棉|采摘|员工|工人", ("统一组织", "政府组织")),
    (
        r"第?[一二三四五六七八九十]师|兵团|团场|corps|xpcc|bingtuan|regiment",
        ("农场", "连队", "师市", "agricultural division"),
    ),
    (r"维吾尔|维族|少数民族|富余|uyghur|transfer", ("新疆班",)),
    (_CORPS, ("eighth division",)),
    (_POLICE, ("安检门", "采集终端", "手机检查", "checkpoint screening", "data door", "customer list")),
    (
        _POLICE,
        ("iris", "blood sample", "voiceprint", "str kit", "dna collection", "基因测序仪", "法医dna", "dna数据库"),
    ),
    (_POLICE, ("dna采集", "血样采集", "虹膜采集", "声纹采集")),
    (
        _POLICE,
        ("key persons", "实名制", "personal data profiling", "population registration", "人口服务管理", "人员画像"),
    ),
    (r"公安|警|布控|维稳|管控|police", ("重点人员", "放心人员", "focus personnel", "trust scoring")),
    (_TECHNIQUE, ("维族", "是否维族", "种族属性", "民族属性")),
    (r"转移就业|劳动力|带队|军事化|集中住宿|封闭|援疆|输送|组织", ("维吾尔族员工", "新疆少数民族员工")),
    (_SUPPLY, ("lack of transparency", "shell company", "mass balance", "质量平衡", "拒绝提供", "不便透露")),
    (
        _TRADE,
        (
            "新疆公安厅",
            "自治区公安厅",
            "乌鲁木齐市公安局",
            "喀什地区公安局",
            "和田地区公安局",
            "新疆监狱管理局",
            "兵团公安局",
        ),
    ),
    (
        _TRADE,
        (
            "政法委",
            "公安局",
            "公安厅",
            "public security bureau of xinjiang",
            "urumqi public security",
            "prison administration",
        ),
    ),
    (_TRADE, ("public security bureau", "public security department", "police")),
)
NEEDS: Mapping[str, re.Pattern[str]] = {
    " ".join(plain_word(w) for w in phrase.split()): re.compile(pattern)
    for pattern, phrases in _NEEDS
    for phrase in phrases
}
"""Phrases that weigh only with another word in the same sentence, by the folded phrase; without it they are not the signal."""

SIGNAL_NEEDS: Mapping[str, re.Pattern[str]] = {
    "GOV-04": re.compile(_SUPPLY),
    "DOC-01": re.compile(_SUPPLY),
    "ORG-05": re.compile(_SUPPLY),
    "TEC-07": re.compile(_TRADE),
    "TEC-05": re.compile(_POLICE),
    "TEC-04": re.compile(r"公安|政府|中标|招标|警|police|government|public security|authorit|bureau|tender"),
    "LAB-07": re.compile(_PEOPLE),
    "LAB-09": re.compile(_PEOPLE),
    "TEC-02": re.compile(
        r"识别|预警|算法|摄像|监控|检测|布控|人脸|视频|recogni|detect|algorithm|camera|analytic|analysis|alert|alarm|video|facial|\bface"
        r"|software|surveillance|image|biometric"
    ),
    "DET-04": re.compile(r"factor|plant|site|facilit|workshop|park|厂|园|车间"),
}
"""The same for what a signal's patterns find."""

FILED = re.compile(r"备案|审批|报警|户籍|身份证|签证|许可证")
"""A police office that registers and licenses is no customer."""

OTHER_AUTHORITY = re.compile(r"(内蒙古|壮族|回族|西藏)$")
"""Before 自治区公安厅 they name the authority of another region."""

NAMESAKES = frozenset(["KZ", "KG", "TJ", "TR", "RU", "MN", "AF", "PK", "IN", "PG", "TW", "AZ"])
"""Countries with places of the same Latin names (risk.md 3, rule 5): there only Han names or the region's own name count."""

_OWN_NAME = re.compile(rf"{_A}(?:xinjiang|xuar|u[iy]gh?ur|xpcc|bingtuan){_Z}|[\u3400-\u9fff]")


_YES = re.compile(
    r"\s*(?:(?:a|answer|答|回答)\s*[:：.]?\s*)?(?:yes\b|是(?!否)|有(?!无)|对(?=[，。,.]|$)|affirmative|correct\b|确实|接收了)"
)


_OF_PEOPLE = re.compile(
    r"(?:籍|的|方面|各县|农村|城乡|贫困|少数民族|各族)*(?:富余|剩余|转移|劳动力|劳务|务工|用工|员工|职工|工人|工友|农民工|群众|青年|学员|贫困|建档立卡"
    r"|少数民族|人社|就业局|组织|招[聘工收录募]|教培|援疆)"
)
"""Behind a short Chinese name they make it the place that people are from or are sent by."""

_SHORT_NAME_BEFORE = re.compile(
    r"(?:在|到|从|赴|于|自|至|、|来自|接收|吸纳|招收|招聘|输送|录用|引进|安置|组织|向|与|和|往)$"
)
RELEVANT_FROM = 2014
"""Words of labour transfer and aid programmes weigh from this year on (risk.md 7, time)."""

_YEAR = re.compile(
    r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9]{3})"
    r"(?!\s*[多余几]?(?:元|人|名|吨|万|亿|个|户|亩|台|件|套|公斤|千克|公里|米|%))"
    r"(?!\s+(?:[a-z]+\s+){0,3}?(?:workers?|labou?rers?|people|persons|employees|staff|villagers|farmers|trainees|women|men|tons?|tonnes"
    r"|yuan|rmb|usd|dollars?|euros?|units|pieces|sets|households)\b)"
    r"|(?<=\bin )(?:19|20)[0-9]{2}(?![0-9])|(?<=\bsince )(?:19|20)[0-9]{2}(?![0-9])"
)
"""A year, not an amount: 2000 workers and 2000元 tell no time, in 2012 does."""
_GOES_ON = re.compile(
    r"\b(?:since|ever since|until today|to date|still)\b|\bfrom (?=(?:19|20)[0-9]{2})|以来|至今|起(?!初|先)|仍"
)


def is_long_past(sentence: str, said_in: int | None) -> bool:
    """Whether a folded sentence tells of a time before the programmes: all its years lie before, else the text's own year."""
    years = [int(y) for y in _YEAR.findall(sentence)]
    if years:
        return max(years) < RELEVANT_FROM and _GOES_ON.search(sentence) is None
    return said_in is not None and said_in < RELEVANT_FROM


def is_asked(folded: str, start: int, end: int) -> bool:
    """Whether a sentence is a question that no yes follows: it says of nobody that it is so."""
    return folded[start:end].rstrip().endswith(("?", "？")) and not _YES.match(folded, end)


def is_answered(folded: str, start: int, end: int) -> bool:
    """Whether a sentence is a question that is answered with yes: then its "whether" is no condition."""
    return folded[start:end].rstrip().endswith(("?", "？")) and _YES.match(folded, end) is not None


def context_words(sentence: str, reference: Reference, country: str | None) -> tuple[str, ...]:
    """What a folded sentence names of the region: its own names first, else places of the gazetteer, else minority programmes."""
    found = region_names(sentence)
    if not found:
        found = tuple(
            dict.fromkeys(
                m.text
                for m in reference.place_index.mentions(sentence)
                if (m.strong or _names_people(sentence, m))
                and not m.street
                and not m.product
                and not m.place.level.startswith("xpcc_div")
                and m.place.level != "xpcc"
            )
        )
    if country in NAMESAKES:
        found = tuple(word for word in found if _OWN_NAME.search(word))
    if not found and not OTHER_MINORITY_REGIONS.search(sentence):
        found = tuple(dict.fromkeys(m.group() for m in MINORITY.finditer(sentence)))
    return found


def _names_people(sentence: str, mention: PlaceMention) -> bool:
    """Whether a short Chinese name, weak alone, stands before people and after a word that brings them: 接收和田富余劳动力."""
    if not mention.han or not _OF_PEOPLE.match(sentence, mention.end):
        return False
    before = sentence[max(0, mention.start - 4) : mention.start]
    return not HAN_TEXT.search(before[-1:]) or _SHORT_NAME_BEFORE.search(before) is not None


def lies_there(places: PlaceReadings, ref: str) -> bool:
    """Whether a site or a registration of the party lies in the region."""
    firm = (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE)
    return any(r.strength in firm for r in (*places.sites(ref), *places.registration(ref)))


def country_of(party: SubmittedParty) -> str | None:
    """The party's country, or that of its first site."""
    return party.country or next((s.country for s in party.sites if s.country is not None), None)
