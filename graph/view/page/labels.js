// Labels: each takes its place in a grid, so that none lies on another, on a disc or, where there are few, on a line.

const LABEL = 12.5,
  LEADING = 15; // pixels on the screen
const LEADERS = NARROW.matches ? 6 : 12; // of the best connected, always labelled
const CELL = 4; // pixels of the grid in which labels take their places
const MOST_LETTERS = { zh: 15, en: 30 };
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
const ledger = (view, scale, width, height) => {
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
    within: ([x0, y0, x1, y1]) =>
      x1 / CELL >= left && x0 / CELL <= left + columns && y1 / CELL >= top && y0 / CELL <= top + rows,
  };
};
const WORDS = 1,
  DISC = 2,
  HUB = 4,
  LINE = 8;
const FEW_LINES = 260; // up to which labels keep off the lines, too

// where a label may stand, seen from the middle of its disc: [x, y, what it must not cover]
const tries = (reach, half, tall) =>
  [WORDS | DISC | LINE, WORDS | DISC].flatMap((marks) =>
    [
      [0, reach + tall + 1],
      [reach + half + 1, 0],
      [0, -reach - tall - 1],
      [-reach - half - 1, 0],
    ].map(([x, y]) => [x, y, marks]),
  );
// one that must stand somewhere goes farther out, and at last covers small discs, but never words
const leaderTries = (reach, half, tall) => {
  const found = [...tries(reach, half, tall)],
    aslant = reach * 0.7;
  found.splice(
    4,
    0,
    ...[
      [1, 1],
      [-1, 1],
      [1, -1],
      [-1, -1],
    ].map(([x, y]) => [x * (aslant + half), y * (aslant + tall), WORDS | DISC | LINE]),
  );
  for (const marks of [WORDS | HUB, WORDS])
    for (let far = 0; far < 9; far++)
      for (const [x, y] of [
        [0, 1],
        [0, -1],
        [1, 0],
        [-1, 0],
        [0.7, 1],
        [-0.7, 1],
        [0.7, -1],
        [-0.7, -1],
      ])
        found.push([x * (reach + half + far * 18), y * (reach + tall + far * 12), marks]);
  return found;
};
const placeLabels = (context, grid, scale, list, most, spots, letters) => {
  const pixel = 1 / scale,
    lead = letters === LEADING;
  const font = `${lead ? 600 : 400} ${letters}px ${palette.font}`;
  for (const organization of list) {
    if (most === 0) break;
    const { id } = organization,
      x = atX[id] * scale,
      y = atY[id] * scale;
    if (!grid.within([x, y, x, y])) continue;
    let words = shortName(organization);
    const longest = MOST_LETTERS[state.language] * (shownOrganizations.length < 40 ? 1.6 : 1);
    if (words.length > longest) words = words.slice(0, longest - 1) + "…";
    const half = measure(context, font, words) / 2 + 3,
      tall = letters * 0.64;
    for (const [dx, dy, marks] of spots(radius[id] * scale, half, tall)) {
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
