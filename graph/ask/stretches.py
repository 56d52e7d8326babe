"""Stretches of a question that no list holds, grown to the whole name that they are a part of."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from graph.ask.similar import place_names
from graph.ask.words import Word, name_words

_LITTLE = (
    "有",
    "是",
    "在",
    "了",
    "过",
    "都",
    "也",
    "就",
    "还",
    "吗",
    "呢",
    "吧",
    "啊",
    "呀",
    "能",
    "会",
    "要",
    "想",
    "被",
    "由",
    "把",
    "将",
)
_LAST = "厅局院所系厂社队会"  # single characters that a name may end with
_ANY_FIRM = ("公司", "集团", "企业", "厂")  # behind a place they name nobody
_DIVISIONS = ("省", "市", "区", "县")
_LINKING = ("of", "for", "the", "and", "&", "de")  # small words inside an English name


@cache
def _heads() -> frozenset[str]:
    return frozenset(name_words("zh")["heads"])


@cache
def _firms() -> frozenset[str]:
    return frozenset((*name_words("zh")["firms"], *name_words("en")["firms"]))


def grow_stretches(text: str, words: Sequence[Word]) -> list[Word]:
    """The words with each unknown stretch, and each name that a longer one begins with, grown to its whole."""
    joined = _join(text, _whole_words(text, list(words)))
    return _grow_english(text, _lead_by_place(text, _grow_names(text, _grow_unknown(text, joined))))


def _span(text: str, words: Sequence[Word], tags: frozenset[str]) -> Word:
    start, end = words[0].start, words[-1].end
    return Word(start=start, end=end, text=text[start:end], tags=tags)


def _whole_words(text: str, words: list[Word]) -> list[Word]:
    """A single character that is one dictionary word with its unknown neighbour is unknown too: 为 of 华为."""
    loose = [word for word in words if word.has("unknown") and not word.text.isascii()]
    if not loose:
        return words
    from extract.segment import segment  # a dictionary of a second to load, needed by few questions

    out = list(words)
    for piece in segment(text):
        if piece.end - piece.start < 2 or not any(piece.start < word.end and word.start < piece.end for word in loose):
            continue
        for at, word in enumerate(out):
            inside = len(word.text) == 1 and piece.start <= word.start and word.end <= piece.end
            kept = ("unknown", "name", "follow", "pronoun", "who", "which")
            if inside and not word.has(*kept) and (not word.has("de") or piece.tag.startswith("n")):
                out[at] = replace(word, tags=frozenset({"unknown"}))
    return out


def _join(text: str, words: list[Word]) -> list[Word]:
    """Neighbouring unknown stretches are one, with what is caught between them or stands close to them.

    That is a single character between two, a dot or a hyphen (马丁·戴克, D-Link), a number before (三一重工) and little
    words behind a single character (拼多多).
    """
    out: list[Word] = []
    for at, word in enumerate(words):
        last = out[-1] if out else None
        after = words[at + 1] if at + 1 < len(words) else None
        if last is None or last.end != word.start:
            if last is not None and last.has("unknown") and word.has("unknown") and (last.text + word.text).isascii():
                out[-1] = _span(text, (last, word), last.tags)
            else:
                out.append(word)
            continue
        if last.has("unknown"):
            inside = after is not None and word.end == after.start
            dotted = inside and word.text in "·-"
            hyphened = last.text.endswith("-") and word.text.isascii()
            caught = inside and after is not None and after.has("unknown") and _catchable(word)
            small = len(last.text) == 1 and word.tags == {"filler"} and word.text not in _LITTLE
            if word.has("unknown") or dotted or hyphened or caught or small:
                out[-1] = _span(text, (last, word), last.tags)
                continue
        elif word.has("unknown") and last.has("number") and not word.text.isascii():
            while out and out[-1].has("number") and out[-1].end == word.start:
                word = _span(text, (out.pop(), word), word.tags)
        out.append(word)
    return out


def _catchable(word: Word) -> bool:
    return len(word.text) == 1 and not word.has("mark", "name", "and", "who", "which", "de", "number")


def _is_head(word: Word) -> bool:
    """Whether a word ends a name: 大学, 市政府."""
    if word.text.isascii() or word.has("name"):
        return False
    return word.text in _heads() or (bool(word.values("kind:")) and any(word.text.endswith(head) for head in _heads()))


def _grow_unknown(text: str, words: list[Word]) -> list[Word]:
    """云麓师范 grows over 大学, 双良硅 over 材料; a place over the head of a body, not over 公司 (苏州公司)."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        grows = last is not None and last.has("unknown") and last.end == word.start and not word.text.isascii()
        if grows and last is not None:
            general = last.text in place_names() and word.text in _ANY_FIRM
            short = word.text in name_words("zh")["short"] and not word.has("name")  # 上交 + 大
            if short or (_is_head(word) and not general) or word.text in name_words("zh")["trades"]:
                out[-1] = _span(text, (last, word), last.tags)
                continue
        out.append(word)
    return out


def _grow_names(text: str, words: list[Word]) -> list[Word]:
    """A known name with more behind it that ends in a head is another name: 深圳大学 + 附属 + 医院.

    But for a firm that is called one (澄湖能源公司), and for a place with 公司.
    """
    out: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        last = _tail(words, at) if word.has("name") and not word.text.isascii() else at
        if last > at:
            called = last == at + 1 and words[last].text in _firms()
            if called and any(known.kind == "enterprise" for known in word.organizations):
                word = replace(_span(text, words[at : last + 1], word.tags), organizations=word.organizations)
            elif not (called and word.text in place_names() and words[last].text in _ANY_FIRM):
                word = _span(text, words[at : last + 1], word.tags)
            else:
                last = at
        out.append(word)
        at = last + 1
    return out


