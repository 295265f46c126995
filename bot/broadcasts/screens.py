"""What an administrator sees while composing: one message that turns from step to step."""

import re
from html import unescape

from answering.library import Library
from bot.broadcasts.audiences import KINDS, Option, in_words, options, with_departments
from bot.broadcasts.draft import Draft
from bot.broadcasts.moments import Preset
from bot.buttons import Button, Compose, Rows, Step
from bot.greeting import LANGUAGE_NAMES
from bot.paging import PAGE
from bot.texts import N_, Markup, Translator, clean, cut, number, policy_label, shorten
from bot.views import View
from bot.words.marks import bold, finish, italic
from bot.words.moments import moment
from bot.words.names import joined
from domain.broadcasts import AudienceKind, BroadcastKind
from domain.delivery import NoticeKind, Words
from domain.languages import Language

_COLUMNS = 36
_EXCERPT = 80

TITLES = {
    BroadcastKind.SEND: N_("Broadcast"),
    BroadcastKind.CORRECTION: N_("Correction"),
    BroadcastKind.RECALL: N_("Deletion"),
}
_FORMS = {
    NoticeKind.TEXT: N_("text"),
    NoticeKind.PHOTO: N_("photo"),
    NoticeKind.DOCUMENT: N_("document"),
}
_PRESETS = {
    Preset.HOUR: N_("In an hour"),
    Preset.TOMORROW: N_("Tomorrow 9:00"),
    Preset.MONDAY: N_("Next Monday 9:00"),
}


def excerpt(text: Words, language: Language) -> str:
    """The beginning of a text without its markup, as text from outside."""
    html = text.get(language) or next(iter(text.values()), "")
    return shorten(unescape(re.sub(r"<[^>]*>", "", html)), _EXCERPT)


def ask_content(draft: Draft, t: Translator) -> View:
    """The first step: send the message."""
    if draft.kind is BroadcastKind.CORRECTION:
        ask = t.say("Send the words that shall stand there instead.")
    else:
        ask = t.say("Send me the message as everybody shall get it: text, a photo or a document.")
    formatting = t.say("Bold, links and other formatting are kept. /cancel leaves.")
    return _view(f"{bold(t.say(TITLES[draft.kind]))}\n{ask}\n{formatting}")


def sheet(draft: Draft, size: int | None, library: Library, t: Translator) -> View:
    """What was given so far, and the ways on; `size` is that of the audience."""
    lines = [bold(t.say("{title}: draft", title=t.say(TITLES[draft.kind]))), ""]
    lines += _given(draft, size, library, t)
    if draft.audience is None:
        lines += ["", italic(t.say("Now choose who gets it."))]
    ready = draft.complete and bool(size)
    to_preview = Button(label="👁 " + t.say("Preview, then send"), press=_to(draft, Step.PREVIEW))
    rows: Rows = (
        *(((to_preview,),) if ready else ()),
        *(((_button(draft, Step.AUDIENCE, "👥 " + t.say("Who gets it")),),) if not draft.original else ()),
        (
            _button(draft, Step.LANGUAGES, "🌐 " + t.say("Languages")),
            _button(draft, Step.LINKS, "🔗 " + t.say("Buttons")),
        ),
        (
            _button(draft, Step.CONTENT, "✏️ " + t.say("Another message")),
            _button(draft, Step.DROP, "🗑 " + t.say("Drop it")),
        ),
    )
    return _view("\n".join(lines), rows)


def languages(draft: Draft, t: Translator) -> View:
    """The translations given, and those that could be."""
    given = joined([LANGUAGE_NAMES[one] for one in draft.languages], t) or "–"
    text = t.say(
        "Languages given: {names}. Readers of another get the Simplified text, or else the first.",
        names=given,
    )
    rows = []
    for language, words in LANGUAGE_NAMES.items():
        has = language in draft.text
        row = [_button(draft, Step.TRANSLATE, f"{'✏️' if has else '➕'} {words}", language)]
        if has and len(draft.text) > 1:
            row.append(_button(draft, Step.UNTRANSLATE, f"🗑 {words}", language))
        rows.append(tuple(row))
    return _view(text, (*rows, (_back(draft, t),)))


def ask_translation(draft: Draft, language: Language, t: Translator) -> View:
    """Send the same in another language."""
    text = t.say("Send the words in {language}. /cancel leaves.", language=LANGUAGE_NAMES[language])
    return _view(text, ((_back(draft, t),),))


def ask_links(draft: Draft, t: Translator) -> View:
    """Write the buttons."""
    lines = [
        t.say("Write the buttons, one a line: a label, then its address."),
        t.say("Details – https://example.org/notice"),
        *(f"• {clean(link.label)} – {clean(link.url)}" for link in draft.links),
    ]
    none = (_button(draft, Step.NO_LINKS, "🗑 " + t.say("No buttons")),)
    return _view("\n".join(lines), (*((none,) if draft.links else ()), (_back(draft, t),)))


def audience(draft: Draft, size: int | None, library: Library, t: Translator) -> View:
    """How the recipients are to be chosen."""
    lines = [bold(t.say("Who gets it?")), *_to_whom(draft, size, library, t)]
    rows = tuple((_button(draft, Step.KIND, t.say(words), kind),) for kind, words in KINDS.items())
    return _view("\n".join(lines), (*rows, (_back(draft, t),)))


