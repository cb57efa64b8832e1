"""The words offices use: column names, yes and no, totals, notes. Simplified, Traditional, English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "序號"),
    "code": ("编号", "編號", "考生编号", "考生編號", "报名号", "報名號", "报名序号", "報名序號", "准考证号", "准考證號", "考号", "考號", "no", "number", "code"),
    "name": ("姓名", "考生姓名", "评委姓名", "評委姓名", "考官姓名", "自荐人姓名", "自薦人姓名", "报名人", "报名人姓名", "候选人", "名字", "name"),
    "sex": ("性别", "性別", "sex", "gender"),
    "identity": (
        "身份证号码", "身份证号", "身份证", "公民身份号码", "公民身份证号码", "居民身份证号码", "居民身份证号", "证件号码", "证件号",
        "身份证件号码", "有效身份证件号码", "考生身份证号", "身份號碼", "身份證號碼", "身份證號", "身份證", "身分證字號", "身分證號碼",
        "證件號碼", "id", "idnumber", "identitynumber", "identity",
    ),
    "birth": ("出生年月", "出生日期", "出生年月日", "生日", "出生時間", "出生时间", "dateofbirth", "birth"),
    "ethnicity": ("民族", "族别", "族別", "ethnicity"),
    "education": ("学历", "學歷", "学历学位", "最高学历", "最高學歷", "文化程度", "学历层次", "全日制学历", "education"),
    "politics": ("政治面貌", "政治面目", "党派", "黨派", "politics"),
    "unit": (
        "工作单位及职务", "工作單位及職務", "工作单位", "工作單位", "单位", "單位", "所在单位", "所在單位", "单位及职务", "單位及職務",
        "现工作单位", "现工作单位及职务", "现任职务", "单位职务", "单位名称", "評委單位", "评委单位", "unit", "employer",
    ),
    "post": (
        "报考职位", "報考職位", "报名职位", "報名職位", "职位", "職位", "岗位", "崗位", "报考岗位", "報考崗位", "应聘岗位", "竞聘岗位", "竞聘职位",
        "自荐职位", "自薦職位", "竞争职位", "竞岗职位", "职位名称", "職位名稱", "岗位名称", "崗位名稱", "拟报职位", "申报职位", "第一志愿", "第一志願", "首选职位", "首選職位", "第一职位", "第一職位", "post", "position", "firstchoice",
    ),
    "second": ("第二志愿", "第二志願", "第二职位", "第二職位", "次选职位", "次選職位", "secondchoice"),
    "third": ("第三志愿", "第三志願", "第三职位", "第三職位", "thirdchoice"),
    "qualified": (
        "资格审查意见", "資格審查意見", "资格审查", "資格審查", "资格审查结果", "資格審查結果", "审查意见", "審查意見", "审查结果", "審查結果",
        "资格初审意见", "资格复审意见", "资格审核意见", "资格审核", "资格审核结果", "审核意见", "审核结果", "是否合格", "是否符合",
        "资格审查情况", "是否通过", "是否通過", "qualified", "eligibility",
    ),
    "remarks": ("备注", "備註", "备考", "备注说明", "說明", "说明", "附注", "remarks", "remark", "note", "notes"),
    "room": (
        "测试组", "測試組", "考场", "考場", "测试室", "測試室", "组别", "組別", "分组", "分組", "面试组", "面試組", "面试室", "考场号", "试室",
        "評委組", "评委组", "面试考场", "小组", "所在考场", "room",
    ),
    "seat": ("席位", "席位号", "席位號", "席号", "席號", "评委席位", "評委席位", "座位", "座位号", "座次", "评委号", "評委號", "评委编号", "評委編號", "考官号", "seat"),
    "role": ("身份", "角色", "评委身份", "評委身份", "评委类别", "職責", "职责", "考官类别", "考官身份", "role"),
    "judge_group": ("评委组别", "評委組別", "评委类型", "評委類型", "考官组别", "考官類型", "考官类型", "group", "judgegroup", "groupofjudges"),
    "recuses": ("回避职位", "迴避職位", "需回避职位", "應迴避職位", "应回避职位", "回避岗位", "迴避崗位", "回避", "迴避", "recuses", "recusal", "recusedfrom", "standsbackfrom"),
    "sum": ("合计", "合計", "总分", "總分", "小计", "小計", "总计", "總計", "得分合计", "sum", "total"),
    "places": ("名额", "名額", "职数", "職數", "拟任人数", "选拔人数", "选任人数", "招聘人数", "places"),
    "phone": ("电话", "電話", "联系电话", "聯絡電話", "手机", "手机号", "手机号码", "手機", "phone"),
    "lot": ("签号", "籤號", "抽签号", "抽籤號", "顺序号", "出场顺序", "lot"),
}  # fmt: skip
"""Names of columns by what they hold; each written as `normal_title` leaves it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


