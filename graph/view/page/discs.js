// Drawing discs: the shape says the kind of organization, as its colour does; all of one kind are one path.
const polygon = (count, reach, turn, down = 0) =>
  Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count + turn;
    return [reach(at) * Math.cos(angle), reach(at) * Math.sin(angle) + down];
  });
const UP = -Math.PI / 2,
  TRIANGLE = polygon(3, () => 1.33, UP, 0.32);
// the corners of a shape round its middle, for a radius of one; as vis-network has them
const CORNERS = {
  square: polygon(4, () => Math.SQRT2, Math.PI / 4),
  diamond: polygon(4, () => 1, 0),
  triangle: TRIANGLE,
  triangleDown: TRIANGLE.map(([right, down]) => [right, -down]),
  hexagon: polygon(6, () => 1, 0),
  star: polygon(10, (at) => (at % 2 ? 0.41 : 1.07), UP, 0.08),
};
const cornersOf = data.shapes.map((shape) => CORNERS[shape]);
const traceDisc = (path, id) => {
  const x = atX[id],
    y = atY[id],
    reach = radius[id],
    corners = cornersOf[organizations[id].kind];
  if (!corners) {
    path.moveTo(x + reach, y);
    path.arc(x, y, reach, 0, 2 * Math.PI);
    return;
  }
  path.moveTo(x + reach * corners[0][0], y + reach * corners[0][1]);
  for (let at = 1; at < corners.length; at++) path.lineTo(x + reach * corners[at][0], y + reach * corners[at][1]);
  path.closePath();
};
const RIM = 1.5, // pixels round a disc, in the colour of the ground
  THICKEST = 4; // in units of the drawing: discs that are mere dots keep their colour
const fillDiscs = (context, discs, kind) => {
  context.fillStyle = palette.organizations[kind];
  context.fill(discs);
  context.stroke(discs);
};
const setRim = (context, colour, pixels) => {
  context.strokeStyle = colour;
  context.lineWidth = Math.min(THICKEST, pixels / network.getScale());
};

let discPaths = [], // of each kind
  discsAt = -1;
const pathDiscs = () => {
  discPaths = data.shapes.map(() => new Path2D());
  for (const { id, kind } of shownOrganizations) traceDisc(discPaths[kind], id);
  discsAt = geometry;
};
const drawDiscs = (context) => {
  if (discsAt !== geometry) pathDiscs();
  context.save();
  setRim(context, palette.ground, RIM);
  for (const [kind, discs] of discPaths.entries()) fillDiscs(context, discs, kind);
  context.restore();
};
// some of them once more, over what covers them; the chosen one has a rim that stands out
const drawDiscsAgain = (context, ids) => {
  context.save();
  for (const id of ids) {
    const own = new Path2D();
    traceDisc(own, id);
    id === state.selected?.organization
      ? setRim(context, palette.ink, 1.5 * RIM)
      : setRim(context, palette.ground, RIM);
    fillDiscs(context, own, organizations[id].kind);
  }
  context.restore();
};
