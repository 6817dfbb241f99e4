"""Whether the words around a hit deny it, forbid it, or only report it of somebody else (risk.md 3 rule 10, risk.md 7).

A denial within about six words or ten characters turns the hit into a statement to check; a policy quotes what it forbids. Words
that only look like a denial ("not only", 不断, 未来, 不少于) and prohibitions that workers are put under ("not allowed to leave",
不得外出) are neither.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WINDOW = 160
"""Characters on either side of a hit that are looked at."""

_TURN = re.compile(
    r"\b(but|however|nevertheless|nonetheless|yet|although|though|while|whereas|because|since|therefore|who|which)\b"
    r"|[,:]\s*(and\s+)?(we|they|it|he|she|our|in \d{4}|the (company|factory|plant|supplier|workers?))\b"
    r"|但|然而|却|不过|因此"
)
"""Where a clause turns: what stands before no longer governs what follows."""

_NO = re.compile(
    r"(\b(no|not|never|non|none of|no one|nobody|nothing|without|neither|nor|cannot|exclud\w*|avoid\w*|refus\w*|reject\w*|den(?:y|ies|ied|ying)|other than|instead of|rather than"
    r"|free (of|from)|zero(?![- ]tolerance))\b|n['’]t\b)"
    r"(?!\s+(only|just|merely|solely|limited|fewer|less|more than|longer|doubt|exception|allowed|permitted|able|free to|paid"
    r"|let|leave|exit|leave to|permission|access|entry|them|him|her))"
)
_OUTING = r"(外出|离开|离岗|离厂|离园|出厂|回家|请假|擅自|随意|私自)"
_NO_HAN = re.compile(
    r"(不(?!断|仅|只|光|但|单|少|低于|小于|久|再|同|锈|动产|良|过|远|错|[得准许能可允]{1,2}" + _OUTING + r")"
    r"|未(?!来|婚|成年|央)|无(?!锡|偿|条件|缝|纺|人|线|数|论|疑|"
    + _OUTING
    + r")|没(?!收)有?|禁止|严禁|杜绝|拒绝|排除|避免"
    r"|非(?!常|遗|公|洲|法|物质|全日|农)|否认)[^，。；！？,.;!?]{0,10}$"
)
_NO_HAN_LIST = re.compile(
    r"(不|未|没有|从没|绝不|从不)(曾)?(参与|参加|使用|采用|接收|接受|雇佣|雇用|招用|招收|涉及|采购|购买|存在|销售|提供|承接|支持|从事)"
    r"[^，。；！？,.;!?]{0,40}(或者?|和|及|以及|与|、)[^，。；！？,.;!?]{0,10}$"
)
"""A denial that a list goes on from: 不参与任何劳动力转移或对口援疆项目."""
_NO_LISTED_HAN = re.compile(
    r"(不使用|不采用|不接受|不接收|不参与|不雇用|不雇佣|不涉及|不存在|不从事|没有|从未|未曾|从不|拒绝)[^，。；！？,;!?]{0,40}"
    r"[，,](包括|如|例如|以及|及|和|或|也|特别是|尤其是|含)[^，。；！？,;!?]{0,30}$"
)
"""A denial that goes on to list what it denies."""

_NO_AFTER = re.compile(
    r"^(?:[^\w.;!?]+[\w'’\-]+){0,10}?\W+(?:is|are|was|were|be|been|has|have)\s+(?:\w+\s+){0,2}?"
    r"(?:(?:not|never)\s+(?:\w+ly\s+)?(?:be\s+)?(?:been\s+)?(?:used|employed|hired|accepted|permitted(?! to)|allowed(?! to)"
    r"|tolerated|recruited|engaged|involved|present|acceptable|sourced|received|found|part of)"
    r"|unacceptable|intolerable|condemned|rejected|(?:prohibited|forbidden|banned|excluded|outlawed)(?! (?:from \w+ing|to)\b))\b"
)
_NOT_DONE = re.compile(
    r"^(?:[^\w.;!?]+[\w'’\-]+){0,6}?\W+(?:(?:do|does|did|has|have|will|can)(?: not|n['’]?t)|never)\s+(?:\w+ly\s+)?(?:be\s+|been\s+)?"
    r"(?:occur|happen|take place|taken place|exist|apply|occurred|happened|existed)(?:s|red|ed)?\b"
)
_NONE_AFTER = re.compile(
    r"^[^.:：|。;；\n]{0,40}?(?:[:：=|]|\s[-–—]\s)\s*(none|no|nil|n/a|zero|0(?: ?%| percent)?|无|没有|否|不涉及|不适用)\s*(?:[.。;；,，|]|$)"
)
_TICKED = "☑☒■✓✔√"
_UNTICKED = re.compile(r"[☐□]\s*$")
_TICKED_NO = re.compile(rf"^[^。；;\n]{{0,16}}?[{_TICKED}]\s*(?:否|无|没有|no)(?=\s*(?:[□☐|。；;，,]|$))")
"""A form whose box for no is ticked, and a box that is not."""

_NO_AFTER_HAN = re.compile(
    r"^[^，。；！？,.;!?]{0,12}(均不|均无|并无|毫无|无任何|没有任何|不存在任何|无关|没有关系|没有关联|一律不|被禁止|是禁止的|不存在|未发生|概不|零容忍|予以禁止|坚决抵制)"
)
_FREE_AFTER = re.compile(r"^[\s\-]?free\b")
_CLAIM = re.compile(
    r"\b(allegations?|alleged|claims?|reports?|rumou?rs?|accusations?|statements?|media)\b|报道|传言|指控|谣言|说法|网传|据传|传闻|谣传|所谓"
)
_UNTRUE = re.compile(
    r"^[^.;!?\n]*?\b(?:is|are|was|were)\s+(?:\w+\s+){0,2}?(?:false|untrue|not true|unfounded|baseless|groundless|incorrect|inaccurate"
    r"|fabricated|lies|without (?:any )?(?:foundation|basis|merit)|denied|refuted)\b"
    r"|^[^。；！？\n]*?(?:不实|不属实|与事实不符|子虚乌有|纯属|系谣言|是谣言)"
)
"""What a company says of claims about it: they are untrue."""

_RULED_OUT = re.compile(
    r"\b(zero.tolerance|prohibit(s|ed|ing)?|forbid(s|den|ding)?|bans?|banned|banning|outlaw\w*|restrict(?:s|ing) products|do(es)? not tolerate|condemns?|opposes?|not permitted"
    r"|not allowed|shall not|must not|(policy|policies|rules?|standards?) (on|against|regarding|concerning|towards))\b"
    r"(?! (from )?(to )?(leav\w*|exit\w*|go|going|enter\w*)\b)"
)
_LOOKED_FOR = re.compile(
    r"\b(risks? of|aware of|concerned about|screen\w*|audit(s|ed|ing)?(?! (?:report|found|finds|show|say|said|reveal|confirm|identified)\w*)|check(s|ed|ing)? for|monitor(s|ed|ing)? for|due diligence (on|for)"
    r"|indicators? (?:of|such as|like|including)|looks? for|looking for|asks? (?:about|for)|signs? of|red flags?)\b(\W+\w+){0,7}\W*$"
)
_TOPIC = re.compile(
    r"\b(seminars?|webinars?|trainings?|briefings?|conferences?|questions?|questionnaires?|laws?|rules?|regulations?|guidance|advisor(y|ies)|hearings?)"
    r"( \w+){0,3} (about|on|regarding|concerning|covering)\b(\W+\w+){0,5}\W*$"
)
_DISCUSSED = re.compile(
    r"\b(?:seminars?|webinars?|conferences?|panels?|articles?|books?|films?|lectures?|hearings?)\b[^.;!?\n]{0,40}?\b(?:discuss\w*|debat\w*|cover(?:s|ed)|address(?:es|ed)|dealt with)\b"
    r"(\W+\w+){0,6}\W*$"
)
_TOPIC_HAN = re.compile(r"(关于|有关|针对|涉及|就)[^，。；！？,.;!?]{0,20}$")
_TOPIC_HAN_AFTER = re.compile(
    r"^[^，。；！？,.;!?]{0,12}(研讨|讲座|论坛|法案|法规|法律|风险|尽职调查|问卷|政策解读|合规培训)"
)
"""What a text is about, and nobody does: a seminar on labour transfer."""
_RULED_OUT_HAN = re.compile(
    r"(严禁|禁止|杜绝|零容忍|反对|不允许(?!"
    + _OUTING
    + r")|不得(?!"
    + _OUTING
    + r")|不容忍|防范|排查|筛查|抵制(?!bci|外国))"
    r"[^，。；！？,;!?]{0,40}([，,](包括|如|例如|以及|及|和|或|也)[^，。；！？,;!?]{0,30})?$"
)
_IF = re.compile(
    r"(?<!even )(?<!as )\b(?:if(?! (?:possible|needed|necessary|required|any|available))|in the event|in case|whether|unless|suppos(?:e|ing)|should there)\b"
    r"|(?:如果|假如|假设|如发现|如有|若|一旦|倘若|是否)[^，。；！？,;!?]{0,24}$"
)
"""A condition in the clause: nobody says that it is so."""

_OF_US = r"(?![^.;!?\n]*\b(?:we|us|our|the (?:company|factory|supplier))\b)"
_NAMED_BY_LAW = re.compile(
    r"\b(?:uflpa|act|the law|laws|statute|regulations?|directive|advisory|guidance|convention|legislation|strategy|policy|code|standard)\b"
    r"[^.;!?\n]{0,40}?\b(?:names?|naming|lists?|covers?|refers?|mentions?|describes?|presumes?|targets?|concerns?|warns?|treats?)\b"
    + _OF_US
    + r"|\bdefin(?:e|es|ed|ition|ing)\b"
    + _OF_US
    + r"|(?:法案|法律|条例|法规|指引|公告)[^，。；！？\n]{0,12}(?:提到|提及|列出|列明|涵盖|包括|规定|针对|定义)"
)
"""A law or a definition names the words; whoever quotes it says nothing of itself."""

_LESSON = re.compile(
    r"\b(?:trainings?|courses?|modules?|curriculum|seminars?|webinars?|questionnaires?|checklists?|guidelines?|audit scope)\b"
    r"[^.;!?\n]{0,20}?\b(?:covers?|covering|includes?|including|address\w*|deals? with|explains?|on|about|topics?)\b"
    r"|(?:培训内容|课程|问卷)[^，。；！？\n]{0,12}(?:提到|提及|涵盖|包括)"
)
_ETHICS = re.compile(
    r"\b(?:forced labou?r|child labou?r|modern slavery|human rights|debt bondage|due diligence|compliance)\b|强迫劳动|人权"
)
"""A lesson or a questionnaire about forced labour names what to look for."""

_IF_ANY = re.compile(
    r"\b(any|(if|should|where|when) an?y?) (sub-?)?(suppliers?|vendors?|subcontractors?)\b"
    r"|\b(if|should|in case) (we|it|the company|they) (find|learn|discover|identify|become)"
    r"|(如果|如发现|如有|若|一旦|倘若)[^，。；！？,;!?]{0,24}$"
)
"""A rule for whoever might: it says of nobody that they do."""

_IN_SPITE = re.compile(r"\b(despite|notwithstanding|in spite of|regardless of)\b|尽管|虽然")

_ENDED = re.compile(
    r"\b(no longer|ceased|stopped|used to|formerly|discontinued|terminated|withdrew|withdrawn|phased out|(?:has|have|had|was|were)(?: since)? ended|ended its)\b"
    r"(\W+\w+){0,6}\W*$|(不再|已停止|曾经|已终止|已退出|已结束)[^，。；]{0,10}$"
)
_RUMOUR = re.compile(
    r"\b(report(?:s|ed|ing)? (?:of|on|about)|alleg\w+|concerns? (?:about|over|regarding)|(?:debates?|news|articles?|resolutions?) (?:about|on|over))\b(?P<of>(\W+\w+){0,6}\W*)$"
)
_ITSELF = re.compile(
    r"\b(?:we|us|our (?:company|factory|plant)|(?:the|this) (?:company|supplier|factory|plant|firm|manufacturer))\b"
)
"""Of whom a rumour is: of the company itself it stays a word about the company."""

_NO_PROOF = re.compile(
    r"(?:\b(?:can ?not|can[’']?t|could not|couldn[’']?t|unable to|not able to|(?:not|im)possible to|do(?:es)? not|don[’']?t|fail(?:s|ed)? to)"
    r"\s+(?:\w+\s+){0,2}?(?:exclude|rule out|guarantee|ensure|confirm|verify|promise|prove|certify)\b"
    r"|无法排除|不能排除|不排除|不能保证|无法保证|难以保证)"
)
"""Who cannot rule a thing out does not deny it."""

_OTHERS = re.compile(
    r"\b(competitors?|other (suppliers?|companies|factories|manufacturers|firms|producers)"
    r"|(some|many|several|numerous|various|[0-9]+|lists?|names|naming|describes?|cites?) (\w+ )?(companies|factories|firms|brands|manufacturers|businesses))\b"
    r"|其他(企业|公司|工厂)|同行业|竞争对手"
)


class Stand(NamedTuple):
    """How a hit stands in its sentence."""

    denied: bool
    quoted: bool
    reported: bool


def stand(before: str, after: str) -> Stand:
    """Read both sides of a hit, folded text of the same sentence: at most ``WINDOW`` characters of each count.

    ``denied``: the clause says that it is not so. ``quoted``: a policy or a check names the words, the company rules them out or
    looks for them. ``reported``: they are said of others, of a practice that the text says has ended, or as what cannot be ruled out.
    """
    near, after = before[-WINDOW:], after[:WINDOW]
    clause = _clause(near)
    unproven = _NO_PROOF.search(clause) is not None
    return Stand(
        denied=not unproven and _denied(clause, after),
        quoted=_IN_SPITE.search(clause) is None
        and (
            any(p.search(clause) for p in _RULES)
            or _IF_ANY.search(near) is not None
            or _of_a_topic(clause, after)
            or (_LESSON.search(near) is not None and _ETHICS.search(f"{near} {after}") is not None)
        ),
        reported=unproven or _OTHERS.search(near) is not None or _ENDED.search(clause) is not None or _rumour(clause),
    )


def only_ended(before: str) -> bool:
    """Whether the words count as reported for no other reason than that the text says the practice has ended.

    A promise to stop never lowers a rating by itself (law.md 8.5): who says that it has stopped says that it was so.
    """
    near = before[-WINDOW:]
    clause = _clause(near)
    return _ENDED.search(clause) is not None and not (
        _NO_PROOF.search(clause) is not None or _OTHERS.search(near) is not None or _rumour(clause)
    )


def _clause(near: str) -> str:
    """What stands before a hit since its clause turned."""
    last = 0
    for match in _TURN.finditer(near):
        last = match.end()
    return near[last:]


_RULES = (_RULED_OUT, _LOOKED_FOR, _RULED_OUT_HAN, _TOPIC, _DISCUSSED, _IF, _NAMED_BY_LAW)
_AFTER = (_NO_AFTER, _NOT_DONE, _NONE_AFTER, _TICKED_NO, _NO_AFTER_HAN, _FREE_AFTER)


def _rumour(clause: str) -> bool:
    """Whether the clause only reports what is said, and not of the company itself."""
    match = _RUMOUR.search(clause)
    return match is not None and _ITSELF.search(match["of"]) is None


def _of_a_topic(clause: str, after: str) -> bool:
    return _TOPIC_HAN.search(clause) is not None and _TOPIC_HAN_AFTER.match(after) is not None


def _denied(clause: str, after: str) -> bool:
    untrue = _UNTRUE.match(after)
    if untrue is not None and _CLAIM.search(clause + untrue.group()):
        return True
    if _UNTICKED.search(clause) and any(mark in clause + after for mark in _TICKED):
        return True
    aside = _ASIDE if clause.rstrip().endswith(("(", "（")) else 0
    for match in _NO.finditer(clause):
        between = clause[match.end() :]
        words = len(_WORDS.findall(between)) - aside
        listed = "," in between or " or " in between
        if words <= (_FAR if match.group() in _BOTH else _NEAR) or (listed and words <= _LISTED):
            return True
    return any(p.search(clause) for p in (_NO_HAN, _NO_HAN_LIST, _NO_LISTED_HAN)) or any(p.match(after) for p in _AFTER)


_BOTH = frozenset({"neither", "nor"})
_NEAR, _FAR, _LISTED = 6, 9, 16
"""How many words after a denial it still governs: alone, after neither and nor, and in a list."""

_ASIDE = 6
"""What stands in brackets repeats the words before them: a long name and its initials are denied together."""

_WORDS = re.compile(r"[\w'’\-]+")
