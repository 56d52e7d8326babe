// What a choice does: to the state, the drawing, the words on the page and the address.

const select = (chosen, { move = false, refilter = false } = {}) => {
  state.selected = chosen;
  hovered = null;
  if (chosen) document.body.classList.add("met");
  if (
    chosen?.organization != null &&
    !isShown[chosen.organization] &&
    organizations[chosen.organization].drawn &&
    state.view === "graph"
  )
    return openCircle(chosen.organization);
  if (refilter || state.view !== "graph") return refresh({ move });
  showPanel();
  if (move && chosen) goTo();
  redraw();
  writeAddress();
};
const openCircle = (id, { legend = false } = {}) => {
  state.ego = id;
  state.view = "graph";
  state.selected = { organization: id };
  hovered = null;
  document.body.classList.add("met");
  refresh({ eased: true, fitted: true, legend });
};
const leaveCircle = () => {
  state.ego = null;
  refresh({ eased: true, fitted: true, legend: false });
};
let circle = null,
  whole = false; // what the drawing shows now
const refresh = ({ move = false, eased = false, fitted = false, keep = false, legend = true } = {}) => {
  filter();
  const another = circle !== state.ego || whole !== state.all;
  circle = state.ego;
  whole = state.all;
  showPanel(); // before what has to know how much room it leaves
  showDiscs((eased || (state.ego != null && !keep)) && !STILL.matches);
  showWords({ legend });
  if (fitted || another) fit(eased);
  else if (move && state.selected) goTo();
  redraw();
  writeAddress();
};
const showWords = ({ legend = true } = {}) => {
  const organizationsShown = shownOrganizations.length,
    collaborationsShown = shownEdges.filter(isCollaboration).length;
  const less = organizationsShown < totals.organizations || collaborationsShown < totals.collaborations;
  document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
  document.title = $("title").textContent = data.title || text("title");
  $("count").textContent =
    text("count", { organizations: number(organizationsShown), collaborations: number(collaborationsShown) }) +
    (less
      ? text("count_of", { organizations: number(totals.organizations), collaborations: number(totals.collaborations) })
      : "");
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
  for (const [id, key] of [
    ["theme", "theme"],
    ["closer", "closer"],
    ["farther", "farther"],
    ["fit", "fit"],
    ["views", "views"],
    ["zoom", "zoom"],
    ["graph", "canvas"],
    ["legend", "filters"],
    ["years", "years"],
  ])
    $(id).setAttribute("aria-label", text(key));
  for (const id of ["theme", "closer", "farther", "fit"]) $(id).title = text(id);
  $("hint").textContent = text("hint");
  showScope();
  showFiles();
  showYears();
  if (legend) showLegend();
  showTable();
};
const EASED_UP_TO = 2000; // organizations; of more each frame on the way would take long to draw
// what part of the graph is drawn, and how to see another
const scopeNotes = () => {
  if (!organizations.length) return [text("empty")];
  const act = (words, work) => element("button", { onclick: work }, words);
  const whole = (all) => () => {
    state.all = all;
    refresh({ eased: drawnOrganizations.length < EASED_UP_TO, fitted: true, legend: false });
  };
  if (state.ego != null)
    return [text("ego_note", { name: shortName(organizations[state.ego]) }), act(text("back"), leaveCircle)];
  if (hasMore) {
    const counts = { shown: number(firstOrganizations.length), count: number(drawnOrganizations.length) };
    if (!canShowAll) return [text("too_many", counts)];
    return state.all
      ? [act(text("first"), whole(false))]
      : [text("first_note", counts), act(text("all", counts), whole(true))];
  }
  const alone = organizations.length - drawnOrganizations.length;
  return alone ? [text("alone", { count: number(alone) })] : [];
};
const showScope = () => {
  const [more, moreCollaborations] = data.beyond;
  const beyond =
    more || moreCollaborations
      ? [text("beyond", { organizations: number(more), collaborations: number(moreCollaborations) })]
      : [];
  $("scope").replaceChildren(...scopeNotes(), ...beyond);
};
