"""Writes the demonstration county: the files an office would send, people and places made up.

Run it from anywhere: `python make_demo.py [folder]`. The same program writes the
same bytes each time: every choice comes from SHA-256 of its own name, nothing
from chance or the clock. Identity numbers use area code 990000, which no place has.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet


def words(text: str) -> tuple[str, ...]:
    """The words of a text, by its spaces."""
    return tuple(text.split())


SIZES = (
    ("水务局副局长", 12),
    ("林业局副局长", 9),
    ("审计局副局长", 11),
    ("民政局副局长", 13),
    ("交通运输局副局长", 11),
    ("农业农村局副局长", 19),
    ("市场监督管理局副局长", 10),
    ("应急管理局副局长", 8),
    ("残疾人联合会副理事长", 5),
    ("档案馆副馆长", 4),
    ("青坪镇副镇长", 13),
    ("白石镇副镇长", 10),
    ("柳河镇党委副书记", 9),
    ("松岭乡副乡长", 8),
    ("望江镇副镇长", 7),
    ("云台乡党委副书记", 5),
)
CANCELLED = "档案馆副馆长"
"""Four people entered, five are needed: the post falls away and its people move."""

WISHES = (
    "若职位取消\uff0c同意改报审计局副局长",
    "如该职位取消\uff0c愿意调剂到林业局副局长",
    "职位取消时\uff0c同意改报\uff1a望江镇副镇长",
    "本职位如取消开考\uff0c服从调剂至「松岭乡副乡长」职位",
)
REFUSED = {
    "农业农村局副局长": ("不合格", "年龄超过40周岁"),
    "民政局副局长": ("不符合", "任副股级职务不满2年"),
    "水务局副局长": ("×", "学历证书未通过核验"),
    "青坪镇副镇长": ("不合格", "受处分未满影响期"),
}

SURNAMES = (*"王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文", "欧阳", "上官", "诸葛", "司徒")  # fmt: skip
MEN = words(
    "志远 建华 明轩 国栋 永康 海涛 立军 晓峰 文博 振宇 俊杰 绍辉 家骏 伟民 德胜 学文 宏图 景行 子昂 浩然 思源 承志 天佑 光宇 少华 向东 "
    "春生 世杰 润泽 嘉树 鹏飞 泽民 凯 磊 勇 斌 毅 锐 昊 峥 兆丰 启明 守义 仲谋 长青 一鸣 云起 正阳 树人 延年"
)
WOMEN = words(
    "雅琴 思雨 丽华 秀英 晓燕 春梅 淑贞 雪莹 佳怡 慧敏 美玲 海霞 静文 若兰 诗涵 梦瑶 玉洁 婉清 红梅 桂芳 月娥 亚男 欣然 可欣 怡宁 "
    "素珍 凤仪 芷若 采薇 明珠 芳 敏 娜 婷 洁 颖 琳 莹 萍 倩 惠兰 爱华 晓彤 立夏 忆秋 含章 知微 书瑶 冬青 维娜"
)

ETHNIC = ("汉族",) * 13 + ("彝族", "彝族", "苗族", "白族", "傣族", "回族", "壮族")
EDUCATION = ("本科",) * 7 + ("研究生",) * 2 + ("大专",)
POLITICS = ("中共党员",) * 7 + ("群众",) * 3 + ("民盟盟员", "民革党员", "无党派人士")
YES = ("合格",) * 5 + ("符合",) * 3 + ("√",) * 2 + ("是", "通过")
OFFICES = words(
    "县财政局 县自然资源局 县住房和城乡建设局 县人力资源和社会保障局 县文化馆 县融媒体中心 县人民医院 县第一中学 县供销合作社 县信访局 "
    "县乡村振兴服务中心 县公路管理段 县气象局 县疾病预防控制中心 县税务局 县图书馆 县政务服务中心 县水利管理站 县种子站 县不动产登记中心"
)
TOWNS = words("青坪镇 白石镇 柳河镇 松岭乡 望江镇 云台乡 石门镇 杉树坪乡")
JOBS = words(
    "办公室主任 办公室副主任 股长 副股长 党政办主任 经济发展办主任 副主任 综合科科长 团委书记 妇联主席 一级科员 站长"
)

JUDGE_UNITS = (
    ("县委组织部", "县人民法院", "县委党校", "县财政局", "县人大常委会办公室", "县总工会", "县教师进修学校"),
    (
        "县纪委监委",
        "县人民检察院",
        "县政协办公室",
        "县发展和改革局",
        "县委宣传部",
        "县信访局",
        "县融媒体中心",
    ),
    (
        "县人力资源和社会保障局",
        "县公安局",
        "县委政法委",
        "县妇女联合会",
        "县委编办",
        "县委统战部",
        "县第一中学",
    ),
)
CRITERIA = (("演讲内容", 30), ("语言表达", 20), ("岗位认识", 20), ("应变能力", 20), ("仪表举止", 10))
OBSERVERS = 20
FULL_WIDTH = str.maketrans({str(n): chr(0xFF10 + n) for n in range(10)} | {"X": "\uff38"})


def number(*name: object, below: int) -> int:
    """A number from 0 to below - 1 that belongs to its name for ever."""
    digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def pick(options: Sequence[str], *name: object) -> str:
    """One of the options, always the same for the same name."""
    return options[number(*name, below=len(options))]


def shuffled(items: Iterable[int], *name: object) -> list[int]:
    """The items in an order that belongs to the name."""
    return sorted(
        items, key=lambda item: hashlib.sha256(f"{'/'.join(map(str, name))}/{item}".encode()).digest()
    )


@dataclass(frozen=True)
class Person:
    """One line of the registration list, clean; `note` is its remark, `verdict` the word for qualified."""

    key: int
    name: str
    sex: str
    identity: str
    ethnicity: str
    education: str
    politics: str
    unit: str
    post: str
    verdict: str = "合格"
    note: str = ""
    qualified: bool = True


SPECIAL: dict[int, tuple[str, str, str]] = {
    3: ("李䶮", "男", "汉族"),
    12: ("陈㛃", "女", "汉族"),
    20: ("𠮷永清", "男", "汉族"),
    31: ("欧阳𬭎", "男", "汉族"),
    38: ("沈𬱖", "女", "白族"),
    47: ("周𫖯仁", "男", "汉族"),
    55: ("𡩋志坚", "男", "回族"),
    61: ("Nguyễn Thị Hà", "女", "京族"),
    70: ("阿不都热合曼·艾山江", "男", "维吾尔族"),
    83: ("娜仁·其木格", "女", "蒙古族"),
    96: ("尔古·木呷", "男", "彝族"),
    104: ("蕭維漢", "男", "汉族"),
    118: ("翟玥", "女", "汉族"),
}
NAMESAKES = (62, 66)
"""Two people of one name who entered for one post."""


def identity(key: int, sex: str) -> str:
    """An identity number born 1985 to 2000, odd for men, with its check digit by ISO 7064 MOD 11-2."""
    born = date(1985, 9, 1) + timedelta(days=number("born", key, below=5600))
    order = number("order", key, below=490) * 2 + (11 if sex == "男" else 10)
    first = f"990000{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first))
    return first + "0123456789X"[(1 - total) % 11]


def people() -> list[Person]:
    """All 154, in the order in which they handed in their papers."""
    posts = [post for post, size in SIZES for _ in range(size)]
    used: set[str] = set()
    everybody = [_person(key, post, used) for key, post in enumerate(posts)]
    wishes = iter(WISHES)
    done = []
    refused = dict(REFUSED)
    for person in everybody:
        if person.post == CANCELLED:
            done.append(replace(person, note=next(wishes)))
        elif person.post in refused and person.key not in SPECIAL and person.key not in NAMESAKES:
            verdict, why = refused.pop(person.post)
            done.append(replace(person, verdict=verdict, note=why, qualified=False))
        else:
            done.append(replace(person, verdict=pick(YES, "verdict", person.key)))
    return [done[key] for key in shuffled(range(len(done)), "handed in")]


def _person(key: int, post: str, used: set[str]) -> Person:
    name, sex, ethnicity = SPECIAL.get(key) or _plain(key, used)
    if key == NAMESAKES[1]:
        name, sex = "刘洋", "女"
    elif key == NAMESAKES[0]:
        name, sex = "刘洋", "男"
    party = pick(POLITICS, "party", key)
    return Person(
        key, name, sex, identity(key, sex), ethnicity, pick(EDUCATION, "school", key), party, _unit(key), post
    )  # fmt: skip


def _plain(key: int, used: set[str]) -> tuple[str, str, str]:
    sex = "女" if number("sex", key, below=100) < 42 else "男"
    for turn in range(50):
        name = pick(SURNAMES, "surname", key, turn) + pick(WOMEN if sex == "女" else MEN, "given", key, turn)
        if name not in used:
            break
    used.add(name)
    return name, sex, pick(ETHNIC, "people", key)


def _unit(key: int) -> str:
    if number("town", key, below=2):
        return pick(TOWNS, "unit", key) + "人民政府" + pick(JOBS, "job", key)
    return pick(OFFICES, "unit", key) + pick(JOBS, "job", key)


def untidy(row: int, person: Person) -> list[str]:
    """The same line as a tired clerk types it; which lines are untidy depends on the row."""
    name, number_text, post = person.name, person.identity, person.post
    if row % 19 == 7 and person.name.isascii() is False and " " not in name:
        name = f" {name} "
    if row % 31 == 11 and len(name) == 2:
        name = f"{name[0]}  {name[1]}"
    if "·" in name:
        name = name.replace("·", ("·", "•", "・")[row % 3])
    if row % 26 == 4:
        number_text = number_text.translate(FULL_WIDTH)
    if number_text.endswith("X") and row % 4 == 1:
        number_text = number_text[:-1] + "x"
    if row == 57:
        number_text = f"{number_text[:6]} {number_text[6:14]} {number_text[14:]}"
    if row % 37 == 20:
        post += " "
    return [name, person.sex, number_text, person.ethnicity, person.education, person.politics,
            person.unit, post, person.verdict, person.note]  # fmt: skip


HEADER = (
    "序号",
    "姓  名",
    "性别",
    "身份证\n号码",
    "民族",
    "学历",
    "政治面貌",
    "工作单位及职务",
    "自荐职位",
    "资格审查\n意见",
    "备注",
)


def registration(everybody: Sequence[Person]) -> bytes:
    """The registration list: titles above, blank rows within, a total and a note below, a second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "报名汇总"
    sheet.append(["云岭县公开自荐副科级领导干部报名情况汇总表"])
    sheet.append(["填报单位\uff1a云岭县公开自荐工作领导小组办公室        填报日期\uff1a2026年4月20日"])
    sheet.append([])
    sheet.append(list(HEADER))
    for place, person in enumerate(everybody, start=1):
        sheet.append([place, *(value or None for value in untidy(place, person))])
        if place % 52 == 0:
            sheet.append([])
    sheet.append(["合计", f"{len(everybody)}人"])
    sheet.append(["注\uff1a资格审查意见由资格审查组填写。"])
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(HEADER))
    _dress(sheet)
    about = book.create_sheet("填表说明")
    about.append(["本表人员、单位、职位均为虚构\uff0c用于演示。"])
    about.append(["身份证号使用不存在的地区代码 990000。"])
    return frozen_zip(book)


