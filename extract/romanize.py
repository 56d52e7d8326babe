"""Chinese organization names in Latin letters: a readable full label, a short one, an acronym.

The proper part is spelled in pinyin, the trade words, heads and places are translated by
``lang/zh/latin.toml``.  A label is for reading and for finding; it is nobody's official name.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from extract.lang import load_language

_KEYS = (
    *("acronymed", "brands", "heads", "legal", "parents", "qualifiers", "ranks", "readings", "spellings"),
    *("syllables", "terms", "vague"),
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PIECES = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_BRACKETED = re.compile(r"[(（〔【]([^()（）〔〕【】]*)[)）〕】]")
_AFFILIATED = re.compile(r"(?P<school>.*(?:大学|学院))附属(?P<child>.*(?:医院|中学|小学|学校))")
_QUOTES = str.maketrans("", "", '“”"‘’《》「」')
# what may not follow a parent's name that ends here: 研究院有限公司, 大学城, 大学附属医院 (kept whole)
_NO_CHILD = ("有限", "股份", "城", "生", "附属", "科技园", "集团", "总公司", "出版社", "国家")
_UMLAUT = {"lv": "lu", "nv": "nu", "lve": "lue", "nve": "nue"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LatinName:
    """The Latin labels of one name.

    ``full`` says every part (``Taicang Dianshi Aviation Power Co., Ltd.``), ``short`` the proper part and its
    first trade word (``Dianshi Aviation``), ``acronym`` the initials of an institute's or a university's label or
    ``None``.  ``others`` are further spellings that a reader may type (pinyin of a foreign-sounding name).
    """

    full: str
    short: str
    acronym: str | None = None
    others: tuple[str, ...] = ()

    def forms(self) -> tuple[str, ...]:
        """All labels, the fullest first, each once."""
        forms = (self.full, self.short, *self.others, *((self.acronym,) if self.acronym else ()))
        return tuple(dict.fromkeys(forms))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One organization of a nested name, taken apart; the parts are Chinese."""

    places: tuple[str, ...]
    pieces: tuple[str, ...]
    head: str
    legal: str
    bracketed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The tables of latin.toml, and the places."""

    terms: Mapping[str, str]
    heads: Mapping[str, tuple[str, str, str]]
    legal: Mapping[str, tuple[str, str]]
    ranks: Mapping[str, str]
    places: Mapping[str, str]
    syllables: Mapping[str, str]
    readings: Mapping[str, str]
    brands: Mapping[str, str]
    parents: tuple[str, ...]
    vague: frozenset[str]
    qualifiers: frozenset[str]
    acronymed: tuple[str, ...]
    known: frozenset[str]  # terms, ranks and brands


_DIVISION_ENDS = (
    ("壮族自治区", ""), ("回族自治区", ""), ("维吾尔自治区", ""), ("自治区", ""),
    ("省", ""), ("市", ""), ("地区", " Prefecture"), ("县", " County"), ("区", " District"),
)  # fmt: skip


@cache
def _words() -> _Words:
    zh = load_language("zh")
    table = zh.table("latin", _KEYS)
    heads = {}
    for head, form in table["heads"].items():
        field, proper, place = (*(part.strip() for part in form.split("|")), "", "")[:3]
        heads[head] = (field, proper or field, place or "{} " + field.replace("of {}", "").replace("{}", "").strip())
    places: dict[str, str] = {}
    for code, name in zh.rows("divisions", ("code", "name")):
        _add_place(places, name, short=len(code) < 6 or name.endswith("市"))
    places.update(table["spellings"])
    for bare, english in table["spellings"].items():
        for end, ending in _DIVISION_ENDS:
            if bare + end in places:
                places[bare + end] = english + ending
    return _Words(
        terms=table["terms"],
        heads=heads,
        legal={form: (ends[0], ends[1]) for form, ends in table["legal"].items()},
        ranks=table["ranks"],
        places=places,
        syllables=table["syllables"],
        readings=table["readings"],
        brands=table["brands"],
        parents=tuple(sorted(table["parents"].split(), key=len, reverse=True)),
        vague=frozenset(table["vague"].split()),
        qualifiers=frozenset(table["qualifiers"].split()),
        acronymed=tuple(table["acronymed"].split()),
        known=frozenset((*table["terms"], *table["ranks"], *table["brands"])),
    )


def _add_place(places: dict[str, str], name: str, *, short: bool) -> None:
    for end, ending in _DIVISION_ENDS:
        bare = name.removesuffix(end)
        if bare != name and len(bare) >= 2:
            places.setdefault(name, bare and f"{_Lazy}{bare}\0{ending}")
            if short and bare not in ("东方", "和平", "五大", "长安"):
                places.setdefault(bare, f"{_Lazy}{bare}\0")
            return
    places.setdefault(name, f"{_Lazy}{name}\0")


_Lazy = "\0"  # a place that is spelled by its pinyin when asked for: 3,000 of them would take long at start


def pinyin(text: str) -> str:
    """The Chinese characters of ``text`` in pinyin without tones, one capitalized word; other characters stay.

    >>> pinyin("点石"), pinyin("西安")
    ('Dianshi', "Xi'an")
    """
    from pypinyin import lazy_pinyin

    readings = _words().readings
    text = "".join(readings.get(character, character) for character in text)
    syllables = [_UMLAUT.get(syllable, syllable.replace("v", "u")) for syllable in lazy_pinyin(text)]
    word = syllables[0] if syllables else ""
    for before, syllable in pairwise(syllables):
        word += ("'" if syllable[:1] in "aoe" and before[-1:].isalpha() and len(syllables) == 2 else "") + syllable
    return word[:1].upper() + word[1:]


def romanize_place(name: str) -> str:
    """A division of mainland China in Latin letters, as it is usually spelled.

    >>> romanize_place("嘉定区"), romanize_place("内蒙古自治区")
    ('Jiading District', 'Inner Mongolia')
    """
    spelled = _words().places[name]
    if spelled.startswith(_Lazy):
        bare, ending = spelled[1:].split("\0")
        return pinyin(bare) + ending
    return spelled


@lru_cache(maxsize=65_536)
def romanize_name(name: str) -> LatinName:
    """The Latin labels of a Chinese organization name; a name without Chinese characters is its own label.

    >>> romanize_name("太仓点石航空动力有限公司").short
    'Dianshi Aviation'
    >>> romanize_name("中国科学院上海应用物理研究所")  # doctest: +NORMALIZE_WHITESPACE
    LatinName(full='Shanghai Institute of Applied Physics, CAS', short='Shanghai Institute of Applied Physics',
              acronym='SIAP', others=())

    Raises:
        ValueError: The name is blank.
    """
    plain = unicodedata.normalize("NFKC", name).translate(_QUOTES).strip()
    plain = plain.replace("(集团)", "集团").replace("(控股)", "控股")
    if not plain:
        raise ValueError("blank organization name")
    if not _CHINESE.search(plain):
        return LatinName(full=plain, short=plain)
    if plain in _words().brands:
        brand, _, acronym = _words().brands[plain].partition("|")
        return LatinName(full=brand, short=brand, acronym=acronym or None)
    if known := _registered().get(plain):
        return _named(known, plain)
    return _spelled_out(plain)


@cache
def _registered() -> Mapping[str, tuple[str, ...]]:
    """The English names of the register of research organizations, by the Chinese name of the same entry."""
    fields = ("name", "kind", "ror")
    chinese: dict[str, list[str]] = {}
    for name, _, ror in load_language("zh").rows("research_bodies", fields):
        if ror:
            chinese.setdefault(ror, []).append(unicodedata.normalize("NFKC", name))
    english: dict[str, list[str]] = {}
    for name, _, ror in load_language("en").rows("research_bodies", fields):
        if ror in chinese:
            english.setdefault(ror, []).append(name)
    return {name: tuple(english[ror]) for ror, names in chinese.items() if ror in english for name in names}


def _named(known: tuple[str, ...], plain: str) -> LatinName:
    """The official registered name; further ones and the one spelled out stay as other spellings.

    A company keeps what is spelled out, which has its legal form; an institute keeps its academy behind the comma.
    """
    own = _spelled_out(plain)
    if own.full.endswith(("Ltd.", "L.P.")):
        return own
    official = known[0]
    above = own.full.partition(", ")[2]
    full = f"{official}, {above}" if above and above not in official else official
    forms = dict.fromkeys((official, *known[1:], own.full, own.short, *own.others))
    others = tuple(form for form in forms if form not in (full, official))
    return LatinName(full=full, short=official, acronym=own.acronym or _acronym(official) or None, others=others)


def _spelled_out(plain: str) -> LatinName:
    if (affiliated := _AFFILIATED.fullmatch(plain)) and affiliated["school"]:
        return _affiliated(affiliated["school"], affiliated["child"])
    parent, child = _split_parent(plain)
    level = _take_apart(child, nested=bool(parent))
    full, short, others = _compose(level, nested=bool(parent))
    acronym = _acronym(short) if child.endswith(_words().acronymed) else ""
    if parent:
        above = romanize_name(parent)
        known = above.acronym if parent in _words().brands else None
        full = f"{full}, {known or above.full}"
        if (not level.places and not level.head) or short.startswith("School"):
            short = f"{short}, {known or above.short}"
            acronym = ""
    return LatinName(full=full, short=short, acronym=acronym or None, others=others)


def _affiliated(school: str, child: str) -> LatinName:
    """苏州大学附属第一医院: an ordinal stands before ``Affiliated``, a name before the comma."""
    above = romanize_name(school).full
    ranked = next((rank for rank in _words().ranks if child.startswith(rank)), "")
    if ranked or len(child) <= 2:
        rank = _words().ranks.get(ranked, "")
        label = f"{_spaced(rank, 'Affiliated', romanize_name(child.removeprefix(ranked)).full)} of {above}"
        return LatinName(full=label, short=label)
    label = romanize_name(child).full
    return LatinName(full=f"{label}, {above}", short=label)


def _split_parent(name: str) -> tuple[str, str]:
    """The parent (``""`` where the name is one level) and what follows it."""
    words = _words()
    best = 0
    for parent in words.parents:
        first = 0 if parent in words.brands else 1
        at = name.rfind(parent, first)
        while at >= 0:
            end = at + len(parent)
            rest = name[end:]
            child = len(rest) >= 2 and not rest.startswith(_NO_CHILD) and (rest[0] not in "(（" or ")" in rest[:-2])
            if child and end > best and _heads_of(rest)[0]:
                best = end
            at = name.rfind(parent, first, at)
    if best and name[best] in "(（":  # 中国石油大学（华东）化学院: the bracket is the parent's
        best = name.index(")", best) + 1
        if best == len(name) or not _heads_of(name[best:])[0]:
            return "", name
    return name[:best], name[best:]


def _heads_of(text: str) -> tuple[str, ...]:
    """The heads that ``text`` ends in, the longest first, then ``""``."""
    heads = _words().heads
    return (*(text[at:] for at in range(len(text)) if text[at:] in heads), "")


def _take_apart(name: str, *, nested: bool) -> _Level:
    words = _words()
    bracketed = tuple(inside for inside in _BRACKETED.findall(name) if inside)
    bare = _BRACKETED.sub("", name)
    legal = max((form for form in words.legal if bare.endswith(form) and bare != form), key=len, default="")
    if legal:
        bare = bare.removesuffix(legal)
    elif any(form in bracketed for form in words.legal):
        legal = next(form for form in bracketed if form in words.legal)
    bracketed = tuple(inside for inside in bracketed if inside not in words.legal)
    places, rest = _leading_places(bare)
    if places and not rest:
        *kept, last = places
        places, rest = tuple(kept), last
    head, pieces = min(((head, _tile(rest.removesuffix(head))) for head in _heads_of(rest)), key=_cost)
    return _Level(places=places, pieces=pieces, head=head, legal=legal, bracketed=bracketed)


def _cost(choice: tuple[str, tuple[str, ...]]) -> tuple[int, int]:
    """Of two ways to cut, the one that leaves fewer characters unknown, then the one with fewer parts."""
    known = _words().known
    return sum(len(piece) for piece in choice[1] if piece not in known), len(choice[1])


def _leading_places(text: str) -> tuple[tuple[str, ...], str]:
    places: list[str] = []
    known = _words().places
    while True:
        size = next((size for size in range(min(len(text), 11), 1, -1) if text[:size] in known), 0)
        if size and text[size - 1] not in "市省县区" and text[size:][:1] in ("市", "省", "县", "区"):
            size += 0 if text[size:] in _words().heads or text[size : size + 2] in _words().terms else 1
            if text[:size] not in known:
                places.append(text[: size - 1])
                text = text[size:]
                continue
        if not size or (len(text) == size and places):
            return tuple(places), text
        places.append(text[:size])
        text = text[size:]


def _tile(core: str) -> tuple[str, ...]:
    """``core`` cut into known words and runs of unknown characters, the fewest unknown first.

    A lone unknown character is avoided, for it mostly is the other half of a proper name: 双桥传感器 is
    双桥 + 传感器, never 双 + 桥…
    """
    known = _words().known
    size = len(core)
    chinese = [_CHINESE.match(character) is not None for character in core]
    best = [(0, size, size)] * (size + 1)  # from here on: the cost, the length of the first piece below zero, its end
    free = [True] * (size + 1)  # whether an unknown run may end here: no other unknown one begins
    for at in range(size - 1, -1, -1):
        choices = []
        spelled = False
        for end in range(at + 1, size + 1):
            spelled = spelled or chinese[end - 1]
            if not spelled or core[at:end] in known:
                choices.append((best[end][0] + 2, at - end, end))
            elif free[end]:
                choices.append((best[end][0] + (9 if end - at == 1 else 3 * (end - at)), at - end, end))
        best[at] = min(choices)
        free[at] = core[at : best[at][2]] in known
    pieces, at = [], 0
    while at < size:
        pieces.append(core[at : best[at][2]])
        at = best[at][2]
    return tuple(pieces)


def _compose(level: _Level, *, nested: bool) -> tuple[str, str, tuple[str, ...]]:
    """Full label, short label and other spellings of one level."""
    words = _words()
    place = " ".join(romanize_place(name) for name in level.places)
    bracket = "".join(f" ({_bracket(inside)})" for inside in level.bracketed)
    ending = words.legal.get(level.legal, ("", ""))
    proper = next((piece for piece in level.pieces if piece not in words.terms and piece not in words.ranks), "")
    spelled, other = _proper(proper) if proper else ("", "")
    named = bool(proper) and level.pieces[0] == proper
    if not level.head:
        full = _spaced(place, _trade(level.pieces) + bracket, ending[0])
        short = _spaced("" if named else place, _trade(_kept(level.pieces)), ending[1])
    else:
        inside = _trade(level.pieces, last=not words.heads[level.head][0].endswith("}"))
        of_field, of_proper, of_place = words.heads[level.head]
        if nested and level.head == "学院":
            of_field, of_proper = "School of {}", "{} School"
        if not inside:
            label = of_place.replace("{}", place)
        elif proper or of_proper == of_field:
            label = of_proper.replace("{}", inside) if of_proper.startswith("{}") else ""
            label = _spaced(place, label) if label else of_proper.replace("{}", _spaced(place, inside))
        else:
            label = _spaced(place, of_field.replace("{}", _trade(level.pieces)))
        label = _spaced(*label.split())
        full = _spaced(label + bracket, ending[0])
        short = (label.removeprefix(place).strip() if named and level.legal else label) + bracket
    return full, short, (short.replace(spelled, other),) if other else ()


def _trade(pieces: tuple[str, ...], *, last: bool = True) -> str:
    """The pieces in English; ``last`` says whether the last of them ends the phrase."""
    return _spaced(*(_piece(piece, last=last and at == len(pieces)) for at, piece in enumerate(pieces, 1)))


def _piece(piece: str, *, last: bool) -> str:
    words = _words()
    if english := words.terms.get(piece) or words.ranks.get(piece):
        ends, _, inner = english.partition("|")
        return (ends if last or not inner else inner).replace("(s)", "s" if last else "")
    return _proper(piece)[0]


def _kept(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """What a short label says: a proper part and its first trade, qualifiers of that (智能 …) included.

    Without a proper part, the words that say a trade: 中国 + 石油天然气; where all are vague, all.
    """
    words = _words()
    if pieces[0] in words.terms:
        return tuple(piece for piece in pieces if piece not in words.vague) or pieces
    for at, piece in enumerate(pieces[1:], 2):
        if piece in words.terms and piece not in words.qualifiers:
            return pieces[:at]
    return pieces


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=1024)  # a label spells a part several times
def _proper(name: str) -> tuple[str, str]:
    """A proper part spelled, and another spelling of it or ``""``."""
    words = _words()
    spelled = _spell(name)
    if name in words.brands:
        brand = words.brands[name].partition("|")[0]
        return brand, spelled if spelled != brand else ""
    if len(name) > 1 and all(character in words.syllables for character in name):
        foreign = "".join(words.syllables[character] for character in name)
        foreign = foreign[:1].upper() + foreign[1:]
        return foreign, spelled if spelled != foreign else ""
    return spelled, ""


def _spell(name: str) -> str:
    return "".join(pinyin(piece) if _CHINESE.match(piece) else piece for piece in _PIECES.findall(name))


def _bracket(inside: str) -> str:
    if inside in _words().places:
        return romanize_place(inside)
    return romanize_name(inside).full if _CHINESE.search(inside) else inside


def _acronym(label: str) -> str:
    """The initials of a label's capitalized words; ``""`` for fewer than three or more than eight."""
    letters = "".join(word[0] for word in re.split(r"[\s-]+", label.split("(")[0]) if word[:1].isupper())
    return letters if 3 <= len(letters) <= 8 else ""
