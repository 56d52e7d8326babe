"""Plain text in any encoding: UTF-8, UTF-16, GB18030, Big5, and what charset-normalizer recognizes."""

import codecs
from collections.abc import Iterator

from charset_normalizer import from_bytes

from extract.errors import ReadError
from extract.formats import Article

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536  # bytes that are looked at to tell encodings apart

# the most frequent characters of Chinese news in both scripts: text decoded wrongly has few of them
_FREQUENT = frozenset(
    "的一是不了在人有我他这個个们們中来來上大为為和国國地到以说說时時要就出会會可也对對生能而子于於着下自之年过過发發后後"
    "作里用道行所然家种種事成方多经經么去法学學如都同现現当當没動动面起定天分还還进進好小部其些主样理心本前开開但因只从"
    "从想实實日者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两高间間由问問最重并並物手应"
    "應向文体體政美相被利二等产產或新制身果加西月合回特代内內信表化老世位次度门門任常先海通教原东東声提立及比员員解水名"
    "论處处各入几口认认條条平系气氣题活更别變变四总總何电電数數安少报報结結反受目太量再建务務做接必场場件计計管期市直资"
    "資金指统統区區保至队社空决治展马科司五基书則则界达達光放强權权完设設式路记記南品告类類求据據程北边該该交规規万萬取"
    "术術领領共确確传傳师師观今切院让讓带導导争运運，。、“”：；（）《》　"
)


def read_articles(data: bytes, name: str) -> Iterator[Article]:
    """The one article of a text file."""
    yield Article(text=decode(data, name))


def decode(data: bytes, name: str) -> str:
    """The characters of ``data``, whatever their encoding; a byte order mark is left out.

    A few damaged bytes become U+FFFD.  Line ends stay as they are.

    Raises:
        ReadError: The bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if _control_share(text[:_SAMPLE]) < 0.02:
            return text
    guessed = _guess(data[:_SAMPLE])
    if guessed:
        return data.decode(guessed, errors="replace")
    raise ReadError(
        f"{name}: the bytes are no text in a known encoding; save it as UTF-8, or name its format by suffix"
    )


def _guess(sample: bytes) -> str | None:
    if encoding := _guess_utf16(sample):
        return encoding
    if sample.count(0) > len(sample) // 500:
        return None
    damaged = sample.decode("utf-8", errors="replace")
    letters = sum(character > "\x7f" for character in damaged) or 1
    if damaged.count("\ufffd") <= max(1, letters // 20) and _control_share(damaged) < 0.02:
        return "utf-8"
    frequent, encoding = max((_frequent_share(sample, encoding), encoding) for encoding in ("big5hkscs", "gb18030"))
    if frequent >= 0.35:
        return encoding
    best = from_bytes(sample[:16_384]).best()
    return best.encoding if best and _control_share(str(best)) < 0.02 else None


def _guess_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: line ends, spaces and digits show a zero byte on one side only."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 50 > max(even, odd) or max(even, odd) == 0:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    known = sum(character in _FREQUENT or " " <= character <= "~" or character.isspace() for character in text)
    return encoding if known > 0.4 * len(text) and text.count("\ufffd") <= 1 else None


def _frequent_share(sample: bytes, encoding: str) -> float:
    """The share of frequent characters among the characters beyond ASCII; 0 where too many bytes do not decode."""
    text = sample.decode(encoding, errors="replace")
    letters = [character for character in text if character > "\x7f"]
    if not letters or text.count("\ufffd") > max(2, len(letters) // 20) or _control_share(text) >= 0.02:
        return 0.0
    return sum(character in _FREQUENT for character in letters) / len(letters)


def _control_share(text: str) -> float:
    controls = sum(character < " " and character not in "\t\n\r\f\x0b\x1a" for character in text)
    return controls / len(text) if text else 0.0
