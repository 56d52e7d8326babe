"""Labelled passages with other names in them, so that a reader learns the words around names, not the names."""

from random import Random

from extract.gold import Row
from extract.lang import load_language
from extract.train.marks import mark_row
from extract.train.passages import Filler

_LEGAL = ("公司", "集团", "厂")
_SYLLABLES = """安奥百邦宝贝本冰博彩昌畅超辰晨诚驰川创春达大德鼎东飞丰风峰福富刚高格冠光广海翰航合恒宏鸿华欢汇惠吉
佳嘉建健江捷金锦晶京景久聚君开凯康科可蓝乐雷力利联良亮林灵领龙隆鲁绿美梦米妙明铭牧南诺欧鹏品平普奇
启千强巧青清庆全泉日荣融瑞润森山尚深盛胜石世视首舒顺硕思斯松速泰腾天添通同图拓万威微唯维伟文沃西希
仙先翔小芯新鑫信星兴雄旭迅雅亚阳耀业一易益银英盈优友宇元原源远悦云运泽展长兆哲真正志智中众舟卓子紫""".replace("\n", "")
_TAIL_WORDS = """科技 股份 集团 生物 医药 智能 能源 电子 汽车 资本 控股 信息 软件 网络 传媒 光电 材料 新材 微电子
半导体 机器人 航空 环境 数据 云 出行 物流 医疗 制药 食品 教育 基金 证券 银行 保险 置业 重工 精工 仪器"""
_TAILS = tuple(_TAIL_WORDS.split())
_OFFICES = "局厅委办部署会院府关行队处台"


def swap_names(row: Row, random: Random, *, share: float = 0.7) -> Row:
    """The row with ``share`` of its organizations named otherwise, in text and gold; kinds and nesting are kept.

    An organization whose aliases do not shorten its name keeps them all.
    """
    filler = Filler(random=random)
    renamed: dict[str, str] = {}
    for organization in sorted(row["organizations"], key=lambda item: len(item["name"])):
        name = organization["name"]
        inner = max((old for old in renamed if old in name and old != name), key=len, default="")
        if inner:
            renamed[name] = name.replace(inner, renamed[inner])
        elif random.random() < share and not organization.get("aliases"):
            new = _other(name, organization["kind"], filler)
            if new != name and new not in renamed.values():
                renamed[name] = new
    if not renamed:
        return row
    text, pieces, last = row["text"], list[str](), 0
    for start, end, number in mark_row(row):
        new_name = renamed.get(row["organizations"][number]["name"])
        if new_name is not None and start >= last:
            pieces += (text[last:start], new_name)
            last = end
    pieces.append(text[last:])
    organizations = [
        organization
        | {"name": renamed.get(organization["name"], organization["name"]), "aliases": _kept(organization, renamed)}
        for organization in row["organizations"]
    ]
    return row | {"id": row["id"] + "~", "text": "".join(pieces), "organizations": organizations, "collaborations": []}


def _kept(organization: Row, renamed: dict[str, str]) -> list[str]:
    return [] if organization["name"] in renamed else list(organization.get("aliases", ()))


def _invented(random: Random) -> str:
    """A company's short name that nobody has."""
    stem = "".join(random.choice(_SYLLABLES) for _ in range(random.choice((2, 2, 2, 3))))
    return stem + (random.choice(_TAILS) if random.random() < 0.5 else "")


def _other(name: str, kind: str, filler: Filler) -> str:
    """Another name of the same kind and of a like shape."""
    random = filler.random
    if kind == "enterprise":
        if name.isascii():
            return filler.word("latin")
        if name.endswith(_LEGAL):
            full, short = filler.enterprise()
            return full if random.random() < 0.5 else full.replace(short[:2], _invented(random)[:3])
        if len(name) <= 6:
            draw = random.random()
            return (
                _drawn("well_known", kind, random)
                if draw < 0.3
                else filler.brand()
                if draw < 0.6
                else _invented(random)
            )
        return filler.brand() if random.random() < 0.5 else _invented(random)
    if kind == "university":
        if len(name) <= 3 or name.endswith("分校"):
            return _drawn("well_known", kind, random)
        return filler.university()
    if kind == "institute" and len(name) > 4:
        return (
            _drawn("research_bodies", kind, random) if random.random() < 0.5 else filler.name(random.choice("ICL"))[0]
        )
    if kind == "hospital":
        return _drawn("well_known", kind, random) if random.random() < 0.4 else filler.name("H")[0]
    if kind == "government":
        if name[-1] not in _OFFICES:
            return filler.place(bare=name[-1] not in "市县区省")
        if len(name) <= 4:
            return _drawn("state_bodies", kind, random)
        return _drawn("state_bodies", kind, random) if random.random() < 0.3 else filler.name("G")[0]
    if kind == "association":
        if name.endswith(("联盟", "协会", "学会", "商会")) and len(name) > 4:
            return filler.name("T")[0]
        return _drawn(random.choice(("world_bodies", "state_bodies")), kind, random)
    if kind == "platform" and len(name) > 4:
        return filler.name("P")[0] if not name.endswith("基金") else filler.name("F")[0]
    return name


def _drawn(register: str, kind: str, random: Random) -> str:
    fields = ("name", "kind", "ror") if register == "research_bodies" else ("name", "kind")
    rows = load_language("zh").rows(register, fields)
    while True:
        row = random.choice(rows)
        if row[1] == kind:
            return row[0]
