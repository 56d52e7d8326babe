// The rest of the controls, and the opening of the page.

$("query").addEventListener("input", () => {
  marked = -1;
  showHits();
});
$("query").addEventListener("keydown", searchKeys);
$("query").addEventListener("blur", () => {
  $("hits").hidden = true;
  $("query").setAttribute("aria-expanded", "false");
});
$("query").addEventListener("focus", () => {
  if ($("query").value) showHits();
});
$("closer").onclick = () => zoomBy(1.35);
$("farther").onclick = () => zoomBy(1 / 1.35);
$("fit").onclick = () => fit(true);
$("filters").onclick = () => openFilters(!document.body.classList.contains("filtering"));
for (const button of $("views").children)
  button.onclick = () => {
    state.view = button.dataset.view;
    state.sort = "";
    refresh({ keep: true });
  };
document.addEventListener("click", (event) => {
  if (!event.target.closest("#save")) $("save").open = false;
});

const isDark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const showTheme = () => {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  recolour();
};
$("theme").onclick = () => {
  state.theme = isDark() ? "light" : "dark";
  showTheme();
  writeAddress();
};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
$("language").onclick = () => {
  state.language = state.language === "en" ? "zh" : "en";
  widths.clear();
  refresh({ keep: true });
};

let opened = false;
const open = () => {
  readAddress();
  if (state.selected) document.body.classList.add("met");
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  readPalette();
  refresh({ fitted: true, keep: true });
  opened = true;
};
addEventListener("hashchange", open);
open();
document.fonts.ready.then(() => {
  widths.clear();
  redraw();
});

// for tests and for the curious: what the last frame drew
window.collabgraph = {
  drawn: () => ({
    frames,
    organizations: shownOrganizations.length,
    collaborations: shownEdges.filter(isCollaboration).length,
    labels: placed.map(({ box }) => box),
    words: placed.map(({ words }) => words),
    leaders: placed.filter(({ lead }) => lead).length,
  }),
  at: (name) => {
    const { id } = organizations.find((organization) => organization.name === name),
      { x, y } = network.canvasToDOM({ x: atX[id], y: atY[id] });
    return [x, y];
  },
  middles: (one, two) =>
    shownEdges
      .filter(
        (edge) =>
          [one, two].includes(organizations[edge.source].name) && [one, two].includes(organizations[edge.target].name),
      )
      .map((edge) => {
        const [x, y] = pointOn(edge, 0.5),
          point = network.canvasToDOM({ x, y });
        return [point.x, point.y];
      }),
};