def _dress(sheet: Worksheet) -> None:
    thin = Side(style="thin", color="FF000000")
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    for letter, width in zip("ABCDEFGHIJK", (6, 14, 6, 22, 10, 8, 12, 34, 24, 10, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=4, max_row=sheet.max_row - 1):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            if cell.row == 4:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row in sheet.iter_rows(min_row=5, min_col=4, max_col=4):
        row[0].number_format = "@"
    sheet.freeze_panes = "A5"


def frozen_zip(book: Workbook) -> bytes:
    """The workbook's bytes without the moment of saving in them; stored, not deflated, so that no
    compression library changes them."""
    fresh = io.BytesIO()
    book.save(fresh)
    out = io.BytesIO()
    with zipfile.ZipFile(fresh) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", b"2026-04-20T08:00:00Z", data)
            part = zipfile.ZipInfo(name, (2026, 4, 20, 8, 0, 0))
            part.external_attr = 0o644 << 16
            part.create_system = 3
            target.writestr(part, data)
    return out.getvalue()


def table(rows: Iterable[Sequence[object]], encoding: str) -> bytes:
    """Comma-separated text as Excel writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def plain(hundredths: int) -> str:
    """Hundredths as the shortest decimal: 8740 is 87.4."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def talent(person: Person) -> int:
    """How well a person will do, in thousandths of the maximum: 620 to 930."""
    return 620 + (number("talent", person.key, 1, below=156) + number("talent", person.key, 2, below=156))


def mark(person: Person, seat: int, title: str, maximum: int) -> str:
    """A judge's mark in tenths: talent, the judge's own severity, and the moment."""
    mood = number("mood", person.key, seat, title, below=121) - 60
    severity = number("severity", seat, person.post, below=41) - 20
    tenths = maximum * min(1000, talent(person) + mood + severity) // 100
    return plain(tenths * 10)


def vote(person: Person, observer: int) -> int:
    """An observer's mark from 5 to 10."""
    swing = number("vote", person.key, observer, below=5) - 2
    return max(5, min(10, talent(person) // 100 + swing))


def judges() -> list[list[object]]:
    """Three panels of seven; seat 1 is the chief."""
    used: set[str] = set()
    rows: list[list[object]] = []
    for room, units in enumerate(JUDGE_UNITS, start=1):
        for seat, unit in enumerate(units, start=1):
            name, _, _ = _plain(10_000 + room * 100 + seat, used)
            rows.append([f"第{room}组", seat, name, unit, "主评委" if seat == 1 else "评委"])
    return rows


def files() -> dict[str, bytes]:
    """Every file by name."""
    everybody = people()
    present = [person for person in everybody if person.qualified]
    posts = [post for post, _ in SIZES if post != CANCELLED]
    seats, observers = range(1, len(JUDGE_UNITS[0]) + 1), range(1, OBSERVERS + 1)
    rooms = [[post, f"第{i % 3 + 1}组"] for i, post in enumerate(posts)]
    drafts = [[p.identity, p.name, plain(6000 + number("draft", p.key, below=3600))] for p in present]
    marks = [[p.identity, str(s), *(mark(p, s, *item) for item in CRITERIA)] for p in present for s in seats]
    votes = [[p.identity, *(str(vote(p, n)) for n in observers)] for p in present]
    criteria = [title for title, _ in CRITERIA]
    return {
        "报名登记表.xlsx": registration(everybody),
        "分组.csv": table([["职位", "测试组"], *rooms], "gb18030"),
        "评委名单.csv": table([["测试组", "席位", "姓名", "单位", "身份"], *judges()], "utf-8-sig"),
        "演讲稿得分.csv": table([["身份证号", "姓名", "演讲稿得分"], *drafts], "gb18030"),
        "现场打分.csv": table([["身份证号", "席位", *criteria], *marks], "utf-8-sig"),
        "旁听测评.csv": table([["身份证号", *(f"票{n}" for n in observers)], *votes], "utf-8-sig"),
    }


def main(folder: Path) -> None:
    """Write every file into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "county")
