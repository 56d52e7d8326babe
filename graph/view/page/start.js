// Putting it together: what happens on a choice, on pointer and keys, and when the page opens.
const select = (chosen, { move = false, refilter = false } = {}) => {
  state.selected = chosen;
  hovered = null;
  if (chosen) document.body.classList.add("met");
  if (chosen?.organization != null && !isShown[chosen.organization] && organizations[chosen.organization].drawn && state.view === "graph") return openCircle(chosen.organization);
  if (refilter || state.view !== "graph") return refresh({ move });
  showPanel();
  if (move && chosen) goTo();
  redraw();
  writeAddress();
};
const openCircle = (id) => {
  state.ego = id;
  state.view = "graph";
  state.selected = { organization: id };
  hovered = null;
  document.body.classList.add("met");
  refresh({ eased: true, fitted: true });
};
const leaveCircle = () => {
  state.ego = null;
  refresh({ eased: true, fitted: true });
};
let circle = null, whole = false; // what the drawing shows now
const refresh = ({ move = false, eased = false, fitted = false, keep = false, legend = true } = {}) => {
  filter();
  const another = circle !== state.ego || whole !== state.all;
  circle = state.ego;
  whole = state.all;
  showDiscs((eased || (state.ego != null && !keep)) && !STILL.matches);
  showWords({ legend });
  showPanel();
  if (fitted || another) fit(eased);
  else if (move && state.selected) goTo();
  redraw();
  writeAddress();
};
const showWords = ({ legend = true } = {}) => {
  const organizationsShown = shownOrganizations.length, collaborationsShown = shownEdges.filter(isCollaboration).length;
  const less = organizationsShown < totals.organizations || collaborationsShown < totals.collaborations;
  document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
  document.title = $("title").textContent = data.title || text("title");
  $("count").textContent = text("count", { organizations: number(organizationsShown), collaborations: number(collaborationsShown) }) +
    (less ? text("count_of", { organizations: number(totals.organizations), collaborations: number(totals.collaborations) }) : "");
  for (const button of $("views").children) {
    button.textContent = text(button.dataset.view);
    button.setAttribute("aria-pressed", String(state.view === button.dataset.view));
  }
  $("query").placeholder = text("search");
  $("query").setAttribute("aria-label", text("search"));
  $("hits").setAttribute("aria-label", text("search"));
  $("filters").textContent = text("filters");
  $("filters").classList.toggle("main", filtered());
  $("save").firstElementChild.textContent = text("save");
  $("language").textContent = text("language");
  $("language").lang = state.language === "en" ? "zh-CN" : "en";
  for (const [id, key] of [["theme", "theme"], ["closer", "closer"], ["farther", "farther"], ["fit", "fit"], ["views", "views"], ["zoom", "zoom"], ["graph", "canvas"], ["legend", "filters"], ["years", "years"]]) $(id).setAttribute("aria-label", text(key));
  for (const id of ["theme", "closer", "farther", "fit"]) $(id).title = text(id);
  $("hint").textContent = text("hint");
  showScope();
  showFiles();
  showYears();
  if (legend) showLegend();
  showTable();
};
const showScope = () => {
  const alone = organizations.length - drawnOrganizations.length;
  const values = { shown: number(firstOrganizations.length), count: number(drawnOrganizations.length) };
  const act = (words, work, main) => element("button", { className: main ? "main" : "", onclick: work }, words);
  const content = state.ego != null ? [text("ego_note", { name: shortName(organizations[state.ego]) }), act(text("back"), leaveCircle)]
    : !hasMore ? alone ? [text("alone", { count: number(alone) })] : []
      : state.all && canShowAll ? [act(text("first"), () => { state.all = false; refresh({ eased: true, fitted: true }); })]
        : canShowAll ? [text("first_note", values), act(text("all", values), () => { state.all = true; refresh({ eased: true, fitted: true }); })] : [text("too_many", values)];
  $("scope").replaceChildren(...content);
};

