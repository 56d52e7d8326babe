// Labels: each takes its place in a grid, so that none lies on another, on a disc or, where there are few, on a line.

const [LABEL, LEADING] = NARROW.matches ? [11.5, 13] : [12.5, 15]; // pixels on the screen
const LEADERS = NARROW.matches ? 8 : 12; // of the best connected, always labelled
const DOT = 1.2; // pixels of radius below which a disc is a mere dot, which gets no label
const CELL = 4; // pixels of the grid in which labels take their places
let placed = []; // what the last frame wrote, for the drawing that is saved

const widths = new Map();
// the width of words in a font, which the context is set to only when it has not been measured before
const measure = (context, font, words) => {
  const key = font + words;
  let width = widths.get(key);
  if (width == null) {
    context.font = font;
    widths.set(key, (width = context.measureText(words).width));
  }
  return width;
};

// a grid over the window, anchored in the drawing, so that labels stay where they are while it is dragged
const ledger = ({ view, scale, width, height }) => {
  const left = Math.floor((view.x * scale - width / 2 - 80) / CELL),
    top = Math.floor((view.y * scale - height / 2 - 40) / CELL);
  const columns = Math.ceil((width + 160) / CELL) + 1,
    rows = Math.ceil((height + 80) / CELL) + 1,
    taken = new Uint8Array(columns * rows);
  const cells = ([x0, y0, x1, y1]) => [
    Math.max(0, Math.floor(x0 / CELL) - left),
    Math.max(0, Math.floor(y0 / CELL) - top),
    Math.min(columns - 1, Math.floor(x1 / CELL) - left),
    Math.min(rows - 1, Math.floor(y1 / CELL) - top),
  ];
  const open = clearing(),
    x0 = view.x * scale - width / 2 + open.x,
    y0 = view.y * scale - height / 2 + open.y;
  const seen = (box) => box[0] >= x0 && box[2] <= x0 + open.width && box[1] >= y0 && box[3] <= y0 + open.height;
  return {
    take(box, mark) {
      const [x0, y0, x1, y1] = cells(box);
      for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) taken[y * columns + x] |= mark;
    },
    // room for words: in sight as a whole, and not over what is marked
    free(box, marks) {
      if (!seen(box)) return false;
      const [x0, y0, x1, y1] = cells(box);
      for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) if (taken[y * columns + x] & marks) return false;
      return x0 <= x1 && y0 <= y1;
    },
    within: ([x0, y0, x1, y1]) =>
      x1 / CELL >= left && x0 / CELL <= left + columns && y1 / CELL >= top && y0 / CELL <= top + rows,
  };
};
const WORDS = 1,
  DISC = 2,
  HUB = 4,
  LINE = 8;
const FEW_LINES = 260; // up to which labels keep off the lines, too
const CLEAR = 3; // pixels between a disc and its label: enough that they share no cell of the grid
const FEW = 80; // organizations up to which labels may stand aslant, too

// where a label may stand, seen from the middle of its disc: [x, y, what it must not cover]; in a circle outside first
const SIDES = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
];
const sidesOf = (id) => {
  if (state.ego == null || id === state.ego) return SIDES;
  const x = atX[id] - atX[state.ego],
    y = atY[id] - atY[state.ego];
  const outside = Math.abs(x) > Math.abs(y) * 0.5 ? [Math.sign(x), 0] : [0, Math.sign(y)];
  return [outside, ...SIDES.filter(([right, down]) => right !== outside[0] || down !== outside[1])];
};
// one after the other, for the first of them is free as a rule
function* tries(sides, reach, half, tall) {
  for (const marks of [WORDS | DISC | LINE, WORDS | DISC])
    for (const [right, down] of sides) yield [right * (reach + half + CLEAR), down * (reach + tall + CLEAR), marks];
}
// one that must stand somewhere goes aslant and farther out, and at last covers small discs, but never words
const ASLANT = [
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
];
function* leaderTries(sides, reach, half, tall, farthest = 9, lenient = [WORDS | HUB, WORDS]) {
  const beside = [...tries(sides, reach, half, tall)];
  yield* beside.slice(0, 4);
  for (const [x, y] of ASLANT) yield [x * (reach * 0.7 + half), y * (reach * 0.7 + tall), WORDS | DISC | LINE];
  yield* beside.slice(4);
  for (const marks of lenient)
    for (let far = 0; far < farthest; far++)
      for (const [x, y] of [...SIDES, ...ASLANT])
        yield [x * (y ? 0.7 : 1) * (reach + half + far * 18), y * (reach + tall + far * 12), marks];
}
// others cover no disc, and stay where one sees whose they are
const litTries = (...measures) => leaderTries(...measures, 1, [WORDS | DISC]);
const fontOf = (lead) => (lead ? `600 ${LEADING}px ${palette.font}` : `400 ${LABEL}px ${palette.font}`);
const placeLabels = (context, grid, scale, list, most, spots, letters) => {
  const pixel = 1 / scale,
    lead = letters === LEADING;
  const font = fontOf(lead),
    labels = labelsOfShown();
  for (const organization of list) {
    if (most === 0) break;
    const { id } = organization,
      x = atX[id] * scale,
      y = atY[id] * scale;
    if (!grid.within([x, y, x, y])) continue;
    const words = labels.get(id);
    const half = measure(context, font, words) / 2 + 3,
      tall = letters * 0.64;
    for (const [dx, dy, marks] of spots(sidesOf(id), radius[id] * scale, half, tall)) {
      const box = [x + dx - half, y + dy - tall, x + dx + half, y + dy + tall];
      if (!grid.free(box, marks)) continue;
      grid.take(box, WORDS);
      placed.push({
        id,
        words,
        x: (x + dx) * pixel,
        y: (y + dy) * pixel,
        size: letters * pixel,
        lead,
        box: box.map((value) => value * pixel),
      });
      most--;
      break;
    }
  }
};
const writeLabels = (context, scale) => {
  context.strokeStyle = palette.ground;
  context.fillStyle = palette.ink;
  context.lineWidth = 3.5;
  for (const { words, x, y, lead } of placed) {
    context.font = fontOf(lead);
    context.strokeText(words, x * scale, y * scale);
    context.fillText(words, x * scale, y * scale);
  }
};
