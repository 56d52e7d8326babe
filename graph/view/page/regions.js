// Names of regions behind the labels, and of the families round a circle.

// the name of a region stands above the densest part of its organizations, where it finds room; of many organizations,
// which are a crowd of dots, upon it
const ISLANDS_FROM = 1000; // organizations
const asIslands = () => shownOrganizations.length > ISLANDS_FROM;
let regionSpots = [],
  spottedAt = -1;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const spotRegions = () => {
  spottedAt = geometry;
  const members = new Map();
  for (const organization of shownOrganizations)
    if (organization.region)
      members.set(organization.region, [...(members.get(organization.region) || []), organization.id]);
  regionSpots = [];
  const extent = Math.sqrt(shownOrganizations.length) * 90;
  for (const [region, ids] of members) {
    if (ids.length < 5) continue;
    const x = median(ids.map((id) => atX[id])),
      y = median(ids.map((id) => atY[id]));
    const core = ids
      .sort((a, b) => Math.hypot(atX[a] - x, atY[a] - y) - Math.hypot(atX[b] - x, atY[b] - y))
      .slice(0, Math.ceil(ids.length * 0.7));
    // of organizations that lie all over the drawing no place can be named
    if (Math.hypot(atX[core.at(-1)] - x, atY[core.at(-1)] - y) > extent * 0.3) continue;
    regionSpots.push({
      region,
      count: ids.length,
      x: core.reduce((sum, id) => sum + atX[id], 0) / core.length,
      y: asIslands()
        ? core.reduce((sum, id) => sum + atY[id], 0) / core.length
        : core.reduce((top, id) => Math.min(top, atY[id] - radius[id]), Infinity),
    });
  }
  regionSpots.sort((a, b) => b.count - a.count || a.region - b.region);
};
const ABOVE = [
    [0, -20],
    [0, -40],
    [-60, -24],
    [60, -24],
    [0, -64],
  ],
  UPON = [
    [0, 0],
    [0, -26],
    [0, 26],
    [-60, 0],
    [60, 0],
  ];
const drawRegions = (context, grid, scale) => {
  if (spottedAt !== geometry) spotRegions();
  const islands = asIslands();
  for (const { region, count, x, y } of NARROW.matches ? regionSpots.slice(0, 6) : regionSpots) {
    const size = Math.min(NARROW.matches ? 17 : islands ? 20 : 26, 15 + count / 3),
      words = [...regionName(region)].join(state.language === "zh" ? " " : "");
    const half = measure(context, `600 ${size}px ${palette.font}`, words) / 2 + 4;
    for (const [right, down] of islands ? UPON : ABOVE) {
      const at = x * scale + right,
        below = y * scale + down,
        box = [at - half, below - size * 0.62, at + half, below + size * 0.62];
      if (!grid.free(box, islands ? WORDS : WORDS | DISC)) continue;
      grid.take(box, WORDS);
      writeCaption(context, words, at, below, size, palette.mute, islands ? 0.95 : 0.42, islands);
      break;
    }
  }
};
const writeCaption = (context, words, x, y, size, colour, opacity, ringed) => {
  context.font = `600 ${size}px ${palette.font}`;
  context.globalAlpha = opacity;
  if (ringed) {
    context.strokeStyle = palette.ground;
    context.lineWidth = 5;
    context.strokeText(words, x, y);
  }
  context.fillStyle = colour;
  context.fillText(words, x, y);
  context.globalAlpha = 1;
};
const OUTSIDE = [44, 58, 72, 30, 86, 104]; // pixels from the rim, best first: nearer a disc it looks like its name
// at the middle of the arc of its partners
const drawFamilies = (context, grid, scale) => {
  const size = 14;
  for (const [family, x, y] of captions) {
    const words = vocabulary.families[family] ? label(vocabulary.families[family][1]) : text("structure");
    const half = measure(context, `600 ${size}px ${palette.font}`, words) / 2 + 4,
      far = Math.hypot(x, y);
    for (const out of OUTSIDE) {
      const at = x * scale + (x / far) * (out + half * Math.abs(x / far)),
        down = y * scale + (y / far) * out,
        box = [at - half, down - size * 0.7, at + half, down + size * 0.7];
      if (!grid.free(box, WORDS | DISC)) continue;
      grid.take(box, WORDS);
      writeCaption(context, words, at, down, size, palette.families[family], 0.85);
      break;
    }
  }
};
