"""Addresses as people paste them: one right form, or the flaw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.channels import FIRST_ADDRESS, BadAddress, Channel, Flaw, is_address, key_of, parse_address

KEY = "693a91f6-0000-4bc4-97a0-0ec2sifa5aaa"
TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - opens nothing
SECRET = "SEC0123456789abcdef"  # noqa: S105 - the same
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
DINGTALK = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
FEISHU = f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}"

RIGHT = {
    WECOM: (Channel.WECOM, WECOM),
    f"  <{WECOM}&debug=1#x>\n": (Channel.WECOM, WECOM),
    WECOM.replace("weixin.qq.com", "weixin.qq.com:443"): (Channel.WECOM, WECOM),
    WECOM.replace("qyapi", "QYAPI"): (Channel.WECOM, WECOM),
    DINGTALK: (Channel.DINGTALK, DINGTALK),
    f"{DINGTALK}\n{SECRET}": (Channel.DINGTALK, f"{DINGTALK}&secret={SECRET}"),
    f"{DINGTALK}&secret={SECRET}": (Channel.DINGTALK, f"{DINGTALK}&secret={SECRET}"),
    FEISHU: (Channel.FEISHU, FEISHU),
    f"{FEISHU}/": (Channel.FEISHU, FEISHU),
    "Biao.Zhun@ShanCheng.gov.cn": (Channel.EMAIL, "Biao.Zhun@shancheng.gov.cn"),
    " mailto:a@b.cn ": (Channel.EMAIL, "a@b.cn"),
}


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_pasted_gets_its_one_right_form(text: str) -> None:
    channel, target = parse_address(text)
    assert (channel, target) == RIGHT[text]
    assert parse_address(target) == (channel, target)


WRONG = {
    "": Flaw.UNKNOWN,
    "市场监管局": Flaw.UNKNOWN,
    "https://[": Flaw.UNKNOWN,
    "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + KEY: Flaw.HOST,
    "https://10.0.0.1/robot/send?access_token=" + TOKEN: Flaw.HOST,
    "https://localhost/": Flaw.HOST,
    "https://oapi.dingtalk.com.evil.example/robot/send?access_token=" + TOKEN: Flaw.HOST,
    "https://oapi.dingtalk.com@10.0.0.1/robot/send?access_token=" + TOKEN: Flaw.HOST,
    "https://me@oapi.dingtalk.com/robot/send?access_token=" + TOKEN: Flaw.HOST,
    "https://oapi.dingtalk.com:8443/robot/send?access_token=" + TOKEN: Flaw.HOST,
    "file:///etc/passwd": Flaw.HOST,
    "https://qyapi.weixin.qq.com/cgi-bin/gettoken?key=" + KEY: Flaw.PATH,
    "https://open.feishu.cn/open-apis/bot/v2/hook": Flaw.PATH,
    "https://open.feishu.cn/open-apis/bot/v2/hook/a/../../" + KEY: Flaw.PATH,
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send": Flaw.KEY,
    f"{WECOM}&key=another-one": Flaw.KEY,
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=短": Flaw.KEY,
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a%2f..%2fsend-somewhere": Flaw.KEY,
    "https://oapi.dingtalk.com/robot/send?access_token=with-a-dash": Flaw.KEY,
    f"{DINGTALK} secret": Flaw.SECRET,
    f"{DINGTALK} {SECRET} {SECRET}": Flaw.SECRET,
    f"{WECOM} {SECRET}": Flaw.SECRET,
    f"{FEISHU} {SECRET}": Flaw.SECRET,
    "a@b": Flaw.EMAIL,
    "a@localhost": Flaw.EMAIL,
    "a@10.0.0.1": Flaw.EMAIL,
    "a b@example.org": Flaw.EMAIL,
    "a@example.org, b@example.org": Flaw.EMAIL,
    "周敏 <a@example.org>": Flaw.EMAIL,
    "a..b@example.org": Flaw.EMAIL,
    "-a@example.org": Flaw.EMAIL,
    "a@example.org\nBcc: b@example.org": Flaw.EMAIL,
    "a" * 65 + "@example.org": Flaw.EMAIL,
    "a@" + "b" * 64 + ".org": Flaw.EMAIL,
}


@pytest.mark.parametrize("text", WRONG)
def test_what_can_not_be_written_to_is_refused_with_its_flaw_and_not_shown(text: str) -> None:
    with pytest.raises(BadAddress) as caught:
        parse_address(text)
    assert caught.value.flaw is WRONG[text]
    assert len(text) < 8 or text not in str(caught.value)


@given(st.text(st.sampled_from("https://@:.qyapi?=&ab1-\n %[]"), max_size=80) | st.text(max_size=80))
def test_whatever_is_pasted_is_an_address_or_refused(text: str) -> None:
    try:
        channel, target = parse_address(text)
    except BadAddress:
        return
    assert parse_address(target) == (channel, target)


def test_the_secret_parts_are_found_again() -> None:
    assert key_of(parse_address(WECOM)[1]) == (KEY, None)
    assert key_of(parse_address(f"{DINGTALK} {SECRET}")[1]) == (TOKEN, SECRET)
    assert key_of(parse_address(FEISHU)[1]) == (KEY, None)


def test_telegrams_ids_are_no_addresses() -> None:
    assert not any(map(is_address, (7_000_000_001, 2**52, -1_001_234_567_890, FIRST_ADDRESS - 1)))
    assert is_address(FIRST_ADDRESS)
