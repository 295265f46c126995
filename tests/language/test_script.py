"""What the canonical form promises: total, idempotent, with the way back; and what conversion keeps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.script import (
    Language,
    aligned,
    detect_language,
    fold,
    fold_with_offsets,
    to_simplified,
    to_traditional,
)

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "標准準化發展區乾清宮網際路智慧型套用數位(（qū）)ｑ２“”「」—～ \u200b\u3000\n\x00①㈠½℃ée\u0301"
        ),
    )
)


@given(ODD)
@example("乾清宮")
@example("網際網路路")
@example("\ud800區(qū)")
@example("e\u0301①㈠ﷺ")
def test_folding_is_total_and_rests_after_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ODD)
@example("  數位化網際網路\u200b（qū） ")
def test_folding_with_offsets_gives_the_same_text(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.spans) == len(folded.text)


@given(ODD, st.data())
def test_every_folded_stretch_points_into_the_original_and_forward(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first < last) == (start < end)
    assert [span[0] for span in folded.spans] == sorted(span[0] for span in folded.spans)


@given(ODD)
def test_the_aligned_form_keeps_every_position(text: str) -> None:
    assert len(aligned(text)) == len(text)


def test_nothing_behind_a_control_character_is_lost() -> None:
    assert to_traditional("标\0准\ud800化") == "標\0準\ud800化"


@given(ODD)
def test_conversion_is_total(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
    assert (to_traditional(text) == "") == (text == "")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("到２０２５年，國際標準", "到2025年,国际标准"),
        ("區(qū)域標準化發(fā)展", "区域标准化发展"),
        ("統（tǒng）籌推進", "统筹推进"),
        ("標準（ISO）與辦法(試行)", "标准(iso)与办法(试行)"),
        ("推進網際網路建設", "推进互联网建设"),
        ("智慧型感知與智慧城市", "智能感知与智慧城市"),
        ("先進標準套用", "先进标准应用"),
        ("配套用房", "配套用房"),
        ("數位化改革，數位專家", "数字化改革,数位专家"),
        ("資訊化建設與資訊服務", "信息化建设与资讯服务"),
        ("網路由器", "网路由器"),
        ("附屬檔案：積體電路與人工智慧", "附件:集成电路与人工智能"),
        ("“标准化+”「行動」", '"标准化+""行动"'),
        ("2023—2025", "2023-2025"),
        ("  国际 \t\n 标准　", "国际 标准"),
        ("浙\u200b江\x00", "浙江"),
        ("Zhèjiāng ISO", "zhejiang iso"),
        ("①㈠", "1(一)"),
        ("", ""),
    ],
)
def test_folding_unites_what_means_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("推進網際網路+行動", "互联网", "網際網路"),
        ("區(qū)域協(xié)同", "区域", "區(qū)域"),
        ("區(qū)域", "区", "區"),
        ("到 ２０２５ 年", "2025", "２０２５"),
        ("第①項", "1", "①"),
    ],
)
def test_a_quotation_is_the_original_characters(text: str, part: str, original: str) -> None:
    folded = fold_with_offsets(text)
    at = folded.text.index(part)
    start, end = folded.original_span(at, at + len(part))
    assert text[start:end] == original


# Official terms, Simplified and Traditional, that a converter of wording or a naive one gets wrong.
TERMS = """
发展發展 范围範圍 干部幹部 干净乾淨 标准里標準裡 公里公里 里程碑里程碑 制定制定 制订制訂 制造製造
研制研製 编制編制 只要只要 一只一隻 之后之後 皇后皇后 系统系統 体系體系 关系關係 台州台州 指标指標
新增新增 建立建立 标准化標準化 准则準則 批准批准 水准水準 征求意见徵求意見 征收徵收 象征象徵
复审複審 恢复恢復 复杂複雜 重复重複 采信採信 采购採購 松江松江 余姚餘姚 剩余剩餘 云浮雲浮 于都于都
钟祥鍾祥 万元萬元 制度制度 表彰表彰 示范示範 参与參與 咨询諮詢 托管託管 沈阳瀋陽 群众群眾 着力著力
围绕圍繞 周期週期 尽职盡職 升级升級 计划計劃 认证認證 检验检测檢驗檢測 计量計量 质量質量
团体标准團體標準 牵头单位牽頭單位 面积面積 才能才能 丰富豐富 公布公布 发布發布 布局布局 导向導向
合并合併 并且並且 签收簽收 交办交辦 办结辦結 催办催辦 延期延期 综合綜合 秘书秘書 种植種植 郁南鬱南
佣金佣金 谷物穀物 历史歷史 志愿志願 标志標誌 术语術語 技术技術 呼吁呼籲 家具家具 程序程序 信息信息
网络網絡 质量月質量月 国家标准國家標準
"""


@pytest.mark.parametrize("pair", TERMS.split())
def test_traditional_output_keeps_the_official_vocabulary(pair: str) -> None:
    simplified, traditional = pair[: len(pair) // 2], pair[len(pair) // 2 :]
    assert to_traditional(simplified) == traditional
    assert fold(traditional) == fold(simplified)


@pytest.mark.parametrize(
    ("text", "default", "language"),
    [
        ("国际标准多少项", "en", "zh-Hans"),
        ("國際標準多少項", "en", "zh-Hant"),
        ("浙江", "zh-Hant", "zh-Hant"),
        ("浙江", "en", "zh-Hans"),
        ("浙江 by 2025 多少项?", "en", "zh-Hans"),
        ("What is 江津区贯彻落实国家标准化发展纲要的实施意见?", "zh-Hans", "en"),
        ("What does 江津 require?", "zh-Hans", "en"),
        ("How many 国际标准 does 浙江 require by 2025?", "zh-Hans", "en"),
        ("ISO 37000 是什么", "en", "zh-Hans"),
        ("by when", "zh-Hans", "en"),
        ("GDP", "zh-Hant", "en"),
        ("😀 12", "zh-Hant", "zh-Hant"),
        ("", "en", "en"),
    ],
)
def test_the_language_is_the_one_of_the_grammar(text: str, default: Language, language: Language) -> None:
    assert detect_language(text, default) == language


POLICIES = Path(__file__).parents[3] / "shared" / "policies"


@pytest.mark.skipif(not POLICIES.is_dir(), reason="the policy texts are not beside the checkout")
def test_a_whole_policy_loses_its_pinyin_and_nothing_else() -> None:
    text = (POLICIES / "jiangjin-2023.txt").read_text("utf-8")
    noise = re.findall(r"\([a-zà-ǜ]+\)", text)
    folded = fold(text)
    assert len(noise) == 420
    assert not re.search(r"[一-鿿]\([a-z]+\)", folded)
    assert "(渝府办发〔2021〕143号)" in folded
    assert fold_with_offsets(text).text == folded


@given(st.text("到２０２５年底前，。、“十四五”末ＡBcＺ—-年均（项）①é《》\u3000\n"))
def test_a_text_known_to_be_simplified_is_aligned_like_any(text: str) -> None:
    assert aligned(text, simplified=True) == aligned(text)
