// The columns of the page as organizations, edges and pieces of evidence; a small maker of elements.
const $ = (id) => document.getElementById(id);
const read = (id) => JSON.parse($(id).textContent);
const data = read("data"),
  texts = read("texts"),
  vocabulary = data.vocabulary;

const element = (tag, properties, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {}))
    if (value == null) continue;
    else if (name in made && !name.startsWith("aria")) made[name] = value;
    else made.setAttribute(name, value);
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
};

const STRUCTURE = vocabulary.kinds.findIndex((kind) => kind[2] === "structure");
const NEGATED = vocabulary.statuses.indexOf("negated");
const FAMILIES = [...vocabulary.families.map((family) => family[0]), "structure"];
const kinds = vocabulary.kinds.map(([name, label, family, directed], id) => ({
  id,
  name,
  label,
  directed,
  family: FAMILIES.indexOf(family),
}));

const organizations = data.organizations.map((row, id) => ({
  id,
  key: row[0],
  name: row[1],
  kind: row[2],
  region: row[3],
  zh: row[4] || row[1],
  label: row[5] || "",
  latin: row[5] || row[1],
  en: row[6] || row[5] || row[1],
  initials: row[7] || [...row[1]].map((character) => data.letters[character] || character.toLowerCase()).join(""),
  aliases: (row[8] || []).map((alias) => (typeof alias === "string" ? [alias, "alias"] : alias)),
  identifiers: row[9] || [],
  forms: row[10] || [],
  drawn: row.length > 11,
  x: row[11],
  y: row[12],
  first: row.length > 13,
  firstX: row[13],
  firstY: row[14],
  edges: [],
  partners: 0,
  size: 5,
}));

const articles = data.articles.rows.map(([title, published, outlet, origin]) => ({
  title: title || "",
  published: published || "",
  outlet,
  origin: origin || "",
}));
const outlets = data.articles.outlets;

// organization → how it is known where it sits, and the sentences that say it; the name says it of all others
const seats = new Map(
  data.seats.map(([id, ground, ...said]) => [
    id,
    {
      ground,
      said: said.filter((_, at) => at % 2 === 0).map((text, at) => ({ text, article: articles[said[2 * at + 1]] })),
    },
  ]),
);
const columns = data.edges,
  dates = columns.dates;
const yearOf = (date) => (date ? +date.slice(0, 4) || 0 : 0);

// one entry a piece of evidence, in order of the edges
const evidenceYear = Int16Array.from(
  columns.date,
  (date, at) => yearOf(dates[date]) || yearOf(articles[columns.article[at]].published),
);
const evidenceOutlet = Int32Array.from(columns.article, (article) => articles[article].outlet);

const edges = [];
for (let id = 0, start = 0; id < columns.source.length; id++) {
  const count = columns.count[id];
  edges.push({
    id,
    source: columns.source[id],
    target: columns.target[id],
    kind: columns.kind[id],
    status: columns.status[id],
    sure: columns.sure[id],
    since: dates[columns.since[id]],
    last: dates[columns.last[id] || columns.since[id]],
    reports: columns.reports[id],
    start,
    count,
    bend: 0,
    dated: evidenceYear.subarray(start, start + count).some((year) => year > 0),
    structure: columns.kind[id] === STRUCTURE,
    denied: columns.status[id] === NEGATED,
  });
  start += count;
}
for (const edge of edges) {
  organizations[edge.source].edges.push(edge);
  organizations[edge.target].edges.push(edge);
}
const isCollaboration = (edge) => !edge.structure && !edge.denied;
const other = (edge, id) => (edge.source === id ? edge.target : edge.source);
for (const organization of organizations) {
  organization.partners = new Set(
    organization.edges.filter(isCollaboration).map((edge) => other(edge, organization.id)),
  ).size;
  organization.size = 5 + 2.6 * Math.sqrt(organization.partners); // as graph/view/page.py: disc_radius
}
// all that there is, in this page and beyond it
const totals = {
  organizations: organizations.length + data.beyond[0],
  collaborations: edges.filter(isCollaboration).length + data.beyond[1],
};
const byRank = [...organizations].sort((a, b) => b.partners - a.partners || a.id - b.id);

// parallel edges bend apart: 0, +1, -1, +2 … round the straight line; the sign turns with the direction,
// else two of opposite direction would lie on each other
const pairs = new Map();
for (const edge of edges) {
  if (edge.denied) continue;
  const pair = Math.min(edge.source, edge.target) * organizations.length + Math.max(edge.source, edge.target);
  if (pairs.has(pair)) pairs.get(pair).push(edge);
  else pairs.set(pair, [edge]);
}
for (const same of pairs.values())
  if (same.length > 1)
    same.forEach((edge, at) => {
      const step = same.length % 2 ? Math.ceil(at / 2) : Math.floor(at / 2) + 0.5;
      edge.bend = 0.17 * step * (at % 2 ? 1 : -1) * (edge.source > edge.target ? -1 : 1);
    });

let firstYear = 9999,
  lastYear = 0;
for (const year of evidenceYear)
  if (year) {
    firstYear = Math.min(firstYear, year);
    lastYear = Math.max(lastYear, year);
  }
const hasYears = lastYear > firstYear;

// sentences are unpacked when the first is to be read
let unpacked = null;
const sentencesOf = (edge) => {
  if (!unpacked) {
    unpacked = read("sentences");
    unpacked.first = new Int32Array(edges.length + 1);
    for (const { id, count } of edges)
      unpacked.first[id + 1] = unpacked.first[id] + (unpacked.kept ? Math.min(count, unpacked.kept) : count);
  }
  const found = [];
  for (let at = unpacked.first[edge.id], piece = edge.start; at < unpacked.first[edge.id + 1]; at++, piece++) {
    const [words, s0, s1, t0, t1, c0, c1, via, line, page, method] = unpacked.rows[at];
    found.push({
      edge,
      text: unpacked.texts[words],
      source: [s0, s1],
      target: [t0, t1],
      trigger: [c0, c1],
      via: unpacked.words[via],
      line,
      page,
      method: unpacked.words[method],
      article: articles[columns.article[piece]],
      date: dates[columns.date[piece]],
      year: evidenceYear[piece],
      sure: columns.certain[piece],
      status: columns.state[piece],
    });
  }
  return found;
};
const articleCount = (edge) => new Set(columns.article.slice(edge.start, edge.start + edge.count)).size;