def _tail(words: Sequence[Word], name: int) -> int:
    """The last word of the longer name that a known one begins."""
    at, last = name + 1, name
    while at < len(words) and words[at].start == words[at - 1].end and not words[at].text.isascii():
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        leading = after is not None and after.start == word.end and _is_head(after) and after.text not in _firms()
        if word.has("unknown"):
            ended = any(word.text.endswith(head) for head in _heads())
            led = last == name and words[name].text in place_names() and len(word.text) > 1  # 山东 + 裕龙石化
            if led or ended or (len(word.text) > 2 and word.text[-1] in _LAST):
                last = at
        elif _is_head(word) and not word.has("cooperation", "partner", "organization", "which"):
            last = at
        elif word.text.startswith("附属") and (after is None or not after.has("which")):
            last = at  # 深圳大学附属医院 和…, but not 望江大学附属医院有哪些
        elif word.text not in _DIVISIONS and not (leading and (word.has("parts") or word.values("relation:"))):
            break
        at += 1
    return last


def _is_lead(text: str) -> bool:
    """Whether an unknown stretch is a part of the name behind it: a place, or a proper name of the dictionary."""
    if text in place_names():
        return True
    if text.isascii():
        return False
    from extract.segment import segment  # a dictionary of a second to load, needed by few questions

    return all(piece.tag.startswith(("nr", "ns", "nt", "nz", "j")) for piece in segment(text))


def _lead_by_place(text: str, words: list[Word]) -> list[Word]:
    """A proper name before a known name is a part of what is named: 北京 + 点石航空, 复旦 + 新闻学院."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if (
            last is not None
            and last.end == word.start
            and word.has("name")
            and last.has("unknown")
            and _is_lead(last.text)
        ):
            out[-1] = _span(text, (last, word), word.tags)
        else:
            out.append(word)
    return out


def _grow_english(text: str, words: list[Word]) -> list[Word]:
    """Words in capitals beside an unknown one belong to its name (Ostermoor Bank), and 'university of' before it."""
    capitals = _uses_capitals(text, words)
    out: list[Word] = []
    at = 0
    while at < len(words):
        run = _titled_run(text, words, at) if capitals else 0
        behind = words[at + 1] if at + 1 < len(words) else None
        if capitals and _leads(text, words[at], behind):
            assert behind is not None
            out.append(_span(text, words[at : at + 2], frozenset({"name"})))
            at += 2
            continue
        if run > 1 and any(word.has("unknown") for word in words[at : at + run]):
            out.append(_span(text, words[at : at + run], frozenset({"unknown"})))
            at += run
            continue
        if run > 1 and words[at].has("name") and _kept_apart(words[at + 1 : at + run]):
            out.append(_span(text, words[at : at + run], frozenset({"name"})))
            at += run
            continue
        word = words[at]
        if word.has("unknown") and word.text.isascii() and len(out) > 1 and out[-1].text.lower() == "of":
            head = out[-2]
            if head.values("kind:") and head.text.isascii() and not head.text.lower().endswith("s"):
                out[-2:] = [_span(text, (head, word), word.tags)]
                at += 1
                continue
        out.append(word)
        at += 1
    return out


def _leads(text: str, word: Word, behind: Word | None) -> bool:
    """Whether an unknown word in capitals begins a longer name than the known one behind it: Saudi Aramco."""
    if behind is None or not behind.has("name") or not word.has("unknown") or not _titled(word):
        return False
    return behind.text.isascii() and text[word.end : behind.start] == " "


def _kept_apart(behind: Sequence[Word]) -> bool:
    """Words in capitals behind a known name make it another name: Ohio State University Hospital, Decibel Records."""
    asked = any(
        word.has("cooperation", "partner", "who", "which", "and")
        or any(tag.endswith((":source", ":target")) for tag in word.tags if tag.startswith("relation:"))
        for word in behind
    )
    return bool(behind) and not asked and not (len(behind) == 1 and behind[0].text.lower() in _firms())


def _titled_run(text: str, words: Sequence[Word], first: int) -> int:
    """How many words from ``first`` on stand in one capitalized run, small words inside it included."""
    if first == 0 and not words[0].has("unknown", "name"):
        return 0
    if not _titled(words[first]):
        return 0
    at, last = first + 1, first
    while at < len(words) and words[at].text.isascii() and text[words[at - 1].end : words[at].start] == " ":
        if _titled(words[at]):
            last = at
        elif words[at].text.lower() not in _LINKING or words[first].has("name"):
            break
        at += 1
    while last > first and words[last].has("name"):
        last -= 1
    return last - first + 1


def _titled(word: Word) -> bool:
    return word.text.isascii() and word.text[:1].isupper() and not word.has("mark", "number", "year")


def _uses_capitals(text: str, words: Sequence[Word]) -> bool:
    """Whether capitals mean anything: not in an English question typed all in capitals or as a title."""
    if any("一" <= character <= "鿿" for word in words if not word.has("name") for character in word.text):
        return True
    plain = [
        word
        for word in words[1:]
        if word.text[:1].isalpha() and word.text.isascii() and not word.has("name", "unknown")
    ]
    return not plain or sum(word.text[0].isupper() for word in plain) <= len(plain) / 2
