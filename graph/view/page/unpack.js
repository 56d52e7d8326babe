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
  initials: row[7], // 0 where they are those of the letters
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

// Long loops stand in functions: what stands at the top, in one function of all scripts, is too long to be compiled.
// one entry a piece of evidence, in order of the edges
const dateYears = dates.map(yearOf),
  articleYears = articles.map(({ published }) => yearOf(published));
const evidenceYear = new Int16Array(columns.article.length),
  evidenceOutlet = new Int32Array(columns.article.length);
const unpackEvidence = ({ article, date }) => {
  for (let piece = 0; piece < article.length; piece++) {
    evidenceYear[piece] = dateYears[date[piece]] || articleYears[article[piece]];
    evidenceOutlet[piece] = articles[article[piece]].outlet;
  }
};
unpackEvidence(columns);
// the distinct numbers that a column has for an edge
const distinct = (column, { start, count }) => {
  const found = [];
  for (let piece = start; piece < start + count; piece++) if (!found.includes(column[piece])) found.push(column[piece]);
  return found;
};
const countOf = (list, ofEach) => {
  const counts = new Map();
  for (const each of list) for (const found of ofEach(each)) counts.set(found, (counts.get(found) || 0) + 1);
  return counts;
};

const edges = [];
const unpackEdges = ({ source, target, kind, status, sure, since, last, reports, count }) => {
  for (let id = 0, start = 0; id < source.length; start += count[id++]) {
    let dated = false;
    for (let piece = start; piece < start + count[id]; piece++) if (evidenceYear[piece]) dated = true;
    const edge = {
      id,
      source: source[id],
      target: target[id],
      kind: kind[id],
      status: status[id],
      sure: sure[id],
      since: dates[since[id]],
      last: dates[last[id] || since[id]],
      reports: reports[id],
      start,
      count: count[id],
      bend: 0,
      dated,
      structure: kind[id] === STRUCTURE,
      denied: status[id] === NEGATED,
    };
    edges.push(edge);
    organizations[edge.source].edges.push(edge);
    organizations[edge.target].edges.push(edge);
  }
};
unpackEdges(columns);
const isCollaboration = (edge) => !edge.structure && !edge.denied;
const other = (edge, id) => (edge.source === id ? edge.target : edge.source);

// parallel edges bend apart: 0, +1, -1, +2 … round the straight line; the sign turns with the direction,
// else two of opposite direction would lie on each other
const bendApart = (edges) =>
  edges.forEach((edge, at) => {
    const step = edges.length % 2 ? Math.ceil(at / 2) : Math.floor(at / 2) + 0.5;
    edge.bend = 0.17 * step * (at % 2 ? 1 : -1) * (edge.source > edge.target ? -1 : 1);
  });
const meetPartners = () => {
  const met = new Int32Array(organizations.length).fill(-1), // by whom last, as a partner
    paired = new Int32Array(organizations.length).fill(-1),
    pairs = new Array(organizations.length); // the edges from the one at hand
  for (const organization of organizations) {
    const parallel = new Set();
    for (const edge of organization.edges) {
      if (edge.denied) continue;
      const id = other(edge, organization.id);
      if (!edge.structure && met[id] !== organization.id) {
        met[id] = organization.id;
        organization.partners++;
      }
      if (id < organization.id) continue; // paired from there
      if (paired[id] === organization.id) {
        pairs[id].push(edge);
        parallel.add(pairs[id]);
      } else {
        paired[id] = organization.id;
        pairs[id] = [edge];
      }
    }
    parallel.forEach(bendApart);
    organization.size = 5 + 2.6 * Math.sqrt(organization.partners); // as graph/view/page.py: disc_radius
  }
};
meetPartners();
// all that there is, in this page and beyond it
const collaborations = edges.filter(isCollaboration);
const totals = {
  organizations: organizations.length + data.beyond[0],
  collaborations: collaborations.length + data.beyond[1],
};
const byRank = [...organizations].sort((a, b) => b.partners - a.partners || a.id - b.id);

const dated = evidenceYear.filter((year) => year > 0),
  firstYear = dated.reduce((a, b) => Math.min(a, b), 9999),
  lastYear = dated.reduce((a, b) => Math.max(a, b), 0);
const hasYears = lastYear > firstYear;

// sentences are unpacked when there is time, or when the first is to be read
let unpacked = null;
const unpackSentences = () => {
  if (unpacked) return unpacked;
  unpacked = read("sentences");
  unpacked.first = new Int32Array(edges.length + 1);
  for (const { id, count } of edges)
    unpacked.first[id + 1] = unpacked.first[id] + (unpacked.kept ? Math.min(count, unpacked.kept) : count);
  return unpacked;
};
const sentencesOf = (edge) => {
  const unpacked = unpackSentences();
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
const articleCount = (edge) => distinct(columns.article, edge).length;
