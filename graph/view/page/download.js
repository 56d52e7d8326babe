// What the reader takes away: CSV, PNG, SVG, paper.
const download = (blob, name) => {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
};
// a cell that a spreadsheet would take for a formula gets a quote before it
const cell = (value) => {
  const words = typeof value === "number" ? String(value) : String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
};
const csv = (view) => {
  const heads = columnsOf(view).map(([key]) => text(key)),
    rows = sortedRows(view);
  if (view === "collaborations") heads.push(text("sentence"));
  const lines = rows.map((each) => [
    ...columnsOf(view).map(([, value]) => value(each)),
    ...(view === "collaborations" ? [sentencesOf(each)[0]?.text || ""] : []),
  ]);
  return "\ufeff" + [heads, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
};
const escapeXml = (words) =>
  String(words).replace(/[<>&"'\u0000-\u001f]/g, (character) =>
    character < " " ? " " : `&#${character.charCodeAt(0)};`,
  );

const svg = () => {
  const discs = shownOrganizations.map(({ id }) => id),
    boxes = [
      ...discs.map((id) => [atX[id] - radius[id], atY[id] - radius[id], atX[id] + radius[id], atY[id] + radius[id]]),
      ...placed.map(({ box }) => box),
    ];
  const reach = (at, pick) => boxes.reduce((found, box) => pick(found, box[at]), boxes[0]?.[at] ?? 0);
  const left = reach(0, Math.min) - 20,
    top = reach(1, Math.min) - 20,
    width = reach(2, Math.max) - left + 20,
    height = reach(3, Math.max) - top + 20;
  const round = (value) => Math.round(value * 10) / 10,
    points = (...values) => values.map(round).join(" ");
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${points(left, top, width, height)}" font-family="${escapeXml(palette.font.replaceAll('"', ""))}">`,
    `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="${palette.ground}"/>`,
  ];
  for (const edge of shownEdges) {
    const [cx, cy] = bow(edge),
      line = edge.bend
        ? `Q${points(cx, cy, atX[edge.target], atY[edge.target])}`
        : `L${points(atX[edge.target], atY[edge.target])}`;
    const dash = dashOf(edge);
    out.push(
      `<path d="M${points(atX[edge.source], atY[edge.source])}${line}" fill="none" stroke="${colourOf(edge)}" stroke-opacity=".55" stroke-width="${widthOf(edge)}"${dash.length ? ` stroke-dasharray="${dash}"` : ""}/>`,
    );
    if (kinds[edge.kind].directed && !edge.structure) {
      const corners = [],
        path = { moveTo: (x, y) => corners.push([x, y]), lineTo: (x, y) => corners.push([x, y]), closePath() {} };
      arrow(path, edge, 9);
      out.push(
        `<path d="M${corners.map((corner) => points(...corner)).join("L")}Z" fill="${colourOf(edge)}" fill-opacity=".7"/>`,
      );
    }
  }
  for (const id of discs) {
    const { kind } = organizations[id],
      scale = (radius[id] * 2) / 11;
    out.push(
      `<path d="${SHAPE_PATHS[data.shapes[kind]]}" transform="translate(${points(atX[id], atY[id])}) scale(${Math.round(scale * 1000) / 1000}) translate(-7 -7)" fill="${palette.organizations[kind]}" stroke="${palette.ground}" stroke-width=".8"><title>${escapeXml(fullName(organizations[id]))}</title></path>`,
    );
  }
  for (const { words, x, y, size, lead } of placed)
    out.push(
      `<text x="${round(x)}" y="${round(y)}" font-size="${round(size)}"${lead ? ' font-weight="600"' : ""} text-anchor="middle" dominant-baseline="central" fill="${palette.ink}" stroke="${palette.ground}" stroke-width="${round(size / 4)}" stroke-linejoin="round" paint-order="stroke">${escapeXml(words)}</text>`,
    );
  return out.join("\n") + "\n</svg>\n";
};
const png = () => {
  const canvas = host.querySelector("canvas"),
    copy = element("canvas", { width: canvas.width, height: canvas.height }),
    context = copy.getContext("2d");
  context.fillStyle = palette.ground; // else the ground is transparent
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => download(blob, "collaborations.png"));
};
const FILES = [
  ["save_png", png],
  ["save_svg", () => download(new Blob([svg()], { type: "image/svg+xml" }), "collaborations.svg")],
  ["save_organizations", () => download(new Blob([csv("organizations")], { type: "text/csv" }), "organizations.csv")],
  [
    "save_collaborations",
    () => download(new Blob([csv("collaborations")], { type: "text/csv" }), "collaborations.csv"),
  ],
  ["print", () => print()],
];
const showFiles = () =>
  $("files").replaceChildren(
    ...FILES.map(([key, work]) =>
      element(
        "button",
        {
          id: key,
          onclick: () => {
            $("save").open = false;
            work();
          },
        },
        text(key),
      ),
    ),
  );

// paper gets the drawing, the legend and the first rows of the table, and says how many it leaves out
const PRINTED_ROWS = 200;
addEventListener("beforeprint", () => {
  if (state.view !== "graph") return;
  state.view = "collaborations";
  const count = tableRows("collaborations").length;
  showTable(PRINTED_ROWS);
  state.view = "graph";
  if (count > PRINTED_ROWS)
    $("table").prepend(element("p", { className: "note" }, text("table_cut", { count: PRINTED_ROWS })));
});
addEventListener("afterprint", () => showTable());
