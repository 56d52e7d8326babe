// What lies under the words. While only the window moves over it, or the pointer, it is drawn once as a picture,
// somewhat larger than the window, of which each frame shows a part.
const camera = () => {
  const scale = network.getScale(),
    view = network.getViewPosition(),
    width = host.clientWidth,
    height = host.clientHeight;
  return {
    scale,
    view,
    width,
    height,
    x: width / 2 - view.x * scale, // where the origin of the drawing is in the window
    y: height / 2 - view.y * scale,
    ratio: network.canvas.pixelRatio,
  };
};
// so that words have their size on the screen: with one of the drawing a browser would cut every letter anew in each
// frame of a flight
const toScreen = (context, { x, y, ratio }) => context.setTransform(ratio, 0, 0, ratio, ratio * x, ratio * y);
const toDrawing = (context, { x, y, scale, ratio }, right = 0, down = 0) =>
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (x + right), ratio * (y + down));

const drawUnder = (context, lit) => {
  drawEdges(context);
  drawDiscs(context);
  if (!lit) return;
  const { width, height } = context.canvas;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.86;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, width, height);
  context.restore();
  for (const edge of lit.edges) drawEdge(context, edge, 0.92, 0.4);
  drawDiscsAgain(context, lit.ids);
};

const BEYOND = 0.3; // of the window, on each side
let kept = null, // the picture, and for which look and place of the window
  lastLook = [],
  lastSeen = [];
const keep = (now, look, lit) => {
  const right = Math.ceil(now.width * BEYOND),
    down = Math.ceil(now.height * BEYOND);
  const canvas = kept?.canvas || document.createElement("canvas"),
    context = canvas.getContext("2d", { alpha: false });
  canvas.width = Math.round(now.ratio * (now.width + 2 * right)); // which clears it
  canvas.height = Math.round(now.ratio * (now.height + 2 * down));
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  toDrawing(context, now, right, down);
  drawUnder(context, lit);
  kept = { canvas, look, x: now.x, y: now.y, right, down };
};
const drawStill = (context, now, lit) => {
  const look = [geometry, state.selected, shownEdges, palette, now.scale, now.width, now.height, now.ratio],
    seen = [now.x, now.y, hovered];
  const again = !born.size && equal(look, lastLook),
    gliding = again && !equal(seen, lastSeen);
  lastLook = look;
  lastSeen = seen;
  const fits = () =>
    kept &&
    equal(look, kept.look) &&
    Math.abs(now.x - kept.x) <= kept.right &&
    Math.abs(now.y - kept.y) <= kept.down;
  if (gliding && !fits()) keep(now, look, lit);
  if (!again || !fits()) return drawUnder(context, lit);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(
    kept.canvas,
    Math.round(now.ratio * (now.x - kept.x - kept.right)),
    Math.round(now.ratio * (now.y - kept.y - kept.down)),
  );
  context.restore();
};
