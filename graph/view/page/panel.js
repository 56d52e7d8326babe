// The panel beside the drawing: an organization with its partners, or a collaboration with its sentences.
const PARTNERS = 40; // of a list, before one asks for more
const nameButton = (id, className) =>
  element(
    "button",
    { className: "name " + (className || ""), onclick: () => select({ organization: id }, { move: true }) },
    fullName(organizations[id]),
  );
const tag = (edge) => {
  const kind = kinds[edge.kind],
    status = edge.status === ACTIVE ? "" : " · " + text(vocabulary.statuses[edge.status]);
  return element(
    "button",
    { className: "tag fill-" + FAMILIES[kind.family], onclick: () => select({ edge: edge.id }) },
    label(kind.label) + status,
  );
};
const head = (...children) =>
  element(
    "div",
    { className: "head" },
    element("div", {}, ...children),
    element(
      "button",
      { className: "close", "aria-label": text("close"), title: text("close"), onclick: () => select(null) },
      "×",
    ),
  );
const fact = (term, ...values) => (values.length ? [element("dt", {}, term), element("dd", {}, ...values)] : []);
const since = (edge) =>
  [
    edge.since && text("since", { date: edge.since }),
    edge.last && edge.last !== edge.since && text("until", { date: edge.last }),
  ]
    .filter(Boolean)
    .join(" · ");

const showPanel = () => {
  const panel = $("panel"),
    chosen = state.selected;
  panel.hidden = !chosen || state.view !== "graph";
  document.body.classList.toggle("reading", !panel.hidden);
  if (panel.hidden) return panel.replaceChildren();
  const content =
    chosen.edge != null ? edgePanel(edges[chosen.edge]) : organizationPanel(organizations[chosen.organization]);
  panel.replaceChildren(...content.filter(Boolean));
  panel.setAttribute(
    "aria-label",
    chosen.edge != null ? label(kinds[edges[chosen.edge].kind].label) : fullName(organizations[chosen.organization]),
  );
  panel.scrollTop = 0;
};

const organizationPanel = (organization) => {
  const own = organization.edges.filter((edge) => isCollaboration(edge)),
    visible = own.filter((edge) => passing[edge.id]);
  const second = secondName(organization),
    groups = new Map();
  for (const edge of visible) {
    const id = other(edge, organization.id);
    groups.set(id, [...(groups.get(id) || []), edge]);
  }
  const hidden = organization.partners - groups.size;
  const structure = (wanted) =>
    organization.edges
      .filter((edge) => edge.structure && edge[wanted] === organization.id)
      .map((edge) => other(edge, organization.id));
  const inCircle = state.ego === organization.id;
  return [
    head(element("h2", {}, fullName(organization)), second && element("p", { className: "second" }, second)),
    element(
      "p",
      { className: "facts" },
      discIcon(organization.kind),
      label(vocabulary.organizations[organization.kind][1]),
      organization.region ? " · " + regionName(organization.region) : "",
    ),
    organization.drawn &&
      element(
        "p",
        { className: "actions" },
        element(
          "button",
          {
            className: inCircle ? "" : "main",
            onclick: () => (inCircle ? leaveCircle() : openCircle(organization.id)),
          },
          text(inCircle ? "back" : "ego"),
        ),
      ),
    element(
      "dl",
      {},
      ...fact(
        text("also_called"),
        ...organization.aliases
          .filter(([alias]) => alias !== organization.label)
          .map(([alias, ground]) =>
            element(
              "span",
              { className: "alias" },
              alias,
              ground !== "alias" && element("small", {}, text("ground_" + ground)),
            ),
          ),
      ),
      ...fact(text("region"), ...seatOf(organization)),
      ...fact(
        text("identifiers"),
        ...organization.identifiers.flatMap((identifier, at) => [at ? ", " : "", identifier]),
      ),
      ...fact(text("parents"), ...structure("source").map((id) => nameButton(id))),
      ...fact(text("parts"), ...structure("target").map((id) => nameButton(id))),
    ),
    element("h3", { className: "section" }, text("partners"), element("small", {}, number(groups.size))),
    groups.size + hidden === 0 && element("p", { className: "note" }, text("no_partners")),
    ...partnerGroups(organization, groups),
    hidden > 0 && element("p", { className: "note" }, text("hidden_partners", { count: number(hidden) })),
    ...timeline(organization, visible),
    ...denials(organization),
  ];
};
// the region, how it is known, and what articles say of it
const seatOf = ({ id, region }) => {
  if (!region) return [];
  const { ground, said } = seats.get(id) || { ground: "name", said: [] };
  return [
    element("span", { className: "alias" }, regionName(region), element("small", {}, text("seat_" + ground))),
    ...said.map((sentence) =>
      element("p", { className: "excerpt" }, sentence.text, " ", element("small", {}, whence(sentence))),
    ),
  ];
};
const partnerGroups = (organization, groups) => {
  const families = new Map();
  for (const [id, own] of groups) {
    const family = Math.min(...own.map((edge) => kinds[edge.kind].family));
    families.set(family, [...(families.get(family) || []), [id, own]]);
  }
  return [...families.keys()]
    .sort((a, b) => a - b)
    .flatMap((family) => {
      const [name, labels] = vocabulary.families[family];
      const partners = families
        .get(family)
        .sort(
          (a, b) =>
            b[1].length - a[1].length || organizations[b[0]].partners - organizations[a[0]].partners || a[0] - b[0],
        );
      const list = element(
        "ul",
        { className: "partners" },
        ...partners.slice(0, PARTNERS).map((each) => partner(organization, each)),
      );
      const rest = partners.slice(PARTNERS);
      const more = rest.length
        ? element(
            "button",
            {
              className: "quiet",
              onclick: () => {
                list.append(...rest.splice(0, PARTNERS).map((each) => partner(organization, each)));
                rest.length
                  ? (more.textContent = text("more", { count: Math.min(PARTNERS, rest.length) }))
                  : more.remove();
              },
            },
            text("more", { count: Math.min(PARTNERS, rest.length) }),
          )
        : null;
      return [
        element("h4", {}, lineIcon(name), label(labels), element("small", {}, number(partners.length))),
        list,
        more,
      ];
    });
};
const became = (edge) =>
  element("span", { className: "chip change-" + CHANGES[changeOf(edge)] }, CHANGE_COLUMN[1](edge));
