// The years under the drawing: how many collaborations were reported in each, a range of them, and play.
const yearCounts = () => {
  const counts = new Map();
  for (const edge of edges) if (isCollaboration(edge)) for (const year of edgeYears(edge)) counts.set(year, (counts.get(year) || 0) + 1);
  return counts;
};
const edgeYears = (edge) => new Set(evidenceYear.subarray(edge.start, edge.start + edge.count).filter((year) => year > 0));
const counted = hasYears ? yearCounts() : new Map();
const changeOf = () => 3;

let playing = 0;
const showYears = () => {
  const strip = $("years");
  document.body.classList.toggle("timeless", !hasYears);
  if (!hasYears) return;
  const most = Math.max(1, ...counted.values()), [from, to] = state.years;
  const bars = Array.from({ length: lastYear - firstYear + 1 }, (_, at) => {
    const year = firstYear + at, count = counted.get(year) || 0;
    const bar = element("button", { className: year >= from && year <= to ? "on" : "", title: `${year}: ${number(count)}`, tabIndex: -1, onclick: () => setYears(from === year && to === year ? [firstYear, lastYear] : [year, year]) });
    bar.style.setProperty("--part", count / most);
    return bar;
  });
  const slider = (at, words) => element("input", { type: "range", min: firstYear, max: lastYear, value: state.years[at], "aria-label": text(words), id: words,
    oninput: (event) => { const years = [...state.years]; years[at] = +event.target.value; if (years[0] > years[1]) years[1 - at] = years[at]; later(() => setYears(years)); } });
  const old = document.activeElement?.id;
  strip.replaceChildren(
    element("button", { id: "play", className: "main", onclick: play }, playing ? text("stop") : text("play")),
    element("div", { className: "strip" }, element("div", { className: "bars", "aria-hidden": "true" }, ...bars), element("div", { className: "range" }, slider(0, "from_year"), slider(1, "to_year"))),
    element("div", { className: "chosen" }, element("output", {}, from === to ? String(from) : `${from}–${to}`),
      undatedCount > 0 && element("label", {}, element("input", { type: "checkbox", checked: state.undated, onchange: (event) => { state.undated = event.target.checked; refresh(); } }), text("with_undated", { count: number(undatedCount) }))));
  if (old === "from_year" || old === "to_year" || old === "play") $(old).focus();
};
const setYears = (years) => {
  const before = new Set(shownEdges.map((edge) => edge.id));
  state.years = years;
  refresh({ keep: true });
  if (!STILL.matches) for (const edge of shownEdges) if (!before.has(edge.id)) born.set(edge.id, performance.now());
  geometry++;
  network.redraw();
};
const BEAT_MS = 950;
const play = () => {
  if (playing) { clearInterval(playing); playing = 0; return showYears(); }
  if (state.years[1] >= lastYear) setYears([state.years[0], state.years[0]]);
  playing = setInterval(() => {
    if (state.years[1] >= lastYear) return play();
    setYears([state.years[0], state.years[1] + 1]);
  }, BEAT_MS);
  showYears();
};