def choices(draft: Draft, size: int | None, library: Library, t: Translator) -> View:
    """The things of the chosen kind, those that count ticked, and at once how many that reaches."""
    assert draft.audience is not None  # noqa: S101 - a kind was chosen
    kind = draft.audience.kind
    lines = [bold(t.say(KINDS[kind])), *_to_whom(draft, size, library, t)]
    if kind is AudienceKind.DEPARTMENT and not draft.policy:
        rows: Rows = tuple(
            (_button(draft, Step.POLICY, policy_label(policy, t), policy.id),)
            for policy in with_departments(library)
        )
        lines.append(t.say("Departments of which policy?"))
    else:
        rows = _options(draft, options(kind, draft.policy, library, t), t)
    done = Button(label="✔ " + t.say("Done"), press=_to(draft, Step.SHEET))
    other = _button(draft, Step.AUDIENCE, "↩ " + t.say("Choose otherwise"))
    return _view("\n".join(lines), (*rows, (done, other)))


def ask_chats(draft: Draft, t: Translator) -> View:
    """Send the list."""
    text = t.say("Send the numbers of the chats, one a line, or as a text file.")
    return _view(text, ((_button(draft, Step.AUDIENCE, "↩ " + t.say("Choose otherwise")),),))


def confirm(draft: Draft, size: int, library: Library, t: Translator) -> View:
    """Under the preview: send it, now or later."""
    lines = [bold(t.say("That is how it will look. Send it?")), "", *_to_whom(draft, size, library, t)]
    now = t.say_n("Send now to {n}", "Send now to {n}", size, n=number(size, t))
    rows: Rows = (
        (_button(draft, Step.NOW, f"✅ {now}", f"{draft.version}"),),
        (_button(draft, Step.LATER, "🕘 " + t.say("Later…")),),
        (_back(draft, t), _button(draft, Step.DROP, "🗑 " + t.say("Drop it"))),
    )
    return _view("\n".join(lines), rows)


def ask_time(draft: Draft, t: Translator) -> View:
    """When to start."""
    text = t.say("When? Choose, or write a time like 2026-12-01 09:30 or 明天9点 (Beijing time).")
    presets = tuple((_button(draft, Step.AT, t.say(words), preset),) for preset, words in _PRESETS.items())
    return _view(text, (*presets, (_back(draft, t),)))


def confirm_later(draft: Draft, size: int, library: Library, t: Translator) -> View:
    """The time that was chosen, once more."""
    assert draft.start_at is not None  # noqa: S101 - it was chosen
    when = moment(draft.start_at, t, weekday=True)
    lines = [
        bold(t.say("Send it on {when}?", when=when)),
        t.say("Beijing time. Until then it can be cancelled."),
        "",
        *_to_whom(draft, size, library, t),
    ]
    go = _button(draft, Step.THEN, "✅ " + t.say("Schedule it"), f"{draft.version}")
    return _view(
        "\n".join(lines),
        ((go,), (_button(draft, Step.LATER, "🕘 " + t.say("Another time")), _back(draft, t))),
    )


def unfinished(draft: Draft, t: Translator) -> View:
    """There is a draft already."""
    text = t.say("There is a draft still: “{text}”. Go on with it, or drop it?", text=_said(draft, t))
    go_on = _button(draft, Step.SHEET, "▶ " + t.say("Go on"))
    return _view(text, ((go_on, _button(draft, Step.ANEW, "🗑 " + t.say("Drop it, begin anew"))),))


def _given(draft: Draft, size: int | None, library: Library, t: Translator) -> list[str]:
    if draft.form is None or not draft.complete:
        return [t.say("Message: none yet"), *_to_whom(draft, size, library, t)]
    form, said = t.say(_FORMS[draft.form]), _said(draft, t)
    lines = [t.say("Message: {form}, “{text}”", form=form, text=said)]
    if len(draft.text) > 1:
        names = joined([LANGUAGE_NAMES[one] for one in draft.languages], t)
        lines.append(t.say("Languages: {names}", names=names))
    if draft.links:
        labels = joined([clean(link.label) for link in draft.links], t)
        lines.append(t.say("Buttons: {labels}", labels=labels))
    return [*lines, *_to_whom(draft, size, library, t)]


def _to_whom(draft: Draft, size: int | None, library: Library, t: Translator) -> list[str]:
    if draft.audience is None or size is None:
        return []
    lines = [t.say("To: {audience}", audience=in_words(draft.audience, library, t))]
    lines.append(t.say("Reaches now: {n}", n=number(size, t)))
    if draft.audience.values and not size:
        lines.append(t.say("Nobody of them can be reached, or all declined broadcasts."))
    return lines


def _options(draft: Draft, offered: list[Option], t: Translator) -> Rows:
    assert draft.audience is not None  # noqa: S101 - as above
    pages = max(1, -(-len(offered) // PAGE))
    page = min(draft.page, pages - 1)
    rows: list[tuple[Button, ...]] = []
    for one in offered[page * PAGE : (page + 1) * PAGE]:
        tick = "☑" if one.value in draft.audience.values else "☐"
        rows.append((_button(draft, Step.PICK, f"{tick} {cut(one.label, _COLUMNS)}", one.key),))
    if pages > 1:
        middle = t.say("{page} of {pages}", page=page + 1, pages=pages)
        turns = (("◀", page - 1), (middle, page), ("▶", page + 1))
        rows.append(tuple(_button(draft, Step.PAGE, words, f"{to % pages}") for words, to in turns))
    return tuple(rows)


def _said(draft: Draft, t: Translator) -> str:
    return excerpt(draft.text, t.language) or "–"


def _to(draft: Draft, step: Step, value: str = "") -> Compose:
    return Compose(id=draft.id, step=step, value=value)


def _button(draft: Draft, step: Step, label: str, value: str = "") -> Button:
    return Button(label=label, press=_to(draft, step, value))


def _back(draft: Draft, t: Translator) -> Button:
    return _button(draft, Step.SHEET, "↩ " + t.say("Back"))


def _view(text: str, rows: Rows = ()) -> View:
    return View(parts=[finish(text, Markup.HTML)], rows=rows)