const partner = (organization, [id, own]) =>
  element(
    "li",
    {},
    nameButton(id),
    element(
      "div",
      { className: "tags" },
      ...own.flatMap((edge) => [tag(edge), state.compare && became(edge)]),
      element("small", {}, since(own[0]) || ""),
    ),
    excerpt(own[0]),
  );

const timeline = (organization, visible) => {
  const years = new Map();
  for (const edge of visible)
    for (const year of distinct(evidenceYear, edge))
      if (year) years.set(year, [...(years.get(year) || []), edge]);
  if (years.size < 2) return [];
  return [
    element("h3", { className: "section" }, text("timeline")),
    element(
      "ol",
      { className: "timeline" },
      ...[...years.keys()]
        .sort((a, b) => b - a)
        .map((year) =>
          element(
            "li",
            {},
            element("b", {}, String(year)),
            element(
              "span",
              {},
              ...years
                .get(year)
                .slice(0, 12)
                .flatMap((edge) => [tag(edge), " ", shortName(organizations[other(edge, organization.id)]), " "]),
            ),
          ),
        ),
    ),
  ];
};
const denials = (organization) => {
  const denied = organization.edges.filter((edge) => edge.denied);
  return denied.length
    ? [
        element("h3", { className: "section" }, text("denied")),
        ...denied.flatMap((edge) => [nameButton(other(edge, organization.id)), ...sentencesOf(edge).map(quote)]),
      ]
    : [];
};

const edgePanel = (edge) => {
  const kind = kinds[edge.kind],
    sentences = sentencesOf(edge),
    more = edge.count - sentences.length;
  const labels = state.language === "en" ? [kind.label.en, kind.label.zh] : [kind.label.zh, kind.label.en];
  return [
    head(
      element(
        "p",
        { className: "kind" },
        element("span", { className: "tag fill-" + FAMILIES[kind.family] }, labels[0]),
        element("span", { className: "second" }, labels[1]),
      ),
      element(
        "h2",
        {},
        nameButton(edge.source),
        element("span", { className: "arrow" }, kind.directed ? "→" : "—"),
        nameButton(edge.target),
      ),
    ),
    element(
      "p",
      { className: "facts" },
      [
        text(vocabulary.statuses[edge.status]),
        since(edge),
        text("article_count", { count: number(articleCount(edge)) }),
        edge.reports ? text("report_count", { count: number(edge.reports) }) : "",
        text("sure", { percent: edge.sure }),
      ]
        .filter(Boolean)
        .join(" · "),
    ),
    element(
      "h3",
      { className: "section" },
      text("evidence"),
      element("small", {}, text("sentence_count", { count: number(edge.count) })),
    ),
    ...sentences.map(quote),
    more > 0 && element("p", { className: "note" }, text("left_out", { count: number(more) })),
  ];
};
