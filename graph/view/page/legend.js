// The legend, which is the filter: each row says what a look means, how many there are, and turns them on and off.
const SHAPE_PATHS = {
  dot: "M7 2a5 5 0 1 0 .01 0z",
  square: "M2.5 2.5h9v9h-9z",
  diamond: "M7 1l6 6-6 6-6-6z",
  triangle: "M7 1.5l6 10.5H1z",
  triangleDown: "M7 12.5L1 2h12z",
  hexagon: "M4 2h6l3 5-3 5H4L1 7z",
  star: "M7 .5l1.9 4.3 4.6.4-3.5 3 1.1 4.6L7 10.4l-4.1 2.4L4 8.2.5 5.2l4.6-.4z",
};
const picture = (path, attributes) => {
  const SVG = "http://www.w3.org/2000/svg",
    svg = document.createElementNS(SVG, "svg"),
    line = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({ width: 16, height: 14, viewBox: "0 0 16 14", "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  for (const [name, value] of Object.entries({ d: path, ...attributes })) line.setAttribute(name, value);
  svg.append(line);
  return svg;
};
const discIcon = (kind) =>
  picture(SHAPE_PATHS[data.shapes[kind]], { class: "org-" + vocabulary.organizations[kind][0] });
const lineIcon = (family, dash) =>
  picture("M0 7h16", { class: "line-" + family, "stroke-width": 3, "stroke-dasharray": dash || "" });

const kindCounts = countOf(drawnEdges, ({ kind }) => [kind]),
  statusCounts = countOf(collaborations, ({ status }) => [status]),
  organizationCounts = countOf(organizations, ({ kind }) => [kind]),
  regionCounts = countOf(organizations, ({ region }) => [region]),
  outletCounts = countOf(edges, (edge) => distinct(evidenceOutlet, edge));

const toggle = (rows) => {
  const on = rows.some((token) => state.off.has(token));
  for (const token of rows) on ? state.off.delete(token) : state.off.add(token);
  refresh();
};
const row = (rows, icon, words, count, className) => {
  const off = rows.every((token) => state.off.has(token)),
    part = !off && rows.some((token) => state.off.has(token));
  return element(
    "button",
    {
      className: `row ${className || ""}${part ? " part" : ""}`,
      "aria-pressed": part ? "mixed" : String(!off),
      onclick: () => toggle(rows),
    },
    icon,
    element("span", {}, words),
    element("small", {}, number(count)),
  );
};
const folded = new Set(); // sections that the reader closed
const section = (key, rows, all) => {
  if (!rows.length) return null;
  const some = all.some((token) => state.off.has(token));
  return element(
    "details",
    { open: !folded.has(key), ontoggle: (event) => (event.target.open ? folded.delete(key) : folded.add(key)) },
    element("summary", {}, element("h2", {}, text(key))),
    all.length > 3 &&
      element(
        "div",
        { className: "both" },
        element(
          "button",
          {
            className: "quiet",
            disabled: !some,
            onclick: () => {
              for (const token of all) state.off.delete(token);
              refresh();
            },
          },
          text("everything_on"),
        ),
        element(
          "button",
          {
            className: "quiet",
            disabled: all.every((token) => state.off.has(token)),
            onclick: () => {
              for (const token of all) state.off.add(token);
              refresh();
            },
          },
          text("everything_off"),
        ),
      ),
    element("div", { className: "rows" }, ...rows),
  );
};
const byCount = (counts) => [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);

const showLegend = () => {
  const legend = $("legend"),
    top = legend.scrollTop;
  const ofFamily = (family) => kinds.filter((kind) => kind.family === family && kindCounts.get(kind.id));
  const kindRows = vocabulary.families.flatMap(([name, labels], family) => {
    const own = ofFamily(family);
    return own.length
      ? [
          row(
            own.map(({ id }) => tokenOf.kind(id)),
            lineIcon(name),
            label(labels),
            own.reduce((sum, { id }) => sum + kindCounts.get(id), 0),
            "family",
          ),
          ...own.map(({ id }) => row([tokenOf.kind(id)], null, label(kinds[id].label), kindCounts.get(id), "sub")),
        ]
      : [];
  });
  for (const { id } of ofFamily(FAMILIES.indexOf("structure")))
    kindRows.push(
      row(
        [tokenOf.kind(id)],
        lineIcon("structure", "2 3"),
        `${text("structure")}：${label(kinds[id].label)}`.replace("：", state.language === "en" ? ": " : "："),
        kindCounts.get(id),
        "family",
      ),
    );
  const statuses = vocabulary.statuses.map((_, id) => id).filter((id) => statusCounts.get(id));
  const dashes = { planned: "5 3", ended: "1.5 3" };
  const list = (key, what, counts, icon, words) => {
    const ids = byCount(counts);
    return section(
      key,
      ids.map((id) => row([tokenOf[what](id)], icon(id), words(id), counts.get(id))),
      ids.map(tokenOf[what]),
    );
  };
  legend.replaceChildren(
    ...[
      element(
        "div",
        { className: "head" },
        element("button", { className: "quiet", disabled: !filtered(), onclick: resetFilters }, text("reset")),
        element("button", { className: "close", onclick: () => openFilters(false) }, text("close")),
      ),
      section(
        "kinds",
        kindRows,
        kinds.filter(({ id }) => kindCounts.get(id)).map(({ id }) => tokenOf.kind(id)),
      ),
      section(
        "statuses",
        statuses.map((id) =>
          row(
            [tokenOf.status(id)],
            lineIcon("status", dashes[vocabulary.statuses[id]]),
            text(vocabulary.statuses[id]),
            statusCounts.get(id),
          ),
        ),
        statuses.map(tokenOf.status),
      ),
      list("organization_kinds", "organization", organizationCounts, discIcon, (id) =>
        label(vocabulary.organizations[id][1]),
      ),
      regionCounts.size > 1 && list("regions", "region", regionCounts, () => null, regionName),
      outletCounts.size > 1 &&
        list(
          "outlets",
          "outlet",
          outletCounts,
          () => null,
          (id) => outlets[id] ?? text("no_outlet"),
        ),
      element(
        "details",
        {
          open: !folded.has("confidence"),
          ontoggle: (event) => (event.target.open ? folded.delete("confidence") : folded.add("confidence")),
        },
        element("summary", {}, element("h2", {}, text("confidence"))),
        element(
          "label",
          { className: "sure" },
          element("input", {
            type: "range",
            min: 0,
            max: 100,
            step: 5,
            value: state.sure,
            "aria-label": text("confidence"),
            oninput: (event) => {
              state.sure = +event.target.value;
              $("sureness").textContent = text("at_least", { percent: state.sure });
              later(() => refresh({ legend: false }));
            },
          }),
          element("output", { id: "sureness" }, text("at_least", { percent: state.sure })),
        ),
      ),
    ].filter(Boolean),
  );
  legend.scrollTop = top;
};
const filtered = () => state.off.size > 0 || state.sure > 0 || narrowedYears();
const resetFilters = () => {
  state.off.clear();
  state.sure = 0;
  state.undated = true;
  state.years = [firstYear, lastYear];
  refresh();
};
const openFilters = (open) => {
  document.body.classList.toggle("filtering", open);
  $("filters").setAttribute("aria-expanded", String(open));
  if (!open && NARROW.matches) $("filters").focus();
};
let waiting = 0;
const later = (work) => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(work);
};