const tip = (words, pointer) => {
  const box = $("tip");
  box.hidden = !words;
  if (!words) return;
  box.textContent = words;
  box.style.left = Math.min(pointer.x + 14, host.clientWidth - box.offsetWidth - 8) + "px";
  box.style.top = Math.min(pointer.y + 16, host.clientHeight - box.offsetHeight - 8) + "px";
};
const describe = (found) => {
  if (found.organization != null) {
    const organization = organizations[found.organization];
    return `${fullName(organization)}  ·  ${text("partner_count", { count: number(organization.partners) })}`;
  }
  const edge = edges[found.edge], kind = kinds[edge.kind];
  return `${shortName(organizations[edge.source])} ${kind.directed ? "→" : "—"} ${shortName(organizations[edge.target])}  ·  ${label(kind.label)}${edge.status === ACTIVE ? "" : " · " + statusText(edge)}${state.compare ? " · " + CHANGE_COLUMN[1](edge) : ""}`;
};
const same = (a, b) => a?.organization === b?.organization && a?.edge === b?.edge;
host.addEventListener("pointermove", (event) => {
  if (event.buttons || event.pointerType === "touch") return;
  const frame = host.getBoundingClientRect(), pointer = { x: event.clientX - frame.x, y: event.clientY - frame.y };
  const found = under(network.DOMtoCanvas(pointer));
  host.classList.toggle("over", !!found);
  tip(found && describe(found), pointer);
  if (same(found, hovered)) return;
  hovered = found;
  redraw();
});
host.addEventListener("pointerleave", () => { tip(null); if (hovered) { hovered = null; redraw(); } });
network.on("click", ({ pointer }) => select(under(pointer.canvas)));
network.on("doubleClick", ({ pointer }) => {
  const found = under(pointer.canvas);
  if (found?.organization != null) openCircle(found.organization);
});
network.on("dragStart", () => tip(null));
network.on("dragging", ({ nodes: dragged }) => {
  for (const id of dragged) put(id, bodies[id].x, bodies[id].y);
  if (dragged.length) geometry++;
});
network.on("beforeDrawing", drawEdges);
let frames = 0;
network.on("afterDrawing", (context) => {
  drawOver(context);
  frames++;
  if (!busy && places.size + organizations.length && !document.body.dataset.ready) document.body.dataset.ready = "1";
});
network.on("resize", () => later(() => fit(false)));

const zoomBy = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: STILL.matches ? false : { duration: 160, easingFunction: "easeOutQuad" } });
const neighbours = () => {
  const id = state.selected?.organization ?? state.ego;
  if (id == null) return [];
  return [...new Set(organizations[id].edges.filter((edge) => passing[edge.id] && !edge.denied).map((edge) => other(edge, id)))].filter((each) => isShown[each]);
};
let walking = { from: null, at: -1 };
const walk = (step) => {
  const start = walking.from != null && state.selected?.organization === walking.last ? walking.from : state.selected?.organization ?? state.ego;
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
  else if (state.view !== "graph") { state.view = "graph"; refresh({ keep: true }); }
  else if (state.selected && !(state.ego != null && state.selected.organization === state.ego)) select(null);
  else if (state.ego != null) { state.selected = null; leaveCircle(); }
};
host.addEventListener("keydown", (event) => {
  const view = network.getViewPosition(), step = 90 / network.getScale();
  const pan = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  const id = state.selected?.organization;
  if (pan) network.moveTo({ position: { x: view.x + pan[0], y: view.y + pan[1] } });
  else if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fit(true);
  else if (event.key === "Enter") { if (id != null) openCircle(id); else { const first = byRank.find((each) => isShown[each.id]); if (first) select({ organization: first.id }, { move: true }); } }
  else if (event.key === "[" || event.key === "]") walk(event.key === "]" ? 1 : -1);
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/") { $("query").focus(); event.preventDefault(); }
  else if (event.key === "Escape") escape();
  else if (event.key.toLowerCase() === "t") { state.view = VIEWS[(VIEWS.indexOf(state.view) + 1) % VIEWS.length]; state.sort = ""; refresh({ keep: true }); }
});
$("query").addEventListener("input", () => { marked = -1; showHits(); });
$("query").addEventListener("keydown", searchKeys);
$("query").addEventListener("blur", () => { $("hits").hidden = true; $("query").setAttribute("aria-expanded", "false"); });
$("query").addEventListener("focus", () => { if ($("query").value) showHits(); });
$("closer").onclick = () => zoomBy(1.35);
$("farther").onclick = () => zoomBy(1 / 1.35);
$("fit").onclick = () => fit(true);
$("filters").onclick = () => openFilters(!document.body.classList.contains("filtering"));
for (const button of $("views").children) button.onclick = () => { state.view = button.dataset.view; state.sort = ""; refresh({ keep: true }); };
document.addEventListener("click", (event) => { if (!event.target.closest("#save")) $("save").open = false; });

const isDark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const showTheme = () => { document.documentElement.dataset.theme = isDark() ? "dark" : "light"; recolour(); };
$("theme").onclick = () => { state.theme = isDark() ? "light" : "dark"; showTheme(); writeAddress(); };
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
$("language").onclick = () => { state.language = state.language === "en" ? "zh" : "en"; widths.clear(); refresh({ keep: true }); };

const open = () => {
  readAddress();
  if (state.selected) document.body.classList.add("met");
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  readPalette();
  refresh({ fitted: true, keep: true });
};
addEventListener("hashchange", open);
open();
document.fonts.ready.then(() => { widths.clear(); redraw(); });

// for tests and for the curious: what the last frame drew
window.collabgraph = {
  drawn: () => ({ frames, organizations: shownOrganizations.length, collaborations: shownEdges.filter(isCollaboration).length, labels: placed.map(({ box }) => box), leaders: placed.filter(({ lead }) => lead).length }),
  middles: (one, two) => shownEdges.filter((edge) => [one, two].includes(organizations[edge.source].name) && [one, two].includes(organizations[edge.target].name))
    .map((edge) => { const [x, y] = pointOn(edge, 0.5), point = network.canvasToDOM({ x, y }); return [point.x, point.y]; }),
};
