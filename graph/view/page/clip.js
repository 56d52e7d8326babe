// Labels of at most so many letters, no two of a drawing cut to the same.
const MOST_LETTERS = 30; // a Chinese character counts two
const lettersOf = (words) => {
  let sum = words.length;
  for (let at = 0; at < words.length; at++) if (words.charCodeAt(at) > 0x2e80) sum++;
  return sum;
};
// words that are read as well when short
const SHORTER = {
  Academy: "Acad.",
  Association: "Assoc.",
  Commission: "Comm.",
  Committee: "Cttee.",
  Department: "Dept.",
  Development: "Dev.",
  District: "Dist.",
  Electronics: "Electr.",
  Engineering: "Eng.",
  Information: "Info.",
  Institute: "Inst.",
  International: "Intl.",
  Laboratory: "Lab.",
  Management: "Mgmt.",
  Manufacturing: "Mfg.",
  National: "Natl.",
  Pharmaceutical: "Pharm.",
  Research: "Res.",
  Science: "Sci.",
  Sciences: "Sci.",
  Semiconductor: "Semicond.",
  Technology: "Tech.",
  University: "Univ.",
};
const cut = (words, most) => {
  let kept = words;
  while (kept && lettersOf(kept) >= most) kept = kept.slice(0, -1);
  return kept.trimEnd() + "…";
};
// what tells two apart stands in brackets at the end, and stays
const clip = (words, most) => {
  if (lettersOf(words) <= most) return words;
  words = words.replace(/[A-Z][a-z]{6,}/g, (word) => SHORTER[word] ?? word);
  if (lettersOf(words) <= most) return words;
  const end = / \([^()]{1,12}\)$/.exec(words)?.[0] ?? "";
  return cut(words.slice(0, words.length - end.length), most - lettersOf(end)) + end;
};
const commonStart = (group) => {
  let length = 0;
  while (group.every((words) => words[length] && words[length] === group[0][length])) length++;
  return group[0].slice(0, length).replace(/[^\s\u2e80-\uffff]+$/, ""); // whole words
};
// of names that begin alike the middle is left out, else what is before their end, else nothing
const MIDDLES = [
  (words, most, start) => cut(words, most * 0.4) + clip(words.slice(start.length), most * 0.6),
  (words, most) => cut(words, most * 0.4) + words.slice(-Math.floor((most * 0.6 * words.length) / lettersOf(words))),
  (words) => words,
];
const clipApart = (group, most, taken) => {
  const start = commonStart(group);
  for (const shorten of MIDDLES) {
    const labels = group.map((words) => shorten(words, most, start));
    if (new Set(labels).size === labels.length && labels.every((label) => !taken.has(label))) return labels;
  }
  return group;
};

let labels = new Map(), // of the organizations that are shown
  labelsFor = [];
const labelsOfShown = () => {
  const look = [shownOrganizations, state.language];
  if (equal(look, labelsFor)) return labels;
  labelsFor = look;
  labels = new Map();
  const most = MOST_LETTERS * (shownOrganizations.length < 40 ? 1.6 : 1),
    alike = new Map();
  for (const organization of shownOrganizations) {
    const words = clip(shortName(organization), most);
    labels.set(organization.id, words);
    if (words.includes("…")) alike.set(words, [...(alike.get(words) || []), organization]);
  }
  for (const group of alike.values())
    if (group.length > 1) {
      const apart = clipApart(group.map(shortName), most, alike);
      group.forEach(({ id }, at) => labels.set(id, apart[at]));
    }
  return labels;
};
