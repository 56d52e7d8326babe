// The years under the drawing: how many collaborations were reported in each, a range of them, play,
// and two periods set against each other.
const perYear = countOf(collaborations, (edge) => distinct(evidenceYear, edge)); // how many were reported in each year
perYear.delete(0); // undated
const spell = ([from, to]) => (from === to ? String(from) : `${from}–${to}`);

const showYears = () => {
  const strip = $("years"),
    focused = document.activeElement?.id;
  document.body.classList.toggle("timeless", !hasYears);
  if (!hasYears) return;
  const compare = state.compare;
  strip.replaceChildren(
    element(
      "div",
      { className: "acts" },
      !compare && element("button", { id: "play", className: "main", onclick: play }, text(playing ? "stop" : "play")),
      element("button", { id: "compare", onclick: toggleCompare }, text(compare ? "compare_off" : "compare")),
    ),
    element(
      "div",
      { className: "strip" },
      yearBars(),
      ...(compare
        ? [
            range("period_a", compare[0], (years) => setCompare([years, compare[1]])),
            range("period_b", compare[1], (years) => setCompare([compare[0], years])),
          ]
        : [range("years", state.years, setYears)]),
    ),
    element(
      "div",
      { className: "chosen" },
      ...(compare ? changeChips() : [element("output", {}, spell(state.years)), undatedBox()].filter(Boolean)),
    ),
  );
  if (focused && strip.querySelector(`[id="${focused}"]`)) $(focused).focus();
};
const yearBars = () => {
  const most = Math.max(1, ...perYear.values());
  const periods = state.compare || [null, state.years],
    within = (years, year) => years && year >= years[0] && year <= years[1];
  return element(
    "div",
    { className: "bars", "aria-hidden": "true" },
    ...Array.from({ length: lastYear - firstYear + 1 }, (_, at) => {
      const year = firstYear + at,
        count = perYear.get(year) || 0;
      const only = state.years[0] === year && state.years[1] === year;
      const bar = element("button", {
        className: within(periods[1], year) ? "on" : within(periods[0], year) ? "before" : "",
        title: `${year}: ${number(count)}`,
        tabIndex: -1,
        onclick: () => state.compare || setYears(only ? [firstYear, lastYear] : [year, year]),
      });
      bar.style.setProperty("--part", count / most);
      return bar;
    }),
  );
};
const range = (name, years, set) => {
  const thumb = (at) =>
    element("input", {
      type: "range",
      min: firstYear,
      max: lastYear,
      value: years[at],
      id: `${name}_${at}`,
      "aria-label": `${text(name)}: ${text(at ? "to_year" : "from_year")}`,
      oninput: (event) => {
        const chosen = [...years];
        chosen[at] = +event.target.value;
        if (chosen[0] > chosen[1]) chosen[1 - at] = chosen[at];
        later(() => set(chosen));
      },
    });
  const row = element("div", { className: `range ${name}` }, thumb(0), thumb(1));
  const span = lastYear - firstYear;
  row.style.setProperty("--from", (years[0] - firstYear) / span);
  row.style.setProperty("--to", (years[1] - firstYear) / span);
  return row;
};
const undatedBox = () =>
  undatedCount > 0 &&
  element(
    "label",
    {},
    element("input", {
      type: "checkbox",
      checked: state.undated,
      onchange: (event) => {
        state.undated = event.target.checked;
        refresh({ keep: true });
      },
    }),
    text("with_undated", { count: number(undatedCount) }),
  );
const changeChips = () => [
  element("output", {}, `${spell(state.compare[0])} → ${spell(state.compare[1])}`),
  element(
    "div",
    { className: "chips" },
    ...CHANGES.map((name, change) => {
      const token = tokenOf.change(change);
      return element(
        "button",
        {
          className: "chip change-" + name,
          "aria-pressed": String(!state.off.has(token)),
          onclick: () => toggle([token]),
        },
        text(name, { count: number(changeCounts[change]) }),
      );
    }),
  ),
];

const setYears = (years) => {
  const before = new Set(shownEdges.map(({ id }) => id));
  state.years = years;
  refresh({ keep: true, legend: false });
  if (!STILL.matches && before.size)
    for (const { id } of shownEdges) if (!before.has(id)) born.set(id, performance.now());
  geometry++;
  redraw();
};
const setCompare = (periods) => {
  state.compare = periods;
  refresh({ keep: true, legend: false });
};
const toggleCompare = () => {
  if (playing) play();
  const middle = Math.floor((firstYear + lastYear) / 2);
  state.compare = state.compare
    ? null
    : [
        [firstYear, middle],
        [middle + 1, lastYear],
      ];
  refresh({ keep: true });
};

const BEAT_MS = 950;
let playing = 0;
const play = () => {
  if (playing) {
    clearInterval(playing);
    playing = 0;
    return showYears();
  }
  if (state.years[1] >= lastYear) setYears([state.years[0], state.years[0]]);
  playing = setInterval(
    () => (state.years[1] >= lastYear ? play() : setYears([state.years[0], state.years[1] + 1])),
    BEAT_MS,
  );
  showYears();
};
