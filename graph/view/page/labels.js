// Above the discs: the veil over what is not selected, names of regions, and labels that never lie on one another.
const LABEL = 12.5, LEADING = 15; // pixels on the screen
const LEADERS = NARROW.matches ? 6 : 12; // of the best connected, always labelled
const CELL = 4; // pixels of the grid in which labels take their places
const MOST_LETTERS = { zh: 15, en: 30 };
let placed = []; // what the last frame wrote, for the drawing that is saved

const widths = new Map();
const measure = (context, words) => {
  const key = context.font + words;
  let width = widths.get(key);
  if (width == null) widths.set(key, (width = context.measureText(words).width));
  return width;
};

// the discs and edges that stand out, or null: those of the selection
const highlighted = () => {
  const chosen = state.selected;
  if (!chosen) return null;
  if (chosen.edge != null) {
    const edge = edges[chosen.edge];
    return passing[edge.id] && isShown[edge.source] && isShown[edge.target] ? { ids: new Set([edge.source, edge.target]), edges: [edge] } : null;
  }
  const id = chosen.organization;
  if (!isShown[id] || state.ego === id) return null;
  const own = organizations[id].edges.filter((edge) => passing[edge.id] && !edge.denied && isShown[other(edge, id)]);
  return { ids: new Set([id, ...own.map((edge) => other(edge, id))]), edges: own };
};

// a grid over the window, anchored in the drawing, so that labels stay where they are while it is dragged
const ledger = (view, scale, width, height) => {
  const left = Math.floor((view.x * scale - width / 2 - 80) / CELL), top = Math.floor((view.y * scale - height / 2 - 40) / CELL);
  const columns = Math.ceil((width + 160) / CELL) + 1, rows = Math.ceil((height + 80) / CELL) + 1, taken = new Uint8Array(columns * rows);
  const cells = ([x0, y0, x1, y1]) => [
    Math.max(0, Math.floor(x0 / CELL) - left), Math.max(0, Math.floor(y0 / CELL) - top),
    Math.min(columns - 1, Math.floor(x1 / CELL) - left), Math.min(rows - 1, Math.floor(y1 / CELL) - top),
  ];
  return {
    take(box, mark) {
      const [x0, y0, x1, y1] = cells(box);
      for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) taken[y * columns + x] |= mark;
    },
    free(box, marks) {
      const [x0, y0, x1, y1] = cells(box);
      for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) if (taken[y * columns + x] & marks) return false;
      return x0 <= x1 && y0 <= y1;
    },
    within: ([x0, y0, x1, y1]) => x1 / CELL >= left && x0 / CELL <= left + columns && y1 / CELL >= top && y0 / CELL <= top + rows,
  };
};
const WORDS = 1, DISC = 2, HUB = 4, LINE = 8;
const FEW_LINES = 260; // up to which labels keep off the lines, too

const drawOver = (context) => {
  if (busy) return;
  const scale = network.getScale(), pixel = 1 / scale, view = network.getViewPosition(), width = host.clientWidth, height = host.clientHeight;
  const lit = highlighted();
  if (lit) {
    context.save();
    context.globalAlpha = 0.86;
    context.fillStyle = palette.ground;
    context.fillRect(view.x - width * pixel, view.y - height * pixel, 2 * width * pixel, 2 * height * pixel);
    context.restore();
    for (const edge of lit.edges) drawEdge(context, edge, 0.92, 0.4);
    for (const id of lit.ids) bodies[id]?.draw(context);
  }
  drawHovered(context);
  const grid = ledger(view, scale, width, height);
  placed = [];
  context.save();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const leading = leaders(lit);
  for (const { id } of shownOrganizations) {
    if (lit && !lit.ids.has(id)) continue;
    const reach = radius[id] * scale;
    if (reach < 2.5) continue;
    const x = atX[id] * scale, y = atY[id] * scale, box = [x - reach * 0.85, y - reach * 0.85, x + reach * 0.85, y + reach * 0.85];
    if (grid.within(box)) grid.take(box, leading.has(id) ? HUB | DISC : DISC);
  }
  const lines = lit ? lit.edges : shownEdges;
  if (lines.length <= FEW_LINES) for (const edge of lines) markLine(grid, edge, scale);
  placeLabels(context, grid, scale, [...leading].map((id) => organizations[id]), LEADERS + 2, leaderTries, LEADING);
  if (!lit && state.ego == null) drawRegions(context, grid, scale);
  const rest = byRank.filter(({ id }) => isShown[id] && !leading.has(id) && (!lit || lit.ids.has(id)));
  placeLabels(context, grid, scale, rest, Math.min(150, Math.max(24, Math.round((width * height) / 9000))), lit ? leaderTries : tries, LABEL);
  writeLabels(context, pixel);
  context.restore();
};

