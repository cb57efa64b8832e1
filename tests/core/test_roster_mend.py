"""Mending: what changes, what must never change, and that mending twice is mending once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venue_app.roster import identity
from venue_app.roster.mend import mend_identity, mend_name, mend_number, mend_text, name_doubts, unwrapped
from venue_app.roster.remarks import wish
from venue_app.roster.words import is_yes_no, normal_title, numeral, room_key

ODD = "李·•・‧.\u3000 \u200b\ufeff\t\n\xa0ＡＢ１９Ｘx𠮷䶮㛃\ue863\ue816\ufffd\uf9d1\u2f5c\u2ef3\ufe00e\u0301yÝ'=\"-"
messy = st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters()), max_size=30)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("李  明", "李明"),
        (" 云思超 ", "云思超"),
        ("王\u3000芳", "王芳"),
        ("欧阳\xa0修\u200b", "欧阳修"),
        ("Lý Thị Hoa", "Lý Thị Hoa"),
        ("  Lý   Thị Hoa ", "Lý Thị Hoa"),
        ("Ly\u0301 Thi\u0323 Hoa", "Lý Thị Hoa"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ・ 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("\u2f5c建国", "牛建国"),
        ("\ue863", "䶮"),
        ("\ue816", "\U00020087"),
    ],
)
def test_names_are_mended(typed: str, name: str) -> None:
    assert mend_name(typed)[0] == name


@pytest.mark.parametrize(
    "name", ["马䶮", "王㛃", "𠮷永平", "欧阳𬭎", "沈𬱖", "司徒靜宜", "\ufa11田", "葛󠄀城", "\uf9d1先生", "〇某"]
)
def test_real_characters_are_never_touched(name: str) -> None:
    assert mend_name(name) == (name, frozenset())


@pytest.mark.parametrize(
    ("name", "doubt"),
    [("张\ue000", "unreadable_character"), ("张\ufffd", "unreadable_character"), ("张?", "unreadable_character"),
     ("张3", "name_odd"), ("张三(女)", "name_odd")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(name: str, doubt: str) -> None:
    assert doubt in name_doubts(name, mend_name(name)[0])


def test_a_space_in_a_long_name_may_be_its_dot() -> None:
    assert name_doubts("阿依古丽 买买提", mend_name("阿依古丽 买买提")[0]) == {"name_space_or_dot"}
    assert name_doubts("李  明", mend_name("李  明")[0]) == frozenset()


@given(messy)
def test_mending_twice_is_mending_once(typed: str) -> None:
    for mend in (mend_name, mend_text, mend_identity):
        once, _ = mend(typed)
        again, changed = mend(once)
        assert (again, changed) == (once, frozenset())


@given(messy)
def test_no_chinese_character_is_lost_from_a_name(typed: str) -> None:
    kept = "李𠮷㛃\uf9d1"
    assert [char for char in mend_name(typed)[0] if char in kept] == [char for char in typed if char in kept]


@pytest.mark.parametrize(
    ("typed", "number", "codes"),
    [
        ("９９００００１９９０１２２４３５０Ｘ", "99000019901224350X", {"identity_fullwidth"}),
        ("990000 19901224 350x", "99000019901224350X", {"identity_spaces", "identity_x"}),
        ("'99000019901224350X", "99000019901224350X", {"identity_spaces"}),
        ('="99000019901224350X"', "99000019901224350X", {"identity_spaces"}),
        ("99000019901224350Х", "99000019901224350X", {"identity_x"}),
        ("99000019901224350X", "99000019901224350X", set()),
    ],
)
def test_identity_numbers_are_mended(typed: str, number: str, codes: set[str]) -> None:
    assert mend_identity(typed) == (number, frozenset(codes))


def test_check_digits_of_the_standard() -> None:
    # The two worked examples of GB 11643-1999.
    assert identity.check_digit("11010519491231002") == "X"
    assert identity.check_digit("44052418800101001") == "4"
    assert identity.sex("11010519491231002X") == "女"
    assert identity.doubts("11010519491231002X") == frozenset()


@pytest.mark.parametrize(
    ("number", "doubts"),
    [
        ("110105194912310021", {"identity_check_digit"}),
        ("110105194913310029", {"identity_birth", "identity_check_digit"}),
        ("110105491231002", {"identity_form"}),
        ("H12345678", {"identity_form"}),
        ("１10105194912310021", {"identity_form"}),
    ],
)
def test_doubtful_identity_numbers(number: str, doubts: set[str]) -> None:
    assert identity.doubts(number) == doubts


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("87.43", "87.43"),
        ("８７．４３", "87.43"),
        ("93.1分", "93.1"),
        (" 80 ", "80"),
        ("87.50", "87.50"),
        ("-3", "-3"),
    ],
)
def test_points_are_exact(typed: str, value: str) -> None:
    found, _ = mend_number(typed)
    assert found == Decimal(value)
    assert str(found) == value


@pytest.mark.parametrize(
    "typed", ["", "优", "87,43", "8 7.4.3", "1e5", "NaN", "Infinity", "85%", "٣", "½", "9" * 13]
)
def test_what_is_not_points(typed: str) -> None:
    assert mend_number(typed)[0] is None


@given(messy)
def test_unwrapping_ends(typed: str) -> None:
    assert unwrapped(unwrapped(typed)) == unwrapped(typed)


@pytest.mark.parametrize(
    ("remark", "post"),
    [
        ("若职位取消\uff0c同意改报旅游局副局长", "旅游局副局长"),
        ("若职位取消,同意改报旅游局副局长", "旅游局副局长"),
        ("如该岗位取消,愿意调剂到旅游局副局长岗位。", "旅游局副局长"),
        ("职位取消时改报\uff1a「旅游局副局长」", "旅游局副局长"),
        ("(同意改报旅游局副局长)", "旅游局副局长"),
        ("同意改报旅游局副局长(女)", "旅游局副局长(女)"),
        ("服从调剂至旅游局副局长一职", "旅游局副局长"),
        ("若職位取消\uff0c同意改報旅遊局副局長", "旅遊局副局長"),
        ("服从调剂", None),
        ("同意调剂到其他职位", None),
        ("不同意改报", None),
        ("不服从调剂", None),
        ("年龄超过35周岁", None),
        ("", None),
    ],
)
def test_wishes_in_remarks(remark: str, post: str | None) -> None:
    assert wish(remark).move_to == post


def test_two_posts_in_a_remark_are_no_answer() -> None:
    assert wish("同意改报甲局局长或乙局局长").several
    assert wish("同意改报甲局局长、乙局局长").several
    assert not wish("同意改报甲局局长,望批准").several
    assert wish("不同意改报").refuses


@pytest.mark.parametrize("word", ["合格", "符合", " √ ", "是", "通过", "符合条件", "合格。", "合 格", "Yes"])
def test_words_for_yes(word: str) -> None:
    assert is_yes_no(word) is True


@pytest.mark.parametrize("word", ["不合格", "不符合", "×", "否", "未通过", "不通过!", "NO"])
def test_words_for_no(word: str) -> None:
    assert is_yes_no(word) is False


@pytest.mark.parametrize("word", ["", "待定", "合格?", "基本合格", "○", "见附件"])
def test_words_that_must_be_asked_about(word: str) -> None:
    assert is_yes_no(word) is None


@pytest.mark.parametrize(
    ("title", "plain"),
    [("身份证\n号码", "身份证号码"), ("姓  名", "姓名"), ("身份证号(18位)", "身份证号"), ("ＮＯ.", "no"), ("【备注】", "备注"),
     ("*姓名\uff1a", "姓名")],
)  # fmt: skip
def test_column_names_are_compared_bare(title: str, plain: str) -> None:
    assert normal_title(title) == plain


@pytest.mark.parametrize("room", ["第1组", "第一组", "1组", "第１测试组", "一号考场", "1"])
def test_one_room_in_many_spellings(room: str) -> None:
    assert room_key(room) == "#1"


def test_rooms_with_names_of_their_own_stay_apart() -> None:
    assert len({room_key(room) for room in ("A组", "B组", "三楼会议室", "三楼礼堂", "第1组A")}) == 5


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("7", 7),
        ("7号", 7),
        ("\u2466", 7),
        ("七", 7),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("主席", None),
        ("十十", None),
    ],
)
def test_numerals(typed: str, value: int | None) -> None:
    assert numeral(typed) == value


@given(messy)
def test_words_never_stumble(typed: str) -> None:
    assert (numeral(typed) or 0) >= 0
    assert room_key(typed) == room_key(f" {typed}\n")
    assert normal_title(typed) == normal_title(f" {typed}\n")
    assert wish(typed).move_to != ""
