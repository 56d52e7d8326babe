// Names of regions behind the labels, and of the families round a circle.

// the name of a region stands above the densest part of its organizations, where it finds room
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
      y: Math.min(...core.map((id) => atY[id] - radius[id])),
    });
  }
  regionSpots.sort((a, b) => b.count - a.count || a.region - b.region);
};
const drawRegions = (context, grid, scale) => {
  if (spottedAt !== geometry) spotRegions();
  for (const { region, count, x, y } of regionSpots) {
    const size = Math.min(26, 15 + count / 3),
      words = [...regionName(region)].join(state.language === "zh" ? " " : "");
    const half = measure(context, `600 ${size}px ${palette.font}`, words) / 2 + 4;
    for (const [dx, dy] of [
      [0, -20],
      [0, -40],
      [-60, -24],
      [60, -24],
      [0, -64],
    ]) {
      const box = [
        x * scale + dx - half,
        y * scale + dy - size * 0.62,
        x * scale + dx + half,
        y * scale + dy + size * 0.62,
      ];
      if (!grid.free(box, WORDS | DISC)) continue;
      grid.take(box, WORDS);
      writeCaption(context, words, x * scale + dx, y * scale + dy, size, palette.mute, 0.42);
      break;
    }
  }
};
const writeCaption = (context, words, x, y, size, colour, opacity) => {
  context.font = `600 ${size}px ${palette.font}`;
  context.globalAlpha = opacity;
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
