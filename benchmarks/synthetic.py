"""A graph of invented organizations that looks like a real one: hubs, a long tail, regions, small groups beside.

Seeded: the same size gives the same graph.  4 % of the collaborations run beside another of the same pair.
"""

import random

from extract.names import organization_id
from extract.ontology import load_ontology
from extract.records import Organization, Status
from graph.view.records import Article, Collaboration, Graph, Sentence

PLACES = (
    ("310000", "上海", "Shanghai"),
    ("320500", "苏州", "Suzhou"),
    ("320100", "南京", "Nanjing"),
    ("330100", "杭州", "Hangzhou"),
    ("340100", "合肥", "Hefei"),
    ("320200", "无锡", "Wuxi"),
    ("330200", "宁波", "Ningbo"),
    ("320400", "常州", "Changzhou"),
    ("110000", "北京", "Beijing"),
    ("420100", "武汉", "Wuhan"),
    ("440300", "深圳", "Shenzhen"),
    ("370200", "青岛", "Qingdao"),
    ("510100", "成都", "Chengdu"),
    ("610100", "西安", "Xi'an"),
    ("120000", "天津", "Tianjin"),
    ("440100", "广州", "Guangzhou"),
    ("320600", "南通", "Nantong"),
    ("330400", "嘉兴", "Jiaxing"),
    ("350100", "福州", "Fuzhou"),
    ("210200", "大连", "Dalian"),
)
STEMS = (
    ("佩川", "Peichuan"),
    ("云岫", "Yunxiu"),
    ("宏岚", "Honglan"),
    ("铂瑞", "Borui"),
    ("思澜", "Silan"),
    ("华芯", "Huaxin"),
    ("长屿", "Changyu"),
    ("恒砺", "Hengli"),
    ("迈川", "Maichuan"),
    ("海沃", "Haiwo"),
    ("先澈", "Xianche"),
    ("科翎", "Keling"),
    ("蓝峤", "Lanqiao"),
    ("智臻", "Zhizhen"),
)
TRADES = (
    ("能源", "Energy"),
    ("航空", "Aviation"),
    ("传感器", "Sensors"),
    ("半导体", "Semiconductor"),
    ("生物医药", "Biopharma"),
    ("新材料", "New Materials"),
    ("精密机械", "Precision"),
    ("激光", "Laser"),
    ("信息", "Information"),
    ("机器人", "Robotics"),
)
BODIES = (
    ("enterprise", "{place}{stem}{trade}科技有限公司", "{stem} {trade} Co., Ltd.", 60),
    ("institute", "中国科学院{place}{trade}研究所", "{place} Institute of {trade}", 12),
    ("university", "{place}{trade}大学", "{place} University of {trade}", 10),
    ("hospital", "{place}{stem}医院", "{place} {stem} Hospital", 5),
    ("government", "{place}市{stem}新区管理委员会", "{place} {stem} District Committee", 6),
    ("association", "{place}{trade}行业协会", "{place} {trade} Association", 4),
    ("platform", "{place}{stem}{trade}产业园", "{place} {stem} {trade} Park", 3),
)
WORDS = {
    "invest": "领投",
    "co_found": "共建",
    "tech_transfer": "许可",
    "tech_service": "检测",
    "supply": "供应",
    "talent": "联合培养",
    "joint_rd": "联合研发",
    "co_event": "合办",
    "membership": "加入",
    "agreement": "签约",
    "cooperate": "合作",
}


