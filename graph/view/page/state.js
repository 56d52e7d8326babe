// What the reader has chosen; all of it stands in the address, which is checked when it is read.
const VIEWS = ["graph", "organizations", "collaborations"];
const browserLanguage = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
const state = {
  language: browserLanguage,
  theme: "",
  view: "graph",
  off: new Set(),
  years: [firstYear, lastYear],
  undated: true,
  sure: 0,
  all: false,
  ego: null,
  selected: null,
  compare: null,
  sort: "",
};
let hovered = null; // as state.selected: {organization: id} or {edge: id}

const text = (key, values) => {
  const own = texts[state.language];
  let words = (values?.count === "1" && own[key + "_one"]) || (own[key] ?? key);
  for (const [name, value] of Object.entries(values || {})) words = words.replace(`{${name}}`, () => String(value));
  return words;
};
const label = (labels) => labels[state.language] || labels.zh;
const fullName = (organization) => (state.language === "en" ? organization.latin : organization.name);
const shortName = (organization) => organization[state.language];
const regionName = (region) => (region ? data.regions[region][state.language === "en" ? 1 : 0] : text("no_region"));
const formats = { zh: new Intl.NumberFormat("zh-CN"), en: new Intl.NumberFormat("en") };
const number = (value) => formats[state.language].format(value);

const byKey = new Map(organizations.map((organization) => [organization.key, organization.id]));
const kindByName = new Map(kinds.map((kind) => [kind.name, kind.id]));
const keyOf = (selected) => {
  if (selected.organization != null) return "o." + organizations[selected.organization].key;
  const edge = edges[selected.edge];
  return ["e", organizations[edge.source].key, kinds[edge.kind].name, organizations[edge.target].key].join(".");
};
const ofKey = (key) => {
  const [what, first, kind, second] = (key || "").split(".");
  const source = findKey(first);
  if (source == null) return null;
  if (what === "o") return { organization: source };
  const target = findKey(second),
    wanted = kindByName.get(kind);
  const edge =
    what === "e" &&
    organizations[source].edges.find(
      (each) => each.source === source && each.target === target && each.kind === wanted,
    );
  return edge ? { edge: edge.id } : null;
};
// an id, or a start of one: a page of another day may need more digits of it, or fewer
const findKey = (key) => {
  if (byKey.has(key)) return byKey.get(key);
  if (!key || key.length < 6) return null;
  const fitting = organizations.filter(
    (organization) => key.startsWith(organization.key) || organization.key.startsWith(key),
  );
  return fitting.length === 1 ? fitting[0].id : null;
};
const period = (words) => {
  const found = /^(\d{4})-(\d{4})$/.exec(words || "");
  if (!found || !hasYears) return null;
  const clamp = (year) => Math.min(lastYear, Math.max(firstYear, +year));
  return [clamp(found[1]), clamp(found[2])].sort((a, b) => a - b);
};

const writeAddress = () => {
  const parameters = new URLSearchParams();
  if (state.language !== browserLanguage) parameters.set("lang", state.language);
  if (state.theme) parameters.set("theme", state.theme);
  if (state.view !== "graph") parameters.set("view", state.view);
  if (state.off.size) parameters.set("off", [...state.off].map(encodeURIComponent).join(","));
  if (hasYears && (state.years[0] !== firstYear || state.years[1] !== lastYear))
    parameters.set("years", state.years.join("-"));
  if (!state.undated) parameters.set("undated", "0");
  if (state.sure) parameters.set("sure", state.sure);
  if (state.all) parameters.set("all", "1");
  if (state.ego != null) parameters.set("ego", organizations[state.ego].key);
  if (state.selected) parameters.set("show", keyOf(state.selected));
  if (state.compare) parameters.set("compare", state.compare.map((years) => years.join("-")).join(","));
  if (state.sort) parameters.set("sort", state.sort);
  const hash = String(parameters);
  if (hash === location.hash.slice(1)) return;
  try {
    history.replaceState(null, "", "#" + hash);
  } catch {
    /* a frame without an address of its own */
  }
};
const decode = (words) => {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
};
const readAddress = () => {
  const parameters = new URLSearchParams(location.hash.slice(1)),
    bare = location.hash.length < 2;
  const choice = (name, allowed, otherwise) =>
    allowed.includes(parameters.get(name)) ? parameters.get(name) : otherwise;
  state.language = choice("lang", ["zh", "en"], browserLanguage);
  state.theme = choice("theme", ["light", "dark"], "");
  state.view = choice("view", VIEWS, "graph");
  state.off = new Set(
    (parameters.get("off") || "")
      .split(",")
      .filter(Boolean)
      .map(decode)
      .filter((token) => tokens.has(token)),
  );
  state.years = period(parameters.get("years")) || [firstYear, lastYear];
  state.undated = parameters.get("undated") !== "0";
  state.sure = Math.min(100, Math.max(0, Math.round(+parameters.get("sure")) || 0));
  state.all = parameters.get("all") === "1";
  const focus = parameters.get("focus") ? search(parameters.get("focus")).found[0]?.id : null; // a name
  state.ego = findKey(parameters.get("ego")) ?? focus ?? (bare ? data.focus : null);
  state.selected =
    ofKey(parameters.get("show")) ||
    (state.ego != null && (bare || focus != null) ? { organization: state.ego } : null);
  const periods = (parameters.get("compare") || "").split(",").map(period);
  state.compare = periods.length === 2 && periods.every(Boolean) ? periods : null;
  state.sort = /^-?[a-z_]+$/.test(parameters.get("sort") || "") ? parameters.get("sort") : "";
};