const markLine = (grid, edge, scale) => {
  const steps = Math.min(400, Math.ceil((Math.hypot(atX[edge.source] - atX[edge.target], atY[edge.source] - atY[edge.target]) * scale) / CELL));
  for (let step = 0; step <= steps; step++) {
    const [x, y] = pointOn(edge, step / steps || 0), box = [x * scale, y * scale, x * scale, y * scale];
    if (grid.within(box)) grid.take(box, LINE);
  }
};

const leaders = (lit) => {
  const first = new Set();
  if (isShown[state.selected?.organization]) first.add(state.selected.organization);
  if (lit && state.selected.edge != null) for (const id of lit.ids) first.add(id);
  if (state.ego != null) first.add(state.ego);
  if (lit) return first;
  for (const { id } of byRank) {
    if (first.size >= LEADERS) break;
    if (isShown[id]) first.add(id);
  }
  return first;
};

// where a label may stand, seen from the middle of its disc: [x, y, what it must not cover]
const tries = (reach, half, tall) => [WORDS | DISC | LINE, WORDS | DISC].flatMap((marks) =>
  [[0, reach + tall + 1], [reach + half + 1, 0], [0, -reach - tall - 1], [-reach - half - 1, 0]].map(([x, y]) => [x, y, marks]));
// one that must stand somewhere goes farther out, and at last covers small discs, but never words
const leaderTries = (reach, half, tall) => {
  const found = [...tries(reach, half, tall)], aslant = reach * 0.7;
  found.splice(4, 0, ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([x, y]) => [x * (aslant + half), y * (aslant + tall), WORDS | DISC | LINE]));
  for (const marks of [WORDS | HUB, WORDS])
    for (let far = 0; far < 9; far++)
      for (const [x, y] of [[0, 1], [0, -1], [1, 0], [-1, 0], [0.7, 1], [-0.7, 1], [0.7, -1], [-0.7, -1]])
        found.push([x * (reach + half + far * 18), y * (reach + tall + far * 12), marks]);
  return found;
};
const placeLabels = (context, grid, scale, list, most, spots, letters) => {
  const pixel = 1 / scale, lead = letters === LEADING;
  context.font = `${lead ? 600 : 400} ${letters}px ${palette.font}`;
  for (const organization of list) {
    if (most === 0) break;
    const { id } = organization, x = atX[id] * scale, y = atY[id] * scale;
    if (!grid.within([x, y, x, y])) continue;
    let words = shortName(organization);
    const longest = MOST_LETTERS[state.language] * (shownOrganizations.length < 40 ? 1.6 : 1);
    if (words.length > longest) words = words.slice(0, longest - 1) + "…";
    const half = measure(context, words) / 2 + 3, tall = letters * 0.64;
    for (const [dx, dy, marks] of spots(radius[id] * scale, half, tall)) {
      const box = [x + dx - half, y + dy - tall, x + dx + half, y + dy + tall];
      if (!grid.free(box, marks)) continue;
      grid.take(box, WORDS);
      placed.push({ id, words, x: (x + dx) * pixel, y: (y + dy) * pixel, size: letters * pixel, lead, box: box.map((value) => value * pixel) });
      most--;
      break;
    }
  }
};
const writeLabels = (context, pixel) => {
  context.strokeStyle = palette.ground;
  context.fillStyle = palette.ink;
  context.lineWidth = 3.5 * pixel;
  for (const { words, x, y, size, lead } of placed) {
    context.font = `${lead ? 600 : 400} ${size}px ${palette.font}`;
    context.strokeText(words, x, y);
    context.fillText(words, x, y);
  }
};

