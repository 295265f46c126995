"""Pictures, wired: the font that the settings name, or one of the usual ones."""

from app.settings import PREFIX, Settings
from bot.pictures.fonts import Font, find_font
from bot.pictures.studio import Pictures
from domain.errors import BadInput, BadSetting


def build_pictures(settings: Settings) -> Pictures:
    """What draws; without a font it says that it can't.

    Raises:
        BadSetting: the font that was set is none.
    """
    return Pictures(chosen_font(settings))


def chosen_font(settings: Settings) -> Font | None:
    """The font that pictures are drawn with; None where no Chinese one is known.

    Raises:
        BadSetting: the font that was set is none.
    """
    try:
        return find_font(settings.font_file)
    except BadInput as error:
        if settings.font_file is None:  # one of the usual places holds something else
            return None
        raise BadSetting(f"{PREFIX}FONT_FILE: {error}") from error
