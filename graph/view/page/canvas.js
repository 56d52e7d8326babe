// The drawing: vis-network holds the camera; where each disc goes; what lies under the pointer.
const host = $("graph");
// discs and lines are drawn in paths of many: of its own vis-network draws, measures and looks at each one by one
const network = new vis.Network(host, { nodes: new vis.DataSet(), edges: new vis.DataSet() }, read("options"));
const atX = new Float64Array(organizations.length),
  atY = new Float64Array(organizations.length),
  radius = new Float64Array(organizations.length);
const NARROW = matchMedia("(max-width: 860px)"),
  STILL = matchMedia("(prefers-reduced-motion: reduce)");
const EASE_MS = 220;
const redraw = () => network.body.emitter.emit("_requestRedraw"); // once a frame, however many ask

const equal = (one, two) => one.length === two.length && one.every((value, at) => value === two[at]);

let palette = {};
const readPalette = () => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue("--" + name).trim();
  palette = {
    ink: colour("ink"),
    mute: colour("mute"),
    ground: colour("ground"),
    accent: colour("accent"),
    font: getComputedStyle(document.body).fontFamily,
    families: FAMILIES.map(colour),
    organizations: vocabulary.organizations.map(([name]) => colour("org-" + name)),
    changes: CHANGES.map((name) => colour("change-" + name)),
  };
};

// partners on rings round the one in the middle, grouped by the family of their strongest tie
const familyOfTie = (center, id) => {
  let family = FAMILIES.length;
  for (const edge of organizations[id].edges)
    if (passing[edge.id] && !edge.denied && other(edge, id) === center)
      family = Math.min(family, kinds[edge.kind].family);
  return family;
};
const RING = 36; // partners of a ring
let captions = []; // of the families round a circle: [family, x, y] on its rim
const ringPlaces = () => {
  const center = state.ego,
    ringed = new Map([[center, { x: 0, y: 0, size: 25 }]]);
  const partners = shownOrganizations
    .filter(({ id }) => id !== center)
    .map((organization) => ({ organization, family: familyOfTie(center, organization.id) }));
  partners.sort(
    (a, b) =>
      a.family - b.family || b.organization.partners - a.organization.partners || a.organization.id - b.organization.id,
  );
  const rings = Math.ceil(partners.length / RING) || 1,
    free = clearing(),
    wide = Math.min(1.5, Math.max(0.7, (free.width - 200) / (free.height - 60)));
  // a gap after each family, so that the eye sees where the next begins
  const families = new Set(partners.map(({ family }) => family)).size,
    slots = partners.length + (families > 1 ? families * rings : 0);
  const nearest = partners.length < 9 ? 170 : 230,
    rim = nearest + 95 * (rings - 1),
    arcs = new Map(); // family → the angles of its first and its last partner
  let slot = 0;
  partners.forEach(({ organization, family }, at) => {
    if (at && family !== partners[at - 1].family) slot += rings;
    const angle = (2 * Math.PI * slot++) / slots - Math.PI / 2,
      reach = nearest + 95 * (at % rings);
    arcs.set(family, [arcs.get(family)?.[0] ?? angle, angle]);
    ringed.set(organization.id, {
      x: wide * reach * Math.cos(angle),
      y: reach * Math.sin(angle),
      size: Math.min(16, Math.max(7, organization.size)),
    });
  });
  captions = [];
  if (partners.length > 8 && arcs.size > 1 && !NARROW.matches)
    for (const [family, [from, to]] of arcs)
      captions.push([family, wide * rim * Math.cos((from + to) / 2), rim * Math.sin((from + to) / 2)]);
  return ringed;
};
// a drawing made for a wide window is turned for a tall one
const wholePlaces = () => {
  const whole = state.all && canShowAll,
    tall = host.clientHeight > host.clientWidth;
  return new Map(
    shownOrganizations.map((organization) => {
      const [x, y] = whole ? [organization.x, organization.y] : [organization.firstX, organization.firstY];
      return [organization.id, { x: tall ? y : x, y: tall ? x : y, size: organization.size }];
    }),
  );
};

let places = new Map(); // of every shown organization: where it is going
let geometry = 0; // rises whenever something moved, came or went
let moving = 0; // the frame of the animation under way, or 0
const put = (id, x, y) => {
  atX[id] = x;
  atY[id] = y;
};
const showDiscs = (eased) => {
  const before = places,
    middle = state.ego != null && before.has(state.ego) ? [atX[state.ego], atY[state.ego]] : null;
  places = state.ego == null ? wholePlaces() : ringPlaces();
  for (const [id, { x, y, size }] of places) {
    radius[id] = size;
    if (!eased || !(before.has(id) || middle)) put(id, x, y);
    else if (!before.has(id)) put(id, ...middle);
  }
  geometry++;
  cancelAnimationFrame(moving);
  moving = 0;
  if (eased) ease();
};
const ease = () => {
  const start = performance.now(),
    from = new Map([...places.keys()].map((id) => [id, [atX[id], atY[id]]]));
  const step = (now) => {
    const part = Math.min(1, Math.max(0, (now - start) / EASE_MS)),
      smooth = part * part * (3 - 2 * part);
    for (const [id, { x, y }] of places) {
      const [x0, y0] = from.get(id);
      put(id, x0 + (x - x0) * smooth, y0 + (y - y0) * smooth);
    }
    geometry++;
    redraw();
    moving = part < 1 ? requestAnimationFrame(step) : 0;
  };
  moving = requestAnimationFrame(step);
};
const recolour = () => {
  readPalette();
  geometry++;
  redraw();
};

