// Which edges pass the filters, and which organizations and edges the drawing shows.
const tokenOf = {
  kind: (id) => "kind." + kinds[id].name,
  status: (id) => "status." + vocabulary.statuses[id],
  organization: (id) => "organization." + vocabulary.organizations[id][0],
  region: (id) => "region." + data.regions[id][0],
  outlet: (id) => "outlet." + (outlets[id] ?? ""),
  change: (id) => "change." + CHANGES[id],
};
const CHANGES = ["new", "lost", "changed", "same"]; // of two periods
const SIZES = {
  kind: kinds.length,
  status: vocabulary.statuses.length,
  organization: vocabulary.organizations.length,
  region: data.regions.length,
  outlet: outlets.length,
  change: CHANGES.length,
};
const tokens = new Set(
  Object.entries(SIZES).flatMap(([what, size]) => Array.from({ length: size }, (_, id) => tokenOf[what](id))),
);
const flags = (what) => Uint8Array.from({ length: SIZES[what] }, (_, id) => (state.off.has(tokenOf[what](id)) ? 0 : 1));

const MOST_EDGES = 15000; // beyond that a browser cannot drag the drawing about
const drawnOrganizations = organizations.filter((organization) => organization.drawn);
const firstOrganizations = organizations.filter((organization) => organization.first);
const hasMore = drawnOrganizations.length > firstOrganizations.length;
const drawnEdges = edges.filter((edge) => !edge.denied);
const canShowAll = hasMore && drawnEdges.length <= MOST_EDGES;

const passing = new Uint8Array(edges.length);
const isShown = new Uint8Array(organizations.length);
let passingEdges = []; // collaborations that pass, drawn or not
let shownOrganizations = [],
  shownEdges = [];
let undatedCount = 0;

const narrowedYears = () => hasYears && (state.years[0] !== firstYear || state.years[1] !== lastYear || !state.undated);

// an edge passes if one piece of its evidence is of a wanted outlet and in the wanted years
const saidWithin = (edge, period, outletOn) => {
  for (let piece = edge.start; piece < edge.start + edge.count; piece++) {
    const year = evidenceYear[piece];
    if (
      outletOn[evidenceOutlet[piece]] &&
      (!period || edge.structure || (year ? year >= period[0] && year <= period[1] : state.undated))
    )
      return true;
  }
  return edge.count === 0;
};
// what became of an edge between two periods, or -1 if neither speaks of it; changed is its status
const change = new Int8Array(edges.length);
const changeCounts = [0, 0, 0, 0];
const changeOf = (edge) => change[edge.id];
const compared = (edge, [before, after], outletOn) => {
  const last = [null, null];
  for (let piece = edge.start; piece < edge.start + edge.count; piece++) {
    const year = evidenceYear[piece];
    if (!year || !outletOn[evidenceOutlet[piece]]) continue;
    for (const [at, [from, to]] of [before, after].entries())
      if (year >= from && year <= to && (!last[at] || year >= last[at].year))
        last[at] = { year, state: columns.state[piece] };
  }
  if (!last[0] && !last[1]) return -1;
  return !last[0] ? 0 : !last[1] ? 1 : last[0].state !== last[1].state ? 2 : 3;
};
const filterEdges = () => {
  const kindOn = flags("kind"),
    statusOn = flags("status"),
    organizationOn = flags("organization"),
    regionOn = flags("region"),
    outletOn = flags("outlet");
  const passes = ({ kind, region }) => organizationOn[kind] && regionOn[region];
  const period = state.compare || !narrowedYears() ? null : state.years;
  const byPiece = period || outletOn.includes(0);
  const changeOn = flags("change");
  passingEdges = [];
  undatedCount = 0;
  changeCounts.fill(0);
  for (const edge of edges) {
    const fits =
      kindOn[edge.kind] &&
      statusOn[edge.status] &&
      edge.sure >= state.sure &&
      passes(organizations[edge.source]) &&
      passes(organizations[edge.target]);
    if (fits && !edge.dated && isCollaboration(edge)) undatedCount++;
    passing[edge.id] = fits && (!byPiece || saidWithin(edge, period, outletOn)) ? 1 : 0;
    if (state.compare && passing[edge.id]) {
      const found = (change[edge.id] = edge.structure ? 3 : compared(edge, state.compare, outletOn));
      if (found >= 0 && isCollaboration(edge)) changeCounts[found]++;
      passing[edge.id] = found >= 0 && changeOn[found] ? 1 : 0;
    }
    if (passing[edge.id] && isCollaboration(edge)) passingEdges.push(edge);
  }
};

// the organizations of the drawing: a circle round one, all, or the backbone
const scope = () => {
  const within = new Uint8Array(organizations.length);
  if (state.ego != null) {
    within[state.ego] = 1;
    for (const edge of organizations[state.ego].edges)
      if (passing[edge.id] && !edge.denied) within[other(edge, state.ego)] = 1;
  } else for (const { id } of state.all && canShowAll ? drawnOrganizations : firstOrganizations) within[id] = 1;
  return within;
};
const filter = () => {
  filterEdges();
  const within = scope();
  shownEdges = edges.filter((edge) => passing[edge.id] && !edge.denied && within[edge.source] && within[edge.target]);
  isShown.fill(0);
  for (const edge of shownEdges) isShown[edge.source] = isShown[edge.target] = 1;
  if (state.ego != null) isShown[state.ego] = 1;
  shownOrganizations = organizations.filter(({ id }) => isShown[id]);
};
