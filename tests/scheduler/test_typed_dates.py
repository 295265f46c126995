"""Typed dates: what a line says in Chinese and English, what is refused, and that any text is either."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import Lunar, Rule, Span
from scheduler.events import check_rule
from scheduler.repetition import next_times
from scheduler.typed.lines import DateLine, Flaw, read_line

SUNDAY = date(2026, 11, 22)


def said(line: str, today: date = SUNDAY) -> str:
    """What was read, in short."""
    found = read_line(line, today)
    if isinstance(found, Flaw):
        return found
    match found.when:
        case Span(first=first, last=last):
            return f"{first}" if first == last else f"{first}..{last}"
        case Rule(first=first, text=text, days=days):
            rule = text.removeprefix("FREQ=").replace(";", " ")
            return f"{rule} from {first}" + (f" for {days}" if days > 1 else "")
        case Lunar(month=month, day=day, days=days):
            return f"lunar {month}-{day}" + (f" for {days}" if days > 1 else "")


QUARTERS = {n: f"MONTHLY BYMONTH={n},{n + 3},{n + 6},{n + 9}" for n in (1, 2, 3)}
LINES = {
    # A day, with and without a year
    "2027年3月15日 标准化工作例会": "2027-03-15",
    "二〇二七年三月十五日 例会": "2027-03-15",
    "２０２７年３月１５日　例会": "2027-03-15",
    "3月15日 例会": "2027-03-15",
    "12月1日 例会": "2026-12-01",
    "11月22日 例会": "2026-11-22",
    "2月29日 闰日": "2028-02-29",
    "请于3月15日前上报数据": "2027-03-15",
    "例会 2027年3月15日（星期一）": "2027-03-15",
    "2027-03-15 review": "2027-03-15",
    "2027/3/15 review": "2027-03-15",
    "review on 15 March": "2027-03-15",
    "Monday, 15 March 2027: review": "2027-03-15",
    "March 15, 2027 review": "2027-03-15",
    "下周五 上报材料": "2026-11-27",
    "周三 交材料": "2026-11-25",
    "下週五 上報材料": "2026-11-27",
    "本月底 报送": "2026-11-30",
    "下月5日 报送": "2026-12-05",
    "明天 交表": "2026-11-23",
    "next Friday: meeting": "2026-11-27",
    "Friday meeting": "2026-11-27",
    # By the end of something
    "明年6月底前 中期自查": "2027-06-30",
    "明年6月底前 中期自查（含数据）": "2027-06-30",
    "年底前 总结": "2026-12-31",
    "到2027年 总结": "2027-12-31",
    "第三季度末 检查": "2027-09-30",
    "review by the end of June 2027": "2027-06-30",
    # Days
    "2027年5月1日至5日 活动": "2027-05-01..2027-05-05",
    "2027年5月1日至6月5日 活动": "2027-05-01..2027-06-05",
    "2027-05-01至2027-05-05 活动": "2027-05-01..2027-05-05",
    "12月25日至1月5日 活动": "2026-12-25..2027-01-05",
    "11月20日至25日 活动": "2026-11-20..2026-11-25",
    "3月15日起7天 宣传周": "2027-03-15..2027-03-21",
    "2027年3月15日为期三天 培训": "2027-03-15..2027-03-17",
    "3月15日起一周 宣传周": "2027-03-15..2027-03-21",
    "2027/5/1-2027/5/5 活动": "2027-05-01..2027-05-05",
    "1-5 May 2027: fair": "2027-05-01..2027-05-05",
    "May 1-5, 2027 fair": "2027-05-01..2027-05-05",
    "15 March 2027 for a week: fair": "2027-03-15..2027-03-21",
    "2027年9月 质量月": "2027-09-01..2027-09-30",
    "第三季度 检查": "2027-07-01..2027-09-30",
    # Every week, month, quarter, half-year
    "每周五 例会": "WEEKLY BYDAY=FR from 2026-11-27",
    "每逢周五 例会": "WEEKLY BYDAY=FR from 2026-11-27",
    "every Friday: meeting": "WEEKLY BYDAY=FR from 2026-11-27",
    "weekly on Fridays, meeting": "WEEKLY BYDAY=FR from 2026-11-27",
    "每月28日 报送数据": "MONTHLY BYMONTHDAY=28 from 2026-11-28",
    "每個月二十八號 報送": "MONTHLY BYMONTHDAY=28 from 2026-11-28",
    "every month on the 28th: figures": "MONTHLY BYMONTHDAY=28 from 2026-11-28",
    "on the 28th of each month, figures": "MONTHLY BYMONTHDAY=28 from 2026-11-28",
    "monthly by the 28th: figures": "MONTHLY BYMONTHDAY=28 from 2026-11-28",
    "每月31日 报送": "MONTHLY BYMONTHDAY=-1 from 2026-11-30",
    "每月底前 报送": "MONTHLY BYMONTHDAY=-1 from 2026-11-30",
    "每月最后一天 报送": "MONTHLY BYMONTHDAY=-1 from 2026-11-30",
    "the last day of every month: figures": "MONTHLY BYMONTHDAY=-1 from 2026-11-30",
    "每月30日 报送": "MONTHLY BYMONTHDAY=28,29,30 BYSETPOS=-1 from 2026-11-30",
    "每月1日至5日 填报": "MONTHLY BYMONTHDAY=1 from 2026-12-01 for 5",
    "每月第二个周五 例会": "MONTHLY BYDAY=2FR from 2026-12-11",
    "the last Friday of every month: meeting": "MONTHLY BYDAY=-1FR from 2026-11-27",
    "每季度末 报送": f"{QUARTERS[3]} BYMONTHDAY=-1 from 2026-12-31",
    "每季度首月10日前 报表": f"{QUARTERS[1]} BYMONTHDAY=10 from 2027-01-10",
    "每季度结束后10日内 报表": f"{QUARTERS[1]} BYMONTHDAY=10 from 2027-01-10",
    "每季度第二个月15日 报送": f"{QUARTERS[2]} BYMONTHDAY=15 from 2027-02-15",
    "every quarter on the 10th of the first month: return": f"{QUARTERS[1]} BYMONTHDAY=10 from 2027-01-10",
    "quarterly on the last day: return": f"{QUARTERS[3]} BYMONTHDAY=-1 from 2026-12-31",
    "每半年末 检查": "MONTHLY BYMONTH=6,12 BYMONTHDAY=-1 from 2026-12-31",
    # Every year
    "每年10月14日起7天 宣传周": "YEARLY from 2027-10-14 for 7",
    "每年10月14日至20日 宣传周": "YEARLY from 2027-10-14 for 7",
    "每年9月 质量月": "YEARLY from 2027-09-01 for 30",
    "每年6月底前 自查": "YEARLY from 2027-06-30",
    "每年底 总结": "YEARLY from 2026-12-31",
    "每年2月29日 闰日": "YEARLY BYMONTH=2 BYMONTHDAY=-1 from 2027-02-28",
    "every year on 14 October for 7 days: fair": "YEARLY from 2027-10-14 for 7",
    "14 October every year: day": "YEARLY from 2027-10-14",
    "every March: plan": "YEARLY from 2027-03-01 for 31",
    "every year by the end of June: check": "YEARLY from 2027-06-30",
    "每年农历八月十五 慰问": "lunar 8-15",
    "每年農曆八月十五 慰問": "lunar 8-15",
    "腊月廿三 小年": "lunar 12-23",
    "农历正月初一至初七 春节": "lunar 1-1 for 7",
    "正月十五起3天 灯会": "lunar 1-15 for 3",
    "lunar 8-15: visit": "lunar 8-15",
    "the 15th day of the 8th lunar month: visit": "lunar 8-15",
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_says_when(line: str) -> None:
    assert said(line) == LINES[line]


NAMES = {
    "2027年3月15日 标准化工作例会": "标准化工作例会",
    "标准化工作例会：2027年3月15日": "标准化工作例会",
    "请于3月15日前上报数据": "上报数据",
    "数据上报于3月15日截止": "数据上报",
    "每月28日是数据报送日": "数据报送日",
    "3月15日 前期调研": "前期调研",
    "3月15日内部审核": "内部审核",
    "2027年度总结会 2027年3月15日": "2027年度总结会",
    "review on 15 March in Hangzhou": "review in Hangzhou",
    "by the end of June 2027: Review of GB/T 1": "Review of GB/T 1",
    "3月15日 每月例会的总结": "每月例会的总结",
    "3月15日 农历新年活动": "农历新年活动",
    "2027年3月15日 14:30 例会": "14:30 例会",
    "2027年3月15日\n質量\u200b例會": "質量例會",
}


@pytest.mark.parametrize("line", NAMES)
def test_what_stands_beside_it_is_the_name(line: str) -> None:
    found = read_line(line, SUNDAY)
    assert isinstance(found, DateLine)
    assert found.name == NAMES[line]


@pytest.mark.parametrize(
    ("line", "collection"),
    [
        ("每月28日 报送数据", True),
        ("每月28日 報送數據", True),
        ("every month on the 28th: figures", True),
        ("每月28日 例会", False),
        ("3月15日 报送数据", False),  # comes once
    ],
)
def test_figures_that_are_asked_for_again_and_again_are_a_collection(line: str, *, collection: bool) -> None:
    found = read_line(line, SUNDAY)
    assert isinstance(found, DateLine)
    assert found.collection is collection


FLAWS = {
    "": Flaw.NO_DATE,
    "例会": Flaw.NO_DATE,
    "标准 ISO 2025": Flaw.NO_DATE,
    "2027年3月15日": Flaw.NO_NAME,
    "每月28日：": Flaw.NO_NAME,
    f"3月15日 {'办' * 61}": Flaw.LONG_NAME,
    "3月15日 " * 600: Flaw.LONG_NAME,
    "2月30日 例会": Flaw.NO_SUCH_DAY,
    "31 February: review": Flaw.NO_SUCH_DAY,
    "2027-02-29 review": Flaw.NO_SUCH_DAY,
    "2027年13月 检查": Flaw.NO_SUCH_DAY,
    "每年2月30日 例会": Flaw.NO_SUCH_DAY,
    "每月32日 报送": Flaw.NO_SUCH_DAY,
    "本月31日 报送": Flaw.NO_SUCH_DAY,
    "2026年11月21日 例会": Flaw.PAST,
    "昨天 例会": Flaw.PAST,
    "1999年12月31日 例会": Flaw.YEARS,
    "2100-01-01 review": Flaw.YEARS,
    "1850年3月15日 例会": Flaw.YEARS,
    "2027年5月5日至5月1日 活动": Flaw.BACKWARDS,
    "5-1 May 2027 fair": Flaw.BACKWARDS,
    "每月5日至1日 填报": Flaw.BACKWARDS,
    "每年12月25日至1月5日 活动": Flaw.BACKWARDS,
    "3月15日起400天 展览": Flaw.TOO_LONG,
    "2027年1月1日至2028年12月31日 专项行动": Flaw.TOO_LONG,
    "农历十三月初一 慰问": Flaw.LUNAR,
    "农历八月三十一 慰问": Flaw.LUNAR,
    "农历闰四月初八 慰问": Flaw.LUNAR,
    "农历八月 慰问": Flaw.LUNAR,
    "每季度 报送": Flaw.NO_DAY,
    "每天 打卡": Flaw.NO_DAY,
    "每两周周五 例会": Flaw.NO_DAY,
    "2027年 总结": Flaw.NO_DAY,
    "the 10th of every quarter: return": Flaw.NO_DAY,
    "3月15日 例会，3月20日 报送": Flaw.SEVERAL,
    "每月10日、20日 报送": Flaw.SEVERAL,
    "the 1st and 15th of every month: figures": Flaw.SEVERAL,
    "the first Monday of every quarter: call": Flaw.NO_DAY,
}


@pytest.mark.parametrize("line", FLAWS)
def test_what_is_wrong_is_named(line: str) -> None:
    assert read_line(line, SUNDAY) is FLAWS[line]


def test_without_a_name_where_none_is_needed() -> None:
    assert said("2027年3月15日") == Flaw.NO_NAME
    assert read_line("2027年3月15日", SUNDAY, named=False) == DateLine(
        name="", when=Span(first=date(2027, 3, 15), last=date(2027, 3, 15))
    )


TODAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PIECES = st.sampled_from(
    [
        *LINES,
        *FLAWS,
        *("每", "月", "年", "日", "周", "季度", "末", "底", "前", "至", "到", "起", "天", "农历", "初", "十"),
        *(
            "28",
            "31",
            "2027",
            "2月",
            "-",
            "/",
            "(",
            ")",
            "every",
            "each",
            "on",
            "the",
            "of",
            "th",
            "for",
            "days",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=6).map("".join),
    st.lists(PIECES, max_size=6).map(" ".join),
    st.text(
        alphabet="每年月日周季末底前至到起天农历闰初廿正腊一二三十0123456789 -/:至the every month",
        max_size=30,
    ),
)


@given(TEXTS, TODAYS)
def test_any_text_is_a_date_that_comes_or_a_flaw(text: str, today: date) -> None:
    found = read_line(text, today)
    if isinstance(found, Flaw):
        return
    assert 0 < len(found.name) <= 60
    assert found.name.isprintable()
    match found.when:
        case Span(first=first, last=last):
            assert last >= today
            assert first <= last < first + timedelta(366)
        case Rule(first=first, text=rule):
            assert first >= today
            check_rule(first, rule)
    if today.year < 2090:
        assert next_times(found.when, today, 1)