YES = _words(
    "合格 符合 √ ✓ ✔ ☑ 是 通过 通過 同意 符合条件 符合條件 审查合格 審查合格 审核通过 資格符合 资格符合 通过审查 审查通过 "
    "初审合格 复审合格 y yes ok 具备 v ∨ 已通过 予以通过 同意报考 qualified pass"
)
NO = _words(
    "不合格 不符合 × ✗ ✘ ✕ x ╳ 否 不通过 不通過 未通过 未通過 不同意 不符 不符合条件 不符合條件 审查不合格 審查不合格 审核未通过 "
    "审核不通过 资格不符 取消资格 n no 不具备 不予通过 不同意报考 审查未通过 unqualified fail"
)
ABSENT = _words("缺考 缺席 弃考 棄考 弃权 棄權 未到 未参加 未參加 放弃 放棄 absent")
MALE = _words("男 男性 m male")
FEMALE = _words("女 女性 f female")
CHIEF = re.compile(
    r"^(主评委|主評委|主考|主考官|主考评委|首席.*|.*(?<!副)组长|.*(?<!副)組長|评委长|chief.*)$"
)
#: May take a chief's seat, or another.
MAY_CHIEF = re.compile(
    r"^(可|可以|可任|可担任|可擔任|可兼|可兼任)(主评委|主評委|主考.*|首席.*|组长|組長)$|^maybechief$"
)

TOTAL = re.compile(
    r"^(合计|合計|总计|總計|小计|小計|共计|共計|总人数|總人數|total)([::].*|\d+.*)?$|^(共|合计|总共|總共)\d+.{0,3}$"
)
NOTE = re.compile(
    r"^(注|註|说明|說明|备注|備註|附注|附|填表|制表|製表|审核|審核|复核|联系人|聯絡人|单位|填报|经办|负责人|日期|note)[^::]{0,8}[::]|^(注|註)\d?[、.,]|^[((]?(注|以下空白|此表|本表)"
)
SCORE = re.compile(r"(得分|成绩|成績|分数|分數|分值|评分|評分|分|score|mark)$")
VOTE = re.compile(
    r"^(?:选票|選票|测评票|測評票|票|旁听|旁聽|旁听员|旁聽員|观众|觀眾|代表|群众评委|群眾評委|vote|ballot)?第?([0-9]{1,3})(?:号|號|票|张|張|位|名)*(?:旁听员|旁聽員|观众|觀眾|代表|票)?$"
)

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
_DROPPED = re.compile(r"[\s::*#_\-.。、,,;;/\\'\"“”‘’\u200b\ufeff]+")


def squeezed(text: str) -> str:
    """For comparing words: compatibility forms folded, white space and case gone."""
    return (
        "".join(unicodedata.normalize("NFKC", text).split())
        .replace("\u200b", "")
        .replace("\ufeff", "")
        .casefold()
    )


def normal_title(text: str) -> str:
    """A column name for comparison: no line breaks, spaces, brackets with remarks, or punctuation."""
    folded = unicodedata.normalize("NFKC", text)
    bare = _DROPPED.sub("", _BRACKETS.sub("", folded)).casefold()
    return bare or re.sub(r"[()\[\]【】〔〕<>]", "", _DROPPED.sub("", folded)).casefold()


@cache
def _by_title() -> dict[str, str]:
    return {normal_title(title): key for key, titles in COLUMNS.items() for title in titles}


def column_key(title: str) -> str | None:
    """What a column of this name holds, None when the name is not known."""
    return _by_title().get(normal_title(title))


def known_title(title: str) -> bool:
    """Whether the name is one we know."""
    return column_key(title) is not None


def vote_number(title: str) -> int | None:
    """The number of an observer's column: 票12 is 12."""
    found = VOTE.match(normal_title(title))
    return int(found.group(1)) if found else None


def score_title(title: str) -> bool:
    """Whether a column name speaks of points: 演讲稿得分, 笔试成绩."""
    return bool(SCORE.search(normal_title(title)))


def is_yes_no(text: str) -> bool | None:
    """True for any spelling of "qualified", False for any of "not", None when it is neither."""
    word = squeezed(text).rstrip("。.!")
    if word in YES:
        return True
    return False if word in NO else None


_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DIGITS |= {"壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_NUMERAL = re.compile(r"[0-9]+|[零〇一二三四五六七八九十壹贰貳叁參肆伍陆柒捌玖拾]+")


def numeral(text: str) -> int | None:
    """A number of one or two digits in any spelling (7, ⑦, 七, 十二, 二十); None when there is none."""
    found = _NUMERAL.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    word = found.group()
    if word.isascii():
        return int(word) if len(word) <= 4 else None
    word = word.replace("拾", "十")
    if "十" in word:
        tens, _, ones = word.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return None
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[char]) for char in word)) if len(word) <= 4 else None


def room_key(text: str) -> str:
    """One key for 第1组, 第一组, 1组, 一号考场; a room without a number keeps its own words."""
    number = numeral(text)
    bare = squeezed(text)
    rest = re.sub(
        r"[\d零〇一二三四五六七八九十壹贰貳叁參肆伍陆柒捌玖拾第组組室号號]|考场|考場|测试|測試|面试|面試|评委|評委|room",
        "",
        bare,
    )
    return f"#{number}" if number is not None and not rest else bare
