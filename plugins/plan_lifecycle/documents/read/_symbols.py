"""Signs that Word draws with symbol fonts: a tick of Insert > Symbol is a number in Wingdings, not a letter."""

from __future__ import annotations

TICK, CROSS, EMPTY_BOX, BULLET, OTHER = "✓", "x", "☐", "•", "▪"
_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {
        **dict.fromkeys((0xFC, 0xFE), TICK),
        **dict.fromkeys((0xFB, 0xFD, 0x78), CROSS),
        **dict.fromkeys((0xA8, 0x6F, 0x71, 0x72, 0xA3), EMPTY_BOX),
        **dict.fromkeys((0x6C, 0x6E, 0xA7, 0x9F, 0xD8, 0x76), BULLET),
    },
    "wingdings 2": {
        **dict.fromkeys((0x50, 0x52), TICK),
        **dict.fromkeys((0x4F, 0x51, 0x53, 0x54), CROSS),
        **dict.fromkeys((0x2A, 0xA3, 0x30, 0x35), EMPTY_BOX),
        **dict.fromkeys((0x97, 0x98), BULLET),
    },
    "webdings": {0x61: TICK, 0x72: CROSS, 0x63: EMPTY_BOX, 0x3D: BULLET, 0x67: BULLET},
    "symbol": {0xB7: BULLET, 0xD6: TICK},
}


def is_symbol_font(font: str | None) -> bool:
    """Whether letters in this font are drawn as signs."""
    return (font or "").lower() in _FONTS and (font or "").lower() != "symbol"


def sign(font: str | None, code: int) -> str:
    """The sign behind a number of a symbol font; a small square where it is none that is known here."""
    return _FONTS.get((font or "").lower(), _FONTS["wingdings"]).get(code & 0xFF, OTHER)


def symbols_in(text: str, font: str | None) -> str:
    """A text with its signs: all of it in a symbol font, else the letters of Word's private range."""
    if is_symbol_font(font):
        return "".join(letter if letter.isspace() else sign(font, ord(letter)) for letter in text)
    if any("\uf000" <= letter <= "\uf0ff" for letter in text):
        return "".join(sign(font, ord(letter)) if "\uf000" <= letter <= "\uf0ff" else letter for letter in text)
    return text
