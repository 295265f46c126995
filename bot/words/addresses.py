"""Words about other channels: their names, why an address is not taken, how it stands, what is left out."""

from bot.words.marks import bold, clean, italic, shorten
from bot.words.moments import moment
from bot.words.translations import N_, Translator
from domain.channels import Channel, Flaw
from domain.delivery import Delivery, DeliveryState
from scheduler.plain_words import Remarks
from storage.addresses import Address

CHANNELS = {
    Channel.WECOM: N_("WeCom"),
    Channel.DINGTALK: N_("DingTalk"),
    Channel.FEISHU: N_("Feishu"),
    Channel.EMAIL: N_("e-mail"),
}
_FLAWS = {
    Flaw.UNKNOWN: N_("That is neither the address of a group robot nor an e-mail address."),
    Flaw.HOST: N_("Only robots of WeCom, DingTalk and Feishu can be registered, by the address they show."),
    Flaw.PATH: N_("That is not the address of a group robot."),
    Flaw.KEY: N_("The robot's key is missing in that address, or cut off. Copy the whole of it."),
    Flaw.SECRET: N_("Only DingTalk's address may be followed by a secret; it begins with SEC."),
    Flaw.EMAIL: N_("That e-mail address can't be right. Send one address and nothing else."),
    Flaw.REFERENCE: N_("That variable is not set, holds no address, or does not begin with {prefix}."),
    Flaw.TAKEN: N_("This address is registered already."),
}
_TESTS = {
    DeliveryState.SENT: N_("arrived"),
    DeliveryState.FAILED: N_("refused"),
    DeliveryState.UNREACHABLE: N_("the address can't be reached"),
    DeliveryState.UNCERTAIN: N_("nobody answered, so it may have arrived"),
}


def flaw_in_words(flaw: Flaw, t: Translator) -> str:
    """Why an address is not taken."""
    return t.say(_FLAWS[flaw], prefix="ZHUNSHI_ADDRESS_")


def line(address: Address, t: Translator) -> str:
    """An address in a list: its mark and what it is called."""
    return f"{'✅' if address.active else '⚠️'} {clean(address.title)} · {t.say(CHANNELS[address.channel])}"


def standing(address: Address, follows: list[str], test: Delivery | None, t: Translator) -> list[str]:
    """All that is known of an address but its secret."""
    day = moment(address.created_at, t)
    lines = [
        bold(clean(address.title)),
        t.say("{channel}, registered {day}", channel=t.say(CHANNELS[address.channel]), day=day),
    ]
    if address.variable:
        lines.append(t.say("Its secret stands in the variable {name}.", name=address.variable))
    if not address.active:
        lines.append("⚠️ " + t.say("It could not be reached, so nothing is sent there any more."))
    lines += ["", t.say("Follows:") if follows else t.say("Follows nothing yet.")]
    lines += [f"• {clean(one)}" for one in follows]
    if test is not None:
        said = t.say(_TESTS[test.state]) if test.state in _TESTS else t.say("on its way")
        lines += ["", t.say("Last test: {outcome}", outcome=said)]
        if test.error and test.state is not DeliveryState.SENT:
            lines.append(italic(shorten(test.error, 200)))
    return lines


def remarks(t: Translator) -> Remarks:
    """What is said in place of what can't be shown."""
    return Remarks(
        picture=t.say("[A picture belongs to this message; it can't be shown here.]"),
        file=t.say("[A file belongs to this message; it can't be sent here.]"),
        correction=t.say("Correction. This replaces an earlier message:"),
    )


def trial(t: Translator) -> str:
    """What a test says, in HTML."""
    return t.say("A test by Zhunshi: notices and reminders will come here.")
