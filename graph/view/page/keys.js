// The keyboard: everything that the pointer can do.

const zoomBy = (factor) =>
  network.moveTo({
    scale: network.getScale() * factor,
    animation: STILL.matches ? false : { duration: 160, easingFunction: "easeOutQuad" },
  });
const neighbours = () => {
  const id = state.selected?.organization ?? state.ego;
  if (id == null) return [];
  return [
    ...new Set(
      organizations[id].edges.filter((edge) => passing[edge.id] && !edge.denied).map((edge) => other(edge, id)),
    ),
  ].filter((each) => isShown[each]);
};
let walking = { from: null, at: -1 };
const walk = (step) => {
  const start =
    walking.from != null && state.selected?.organization === walking.last
      ? walking.from
      : (state.selected?.organization ?? state.ego);
  if (start == null) return;
  if (walking.from !== start) walking = { from: start, at: -1, last: start };
  state.selected = { organization: start };
  const around = neighbours();
  if (!around.length) return;
  walking.at = (walking.at + step + around.length * 2) % around.length;
  walking.last = around[walking.at];
  select({ organization: walking.last }, { move: true });
};
const escape = () => {
  if (document.body.classList.contains("filtering")) openFilters(false);
  else if (state.view !== "graph") {
    state.view = "graph";
    refresh({ keep: true });
  } else if (state.selected && !(state.ego != null && state.selected.organization === state.ego)) select(null);
  else if (state.ego != null) {
    state.selected = null;
    leaveCircle();
  }
};
host.addEventListener("keydown", (event) => {
  const view = network.getViewPosition(),
    step = 90 / network.getScale();
  const pan = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  const id = state.selected?.organization;
  if (pan) network.moveTo({ position: { x: view.x + pan[0], y: view.y + pan[1] } });
  else if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fit(true);
  else if (event.key === "Enter") {
    if (id != null) openCircle(id);
    else {
      const first = byRank.find((each) => isShown[each.id]);
      if (first) select({ organization: first.id }, { move: true });
    }
  } else if (event.key === "[" || event.key === "]") walk(event.key === "]" ? 1 : -1);
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/") {
    $("query").focus();
    event.preventDefault();
  } else if (event.key === "Escape") escape();
  else if (event.key.toLowerCase() === "t") {
    state.view = VIEWS[(VIEWS.indexOf(state.view) + 1) % VIEWS.length];
    state.sort = "";
    refresh({ keep: true });
  }
});
