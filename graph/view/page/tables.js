// The same data as two tables: what passes the filters, drawn or not.
const TABLE_ROWS = 300; // at a time
const statusText = (edge) => text(vocabulary.statuses[edge.status]);
const COLUMNS = {
  organizations: [
    ["name", ({ organization }) => fullName(organization)],
    ["latin_name", ({ organization }) => organization.label],
    ["kind", ({ organization }) => label(vocabulary.organizations[organization.kind][1])],
    ["region", ({ organization }) => (organization.region ? regionName(organization.region) : "")],
    ["partners_head", ({ partners }) => partners],
    ["collaborations_head", ({ collaborations }) => collaborations],
  ],
  collaborations: [
    ["source", (edge) => fullName(organizations[edge.source])],
    ["relation", (edge) => label(kinds[edge.kind].label)],
    ["target", (edge) => fullName(organizations[edge.target])],
    ["status", statusText],
    ["first_said", (edge) => edge.since || ""],
    ["last_said", (edge) => edge.last || ""],
    ["articles_head", (edge) => articleCount(edge)],
    ["confidence", (edge) => edge.sure],
  ],
};
const CHANGE_COLUMN = ["change", (edge) => text(CHANGES[changeOf(edge)], { count: "" }).trim()];
const columnsOf = (view) =>
  view === "collaborations" && state.compare ? [...COLUMNS[view], CHANGE_COLUMN] : COLUMNS[view];
const tableRows = (view) => {
  if (view === "collaborations") return state.ego == null ? passingEdges : shownEdges.filter(isCollaboration);
  const own = new Map();
  for (const edge of passingEdges)
    for (const id of [edge.source, edge.target]) {
      if (!own.has(id)) own.set(id, { partners: new Set(), collaborations: 0 });
      own.get(id).partners.add(other(edge, id));
      own.get(id).collaborations++;
    }
  const list =
    state.ego != null ? shownOrganizations : filtered() ? organizations.filter(({ id }) => own.has(id)) : organizations;
  return list.map((organization) => ({
    organization,
    partners: own.get(organization.id)?.partners.size || 0,
    collaborations: own.get(organization.id)?.collaborations || 0,
  }));
};
const sortedRows = (view) => {
  const rows = tableRows(view),
    backwards = state.sort.startsWith("-"),
    name = state.sort.replace(/^-/, "");
  const column = columnsOf(view).find(([key]) => key === name);
  if (!column)
    return view === "organizations"
      ? [...rows].sort((a, b) => b.partners - a.partners || a.organization.id - b.organization.id)
      : rows;
  const collator = new Intl.Collator(state.language === "en" ? "en" : "zh", { numeric: true });
  const keyed = rows.map((each) => [column[1](each), each]),
    sign = backwards ? -1 : 1;
  keyed.sort(
    ([a], [b]) =>
      sign * (typeof a === "number" ? a - b : a === "" || b === "" ? (a === "") - (b === "") : collator.compare(a, b)),
  );
  return keyed.map(([, each]) => each);
};
const tableRow = (view) => (each) =>
  element(
    "tr",
    {},
    ...columnsOf(view).map(([key, value]) => {
      const shown = value(each);
      if (key === "name")
        return element(
          "th",
          { scope: "row" },
          element(
            "button",
            { className: "name", onclick: () => openFromTable({ organization: each.organization.id }) },
            shown,
          ),
        );
      if (key === "relation")
        return element(
          "td",
          {},
          element(
            "button",
            {
              className: "tag fill-" + FAMILIES[kinds[each.kind].family],
              onclick: () => openFromTable({ edge: each.id }),
            },
            shown,
          ),
        );
      return element(
        "td",
        { className: typeof shown === "number" ? "number" : key.endsWith("_said") ? "date" : "" },
        typeof shown === "number" ? number(shown) : shown,
      );
    }),
  );
const openFromTable = (chosen) => {
  state.view = "graph";
  const ids =
    chosen.organization != null ? [chosen.organization] : [edges[chosen.edge].source, edges[chosen.edge].target];
  if (!ids.every((id) => isShown[id])) state.ego = ids[0];
  select(chosen, { move: true, refilter: true });
};
const showTable = (limit = TABLE_ROWS) => {
  const box = $("table"),
    view = state.view;
  box.hidden = view === "graph";
  if (box.hidden) return box.replaceChildren();
  const rows = sortedRows(view);
  const heads = columnsOf(view).map(([key]) => {
    const direction = state.sort === key ? "ascending" : state.sort === "-" + key ? "descending" : "none";
    return element(
      "th",
      { scope: "col", "aria-sort": direction },
      element(
        "button",
        {
          onclick: () => {
            state.sort = state.sort === key ? "-" + key : key;
            refresh({ keep: true });
          },
        },
        text(key),
        { ascending: " ▲", descending: " ▼", none: "" }[direction],
      ),
    );
  });
  const body = element("tbody", {}, ...rows.slice(0, limit).map(tableRow(view)));
  const more =
    rows.length > limit
      ? element(
          "button",
          { className: "more", onclick: () => showTable(limit + TABLE_ROWS) },
          text("more", { count: number(Math.min(TABLE_ROWS, rows.length - limit)) }),
        )
      : null;
  box.setAttribute("aria-label", text(view));
  box.replaceChildren(
    element(
      "table",
      {},
      element("caption", {}, text("table_" + view, { count: number(rows.length) })),
      element("thead", {}, element("tr", {}, ...heads)),
      body,
    ),
    ...(more ? [more] : []),
    ...(rows.length ? [] : [element("p", { className: "note" }, text("no_match"))]),
  );
};