// the name of a region stands above the densest part of its organizations, where it finds room
let regionSpots = [], spottedAt = -1;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const spotRegions = () => {
  spottedAt = geometry;
  const members = new Map();
  for (const organization of shownOrganizations)
    if (organization.region) members.set(organization.region, [...(members.get(organization.region) || []), organization.id]);
  regionSpots = [];
  const extent = Math.sqrt(shownOrganizations.length) * 90;
  for (const [region, ids] of members) {
    if (ids.length < 5) continue;
    const x = median(ids.map((id) => atX[id])), y = median(ids.map((id) => atY[id]));
    const core = ids.sort((a, b) => Math.hypot(atX[a] - x, atY[a] - y) - Math.hypot(atX[b] - x, atY[b] - y)).slice(0, Math.ceil(ids.length * 0.7));
    // of organizations that lie all over the drawing no place can be named
    if (Math.hypot(atX[core.at(-1)] - x, atY[core.at(-1)] - y) > extent * 0.3) continue;
    regionSpots.push({ region, count: ids.length, x: core.reduce((sum, id) => sum + atX[id], 0) / core.length, y: Math.min(...core.map((id) => atY[id] - radius[id])) });
  }
  regionSpots.sort((a, b) => b.count - a.count || a.region - b.region);
};
const drawRegions = (context, grid, scale) => {
  if (spottedAt !== geometry) spotRegions();
  const pixel = 1 / scale;
  for (const { region, count, x, y } of regionSpots) {
    const size = Math.min(26, 15 + count / 3), words = [...regionName(region)].join(state.language === "zh" ? " " : "");
    context.font = `600 ${size}px ${palette.font}`;
    const half = measure(context, words) / 2 + 4;
    for (const [dx, dy] of [[0, -20], [0, -40], [-60, -24], [60, -24], [0, -64]]) {
      const box = [x * scale + dx - half, y * scale + dy - size * 0.62, x * scale + dx + half, y * scale + dy + size * 0.62];
      if (!grid.free(box, WORDS | DISC)) continue;
      grid.take(box, WORDS);
      placedRegion(context, words, (x * scale + dx) * pixel, (y * scale + dy) * pixel, size * pixel);
      break;
    }
  }
};
const placedRegion = (context, words, x, y, size) => {
  context.font = `600 ${size}px ${palette.font}`;
  context.globalAlpha = 0.42;
  context.fillStyle = palette.mute;
  context.fillText(words, x, y);
  context.globalAlpha = 1;
};

const drawHovered = (context) => {
  if (!hovered) return;
  if (hovered.edge != null) return drawEdge(context, edges[hovered.edge], 1, 1.4);
  const id = hovered.organization;
  if (!isShown[id]) return;
  if (!state.selected) for (const edge of organizations[id].edges) if (passing[edge.id] && !edge.denied && isShown[other(edge, id)]) drawEdge(context, edge, 0.95, 0.5);
  context.beginPath();
  context.arc(atX[id], atY[id], radius[id] + 4 / network.getScale(), 0, 2 * Math.PI);
  context.strokeStyle = palette.accent;
  context.lineWidth = 2 / network.getScale();
  context.stroke();
  for (const edge of organizations[id].edges) if (passing[edge.id] && isShown[other(edge, id)] && !state.selected) bodies[other(edge, id)]?.draw(context);
  bodies[id]?.draw(context);
};