// the part of the canvas that no panel covers, in pixels from its top left corner
const clearing = () => {
  const width = host.clientWidth,
    height = host.clientHeight,
    panel = $("panel");
  const y = $("scope").childNodes.length ? $("scope").offsetHeight + 12 : 0,
    low = height - $("hint").offsetHeight - ($("hint").offsetHeight ? 20 : 0);
  if (panel.hidden) return { x: 0, y, width, height: low - y };
  if (NARROW.matches) return { x: 0, y, width, height: Math.max(120, height - panel.offsetHeight - y) };
  return { x: 0, y, width: Math.max(200, width - panel.offsetWidth), height: low - y };
};
let flying = 0; // until when the camera is on its way
const move = (x, y, scale, eased) => {
  const free = clearing();
  if (eased && !STILL.matches) {
    flying = performance.now() + EASE_MS;
    setTimeout(redraw, EASE_MS + 20); // the names that were left out on the way
  }
  const offset = {
    x: free.x + free.width / 2 - host.clientWidth / 2,
    y: free.y + free.height / 2 - host.clientHeight / 2,
  };
  network.moveTo({
    position: { x, y },
    scale,
    offset,
    animation: eased && !STILL.matches ? { duration: EASE_MS, easingFunction: "easeInOutQuad" } : false,
  });
};
const around = (ids, most, eased) => {
  let left = Infinity,
    top = Infinity,
    right = -Infinity,
    bottom = -Infinity;
  for (const id of ids) {
    const { x, y, size } = places.get(id);
    left = Math.min(left, x - size);
    right = Math.max(right, x + size);
    top = Math.min(top, y - size);
    bottom = Math.max(bottom, y + size);
  }
  const free = clearing(),
    beside = NARROW.matches ? 34 : places.size < 90 ? 110 : 64, // room for labels at the rim
    above = 34;
  const scale = Math.min((free.width - 2 * beside) / (right - left), (free.height - 2 * above) / (bottom - top), most);
  move((left + right) / 2, (top + bottom) / 2, Math.max(scale, 0.02), eased);
};
const fit = (eased) => {
  if (places.size) around(places.keys(), 1.7, eased);
};
const goTo = () => {
  const lit = highlighted(),
    id = state.selected?.organization;
  if (lit) around(lit.ids, 1.3, true);
  else if (places.has(id) && state.ego == null) around([id], 1.3, true);
};

// curves: the middle point of the quadratic curve of an edge
const bow = (edge) => {
  const x0 = atX[edge.source],
    y0 = atY[edge.source],
    x1 = atX[edge.target],
    y1 = atY[edge.target];
  return [(x0 + x1) / 2 - (y1 - y0) * 2 * edge.bend, (y0 + y1) / 2 + (x1 - x0) * 2 * edge.bend];
};
const pointOn = (edge, part) => {
  const [cx, cy] = bow(edge),
    a = (1 - part) ** 2,
    b = 2 * part * (1 - part),
    c = part ** 2;
  return [a * atX[edge.source] + b * cx + c * atX[edge.target], a * atY[edge.source] + b * cy + c * atY[edge.target]];
};
const toSegment = (x, y, x0, y0, x1, y1) => {
  const dx = x1 - x0,
    dy = y1 - y0,
    part = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x0 - part * dx, y - y0 - part * dy);
};
const toEdge = (edge, x, y) => {
  if (!edge.bend) return toSegment(x, y, atX[edge.source], atY[edge.source], atX[edge.target], atY[edge.target]);
  let nearest = Infinity,
    from = pointOn(edge, 0);
  for (let step = 1; step <= 10; step++) {
    const to = pointOn(edge, step / 10);
    nearest = Math.min(nearest, toSegment(x, y, ...from, ...to));
    from = to;
  }
  return nearest;
};
const under = ({ x, y }) => {
  const scale = network.getScale(),
    slack = (NARROW.matches ? 12 : 5) / scale;
  let nearest = slack,
    found = null;
  for (const { id } of shownOrganizations) {
    const distance = Math.hypot(x - atX[id], y - atY[id]) - radius[id];
    if (distance < nearest) {
      nearest = distance;
      found = { organization: id };
    }
  }
  if (found) return found;
  // of lines the one that stands out comes first
  for (const list of [highlighted()?.edges || [], shownEdges]) {
    nearest = slack;
    for (const edge of list) {
      const distance = toEdge(edge, x, y);
      if (distance < nearest) {
        nearest = distance;
        found = { edge: edge.id };
      }
    }
    if (found) break;
  }
  return found;
};
