// Drawing edges: many of one look in one stroke; colour by family, dashes by status, an arrow where it has a direction.
const DASHES = vocabulary.statuses.map((status) => ({ planned: [7, 5], ended: [1.5, 4] })[status] || []);
const CHUNK = 400; // edges in one path: a longer one is slower to stroke than two
const ARROWS_UP_TO = 4000;

const widthOf = (edge) =>
  edge.structure ? 0.8 : state.compare ? [2.2, 2, 2.2, 1][changeOf(edge)] : 1.1 + 0.55 * Math.min(5, edge.count - 1);
const dashOf = (edge) =>
  edge.structure ? [2, 3] : state.compare ? (changeOf(edge) === 1 ? [6, 4] : []) : DASHES[edge.status];
const colourOf = (edge) =>
  state.compare ? palette.changes[changeOf(edge)] : palette.families[kinds[edge.kind].family];

const trace = (path, edge) => {
  path.moveTo(atX[edge.source], atY[edge.source]);
  if (edge.bend) path.quadraticCurveTo(...bow(edge), atX[edge.target], atY[edge.target]);
  else path.lineTo(atX[edge.target], atY[edge.target]);
};
// a small head that touches the rim of the target
const arrow = (path, edge, size) => {
  const x = atX[edge.target],
    y = atY[edge.target];
  const [fromX, fromY] = edge.bend ? bow(edge) : [atX[edge.source], atY[edge.source]];
  const length = Math.hypot(x - fromX, y - fromY) || 1,
    dx = (x - fromX) / length,
    dy = (y - fromY) / length;
  const gap = radius[edge.target] + 1.5,
    tipX = x - dx * gap,
    tipY = y - dy * gap;
  path.moveTo(tipX, tipY);
  path.lineTo(tipX - dx * size - dy * size * 0.42, tipY - dy * size + dx * size * 0.42);
  path.lineTo(tipX - dx * size + dy * size * 0.42, tipY - dy * size - dx * size * 0.42);
  path.closePath();
};

let batches = [],
  batchedAt = -1;
const batch = () => {
  const open = new Map();
  batches = [];
  const heads = shownEdges.length <= ARROWS_UP_TO;
  for (const edge of shownEdges) {
    if (born.has(edge.id)) continue;
    const colour = colourOf(edge),
      dash = dashOf(edge),
      width = Math.round(widthOf(edge) * 2) / 2;
    const aside = isAside(edge),
      look = `${colour} ${dash} ${width} ${aside}`;
    let one = open.get(look);
    if (!one || one.count === CHUNK) {
      one = { colour, dash, width, aside, lines: new Path2D(), heads: new Path2D(), count: 0 };
      open.set(look, one);
      batches.push(one);
    }
    one.count++;
    trace(one.lines, edge);
    if (heads && kinds[edge.kind].directed && !edge.structure) arrow(one.heads, edge, 9);
  }
  batchedAt = geometry;
};
// in a circle, what its members have with each other, unless that is little
const isAside = (edge) =>
  state.ego != null && edge.source !== state.ego && edge.target !== state.ego && shownEdges.length > 24;
// lines grow slower than the drawing when one zooms in
const onScreen = (width) => width * network.getScale() ** -0.55;

const drawEdges = (context) => {
  if (batchedAt !== geometry) batch();
  context.save();
  context.lineCap = "butt";
  const opacity = shownEdges.length < 250 ? 0.62 : shownEdges.length < 1500 ? 0.5 : 0.34;
  for (const { colour, dash, width, aside, lines, heads } of batches) {
    context.globalAlpha = aside ? 0.16 : opacity;
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = onScreen(width);
    context.setLineDash(dash);
    context.stroke(lines);
    context.fill(heads);
  }
  drawBorn(context, opacity);
  context.restore();
};
const drawEdge = (context, edge, opacity, wider = 0) => {
  context.save();
  context.globalAlpha = opacity;
  context.strokeStyle = context.fillStyle = colourOf(edge);
  context.lineWidth = onScreen(widthOf(edge) + wider);
  context.setLineDash(dashOf(edge));
  context.beginPath();
  trace(context, edge);
  context.stroke();
  if (kinds[edge.kind].directed && !edge.structure) {
    context.beginPath();
    arrow(context, edge, 10);
    context.fill();
  }
  context.restore();
};

// edges that have just come into the years on show fade in
const born = new Map(); // edge id → when
const FADE_MS = 500;
const drawBorn = (context, opacity) => {
  const now = performance.now();
  for (const [id, since] of born) {
    const part = (now - since) / FADE_MS;
    if (part >= 1) {
      born.delete(id);
      geometry++;
    } else drawEdge(context, edges[id], opacity * Math.max(0.02, part), 2 * (1 - part));
  }
  if (born.size) requestAnimationFrame(redraw);
};
