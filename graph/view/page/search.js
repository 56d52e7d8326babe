// Finding an organization: by any of its names, by pinyin initials, by words in any order, and nearly.
const fold = (words) =>
  words
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s“”"'‘’《》「」()[\]【】〔〕,.]/g, ""); // as extract/names.py: fold_name
let indexed = null;
const indexNames = () =>
  (indexed ??= organizations.map((organization) => ({
    organization,
    initials:
      organization.initials ||
      Array.from(organization.name, (character) => data.letters[character] || character.toLowerCase()).join(""),
    names: [
      ...new Set(
        [
          organization.name,
          organization.label,
          organization.zh,
          organization.en,
          ...organization.aliases.map(([alias]) => alias),
          ...organization.forms,
        ]
          .filter(Boolean)
          .map(fold),
      ),
    ],
  })));
const HITS = 12;

// the least number of letters to change, add or drop so that `wanted` stands in `words`, or more than `most`
let above = new Uint8Array(256),
  below = new Uint8Array(256);
const distanceIn = (wanted, words, most) => {
  const width = Math.min(words.length, 255);
  above.fill(0, 0, width + 1);
  for (let i = 1; i <= wanted.length; i++) {
    let least = (below[0] = Math.min(255, i));
    for (let j = 1; j <= width; j++) {
      below[j] = Math.min(above[j - 1] + (wanted[i - 1] !== words[j - 1]), above[j] + 1, below[j - 1] + 1);
      if (below[j] < least) least = below[j];
    }
    if (least > most) return most + 1;
    [above, below] = [below, above];
  }
  return above.subarray(0, width + 1).reduce((a, b) => Math.min(a, b));
};
// whether so few changes can be enough: each of them breaks at most two pairs of neighbouring letters
const mayBeNear = (pairs, words, most) => {
  let missing = 0;
  for (const pair of pairs) if (!words.includes(pair) && ++missing > 2 * most) return false;
  return true;
};
const search = (query) => {
  const wanted = fold(query),
    parts = query.split(/\s+/).map(fold).filter(Boolean);
  if (!wanted) return { found: [], near: false };
  const ranked = [];
  for (const { organization, names, initials } of indexNames()) {
    let rank = 9;
    for (const name of names)
      if (name === wanted) rank = 0;
      else if (name.startsWith(wanted)) rank = Math.min(rank, 1);
      else if (name.includes(wanted)) rank = Math.min(rank, 2);
    if (rank === 9 && initials.includes(wanted)) rank = initials.startsWith(wanted) ? 3 : 4;
    if (rank === 9 && parts.length > 1 && parts.every((part) => names.some((name) => name.includes(part)))) rank = 5;
    if (rank < 9) ranked.push([rank, organization]);
  }
  const byRankAndSize = (a, b) => a[0] - b[0] || b[1].partners - a[1].partners || a[1].id - b[1].id;
  if (ranked.length || wanted.length < 3)
    return {
      found: ranked
        .sort(byRankAndSize)
        .slice(0, HITS)
        .map(([, organization]) => organization),
      near: false,
    };
  const most = Math.max(1, Math.floor(wanted.length / 4));
  const pairs = Array.from({ length: wanted.length - 1 }, (_, at) => wanted.slice(at, at + 2));
  for (const { organization, names } of indexNames()) {
    let nearest = most + 1;
    for (const name of names)
      if (mayBeNear(pairs, name, most)) nearest = Math.min(nearest, distanceIn(wanted, name, most));
    if (nearest <= most) ranked.push([nearest, organization]);
  }
  return {
    found: ranked
      .sort(byRankAndSize)
      .slice(0, HITS)
      .map(([, organization]) => organization),
    near: true,
  };
};

let hits = [],
  marked = -1;
const showHits = () => {
  const box = $("query"),
    list = $("hits"),
    query = box.value.trim();
  const result = query ? search(query) : { found: [], near: false };
  hits = result.found;
  marked = Math.min(marked, hits.length - 1);
  list.hidden = !query;
  box.setAttribute("aria-expanded", String(!list.hidden));
  if (marked >= 0) box.setAttribute("aria-activedescendant", "hit" + marked);
  else box.removeAttribute("aria-activedescendant");
  const note = !query ? null : !hits.length ? text("no_hit") : result.near ? text("near_hits") : null;
  list.replaceChildren(
    ...(note
      ? [element("li", { role: "option", className: "note", "aria-disabled": "true", "aria-selected": "false" }, note)]
      : []),
    ...hits.map((organization, at) =>
      element(
        "li",
        {
          role: "option",
          id: "hit" + at,
          "aria-selected": String(at === marked),
          onpointerdown: (event) => {
            event.preventDefault();
            take(organization);
          },
        },
        discIcon(organization.kind),
        element("span", {}, fullName(organization), element("small", {}, secondName(organization))),
        element("small", {}, text("partner_count", { count: number(organization.partners) })),
      ),
    ),
  );
};
const secondName = (organization) =>
  state.language === "en" ? (organization.label ? organization.name : "") : organization.label;
const take = (organization) => {
  $("query").value = "";
  marked = -1;
  showHits();
  const elsewhere = state.view !== "graph";
  state.view = "graph";
  // one that the drawing does not show is shown in its own circle; a filter that hides it is lifted
  const lifted = [tokenOf.organization(organization.kind), tokenOf.region(organization.region)].filter((token) =>
    state.off.delete(token),
  );
  filter();
  if (isShown[organization.id])
    select({ organization: organization.id }, { move: true, refilter: elsewhere || lifted.length > 0 });
  else openCircle(organization.id, { legend: lifted.length > 0 });
};
const searchKeys = (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (hits.length)
      marked =
        (marked +
          (event.key === "ArrowDown" ? 1 : hits.length * 2 - 1) +
          (marked < 0 && event.key === "ArrowUp" ? 1 : 0)) %
        hits.length;
    showHits();
    event.preventDefault();
  } else if (event.key === "Enter" && hits.length) take(hits[Math.max(marked, 0)]);
  else if (event.key === "Escape") {
    $("query").value = "";
    showHits();
    $("query").blur();
  }
};