def synthetic_graph(collaborations: int, *, seed: int = 7) -> Graph:
    """A graph of so many collaborations among half as many organizations, with 1.3 sentences each."""
    rng = random.Random(seed)
    organizations = _organizations(max(4, collaborations // 2), rng)
    pairs = _pairs(organizations, collaborations, rng)
    articles = tuple(
        Article(
            id=f"d{number}",
            title=f"第 {number} 篇合作报道",
            published=f"{rng.randint(2014, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            outlet=f"{PLACES[number % 9][1]}日报",
            origin=f"articles/{number}.txt",
        )
        for number in range(max(3, collaborations // 4))
    )
    kinds = list(load_ontology().collaborations)
    made, sentences, taken = [], [], set()
    for source, target in pairs:
        kind = rng.choice([each for each in kinds if (source.id, each, target.id) not in taken])
        taken.add((source.id, kind, target.id))
        identity = f"c{len(made)}"
        status: Status = rng.choices(("active", "planned", "ended"), (80, 15, 5))[0]
        own = rng.sample(articles, rng.choices((1, 2, 3), (77, 16, 7))[0])
        sure = [rng.uniform(0.5, 1) for _ in own]
        dates = sorted(each.published or "" for each in own)
        made.append(
            Collaboration(
                id=identity,
                source=source.id,
                target=target.id,
                kind=kind,
                status=status,
                since=dates[0],
                last=dates[-1],
                confidence=max(sure),
                reports=len(own),
            )
        )
        for article, each in zip(own, sure, strict=True):
            sentences.append(_sentence(identity, article, source.name, target.name, WORDS[kind], each, status))
    regions = {code: {"zh": zh, "en": en} for code, zh, en in PLACES}
    return Graph(
        organizations=organizations,
        collaborations=tuple(made),
        sentences=tuple(sentences),
        articles=articles,
        regions=regions,
    )


def _organizations(count: int, rng: random.Random) -> tuple[Organization, ...]:
    made: dict[str, Organization] = {}
    while len(made) < count:
        kind, zh, en, _ = rng.choices(BODIES, [body[3] for body in BODIES])[0]
        place = PLACES[min(int(len(PLACES) * rng.random() ** 1.7), len(PLACES) - 1)]
        stem, trade = rng.choice(STEMS), rng.choice(TRADES)
        if count > 400:  # there are not so many names: two stems make one
            more = rng.choice(STEMS)
            stem = (stem[0] + more[0], stem[1] + more[1].lower())
        if count > 3_000:
            trade = (trade[0] + chr(0x4E00 + rng.randrange(3_000)), trade[1])
        name = zh.format(place=place[1], stem=stem[0], trade=trade[0])
        identity = organization_id(name)  # two names of one folded form are one organization
        if identity not in made:
            aliases = (stem[0] + trade[0],) if kind == "enterprise" else ()
            label = en.format(place=place[2], stem=stem[1], trade=trade[1])
            made[identity] = Organization(
                id=identity, name=name, kind=kind, aliases=aliases, label=label, region=place[0]
            )
    return tuple(made.values())


def _pairs(
    organizations: tuple[Organization, ...], count: int, rng: random.Random
) -> list[tuple[Organization, Organization]]:
    """Pairs of which most lie in one region and many meet in a few hubs; every seventh group is on its own."""
    apart = len(organizations) // 3
    pool, rest = list(organizations[apart:]), list(organizations[:apart])
    by_region: dict[str | None, list[Organization]] = {}
    for organization in pool:
        by_region.setdefault(organization.region, []).append(organization)

    def popular(members: list[Organization]) -> Organization:
        return members[min(int(len(members) * rng.random() ** 2.4), len(members) - 1)]

    pairs: list[tuple[Organization, Organization]] = []
    while rest:
        group = [rest.pop() for _ in range(min(len(rest), rng.choices((2, 3, 4, 6), (50, 25, 15, 10))[0]))]
        pairs += [(group[0], other) for other in group[1:]]
    seen = {frozenset((a.id, b.id)) for a, b in pairs}
    while len(pairs) < count:
        first = popular(pool)
        second = popular(by_region[first.region] if rng.random() < 0.8 else pool)
        key = frozenset((first.id, second.id))
        if first is second or (key in seen and rng.random() > 0.2):
            continue
        seen.add(key)
        pairs.append((first, second))
    return pairs[:count]


def _sentence(
    collaboration: str, article: Article, source: str, target: str, word: str, sure: float, status: Status
) -> Sentence:
    text = f"据介绍，{source}与{target}围绕关键零部件展开{word}，首批成果预计年内落地。"
    start = text.index(source)
    second = text.index(target, start + len(source))
    at = text.rindex(word)
    return Sentence(
        collaboration=collaboration,
        article=article.id,
        text=text,
        source=(start, start + len(source)),
        target=(second, second + len(target)),
        trigger=(at, at + len(word)),
        confidence=sure,
        status=status,
        method="synthetic",
        line=3,
    )
