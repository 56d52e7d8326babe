// A frame: what stands out, what the pointer is on, and the words over it.

// the discs and edges that stand out, or null: those of the selection
const highlighted = () => {
  const chosen = state.selected;
  if (!chosen) return null;
  if (chosen.edge != null) {
    const edge = edges[chosen.edge];
    return passing[edge.id] && isShown[edge.source] && isShown[edge.target]
      ? { ids: new Set([edge.source, edge.target]), edges: [edge] }
      : null;
  }
  const id = chosen.organization;
  if (!isShown[id] || state.ego === id) return null;
  const own = organizations[id].edges.filter((edge) => passing[edge.id] && !edge.denied && isShown[other(edge, id)]);
  return { ids: new Set([id, ...own.map((edge) => other(edge, id))]), edges: own };
};

const drawFrame = (context) => {
  const now = camera(),
    { scale, width, height } = now,
    lit = highlighted();
  drawStill(context, now, lit);
  drawHovered(context);
  const grid = ledger(now);
  placed = [];
  context.save();
  toScreen(context, now);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const leading = leaders(lit),
    inMotion = moving || performance.now() < flying;
  for (const { id } of shownOrganizations) {
    if (lit && !lit.ids.has(id)) continue;
    const reach = radius[id] * scale;
    if (reach < 2.5) continue;
    const x = atX[id] * scale,
      y = atY[id] * scale,
      box = [x - reach * 0.85, y - reach * 0.85, x + reach * 0.85, y + reach * 0.85];
    if (grid.within(box)) grid.take(box, leading.has(id) ? HUB | DISC : DISC);
  }
  const lines = lit ? lit.edges : shownEdges;
  if (lines.length <= FEW_LINES) for (const edge of lines) markLine(grid, edge, scale);
  const regions = !lit && state.ego == null;
  if (regions && asIslands()) drawRegions(context, grid, scale);
  placeLabels(
    context,
    grid,
    scale,
    [...leading].map((id) => organizations[id]),
    LEADERS + 2,
    leaderTries,
    LEADING,
  );
  if (regions && !asIslands()) drawRegions(context, grid, scale);
  else if (!regions && !lit && !inMotion) drawFamilies(context, grid, scale);
  // while all moves, only the leaders have their names
  const rest = (inMotion ? [] : byRank).filter(
    ({ id }) => radius[id] * scale > DOT && isShown[id] && !leading.has(id) && (!lit || lit.ids.has(id)),
  );
  placeLabels(
    context,
    grid,
    scale,
    rest,
    Math.min(150, Math.max(24, Math.round((width * height) / 9000))),
    lit || shownOrganizations.length < FEW || NARROW.matches ? litTries : tries,
    LABEL,
  );
  writeLabels(context, scale);
  context.restore();
};

const markLine = (grid, edge, scale) => {
  const steps = Math.min(
    400,
    Math.ceil((Math.hypot(atX[edge.source] - atX[edge.target], atY[edge.source] - atY[edge.target]) * scale) / CELL),
  );
  for (let step = 0; step <= steps; step++) {
    const [x, y] = pointOn(edge, step / steps || 0),
      box = [x * scale, y * scale, x * scale, y * scale];
    if (grid.within(box)) grid.take(box, LINE);
  }
};

const leaders = (lit) => {
  const first = new Set();
  if (isShown[state.selected?.organization]) first.add(state.selected.organization);
  if (lit && state.selected.edge != null) for (const id of lit.ids) first.add(id);
  if (state.ego != null) first.add(state.ego);
  // where a circle has several rings, names stand at its rim, not on the spokes
  if (lit || (state.ego != null && shownOrganizations.length > RING)) return first;
  for (const { id } of byRank) {
    if (first.size >= LEADERS) break;
    if (isShown[id]) first.add(id);
  }
  return first;
};

const drawHovered = (context) => {
  if (!hovered) return;
  if (hovered.edge != null) return drawEdge(context, edges[hovered.edge], 1, 1.4);
  const id = hovered.organization;
  if (!isShown[id]) return;
  if (!state.selected)
    for (const edge of organizations[id].edges)
      if (passing[edge.id] && !edge.denied && isShown[other(edge, id)]) drawEdge(context, edge, 0.95, 0.5);
  context.beginPath();
  context.arc(atX[id], atY[id], radius[id] + 4 / network.getScale(), 0, 2 * Math.PI);
  context.strokeStyle = palette.accent;
  context.lineWidth = 2 / network.getScale();
  context.stroke();
  const near = organizations[id].edges.filter((edge) => passing[edge.id] && isShown[other(edge, id)]);
  drawDiscsAgain(context, [...(state.selected ? [] : near.map((edge) => other(edge, id))), id]);
};
