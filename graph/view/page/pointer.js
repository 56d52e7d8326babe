// The pointer over the drawing.

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
  const edge = edges[found.edge],
    kind = kinds[edge.kind];
  return `${shortName(organizations[edge.source])} ${kind.directed ? "→" : "—"} ${shortName(organizations[edge.target])}  ·  ${label(kind.label)}${edge.status === ACTIVE ? "" : " · " + statusText(edge)}${state.compare ? " · " + CHANGE_COLUMN[1](edge) : ""}`;
};
const same = (a, b) => a?.organization === b?.organization && a?.edge === b?.edge;
host.addEventListener("pointermove", (event) => {
  if (event.buttons || event.pointerType === "touch") return;
  const frame = host.getBoundingClientRect(),
    pointer = { x: event.clientX - frame.x, y: event.clientY - frame.y };
  const found = under(network.DOMtoCanvas(pointer));
  host.classList.toggle("over", !!found);
  tip(found && describe(found), pointer);
  if (same(found, hovered)) return;
  hovered = found;
  redraw();
});
host.addEventListener("pointerleave", () => {
  tip(null);
  if (hovered) {
    hovered = null;
    redraw();
  }
});
network.on("click", ({ pointer }) => select(under(pointer.canvas)));
network.on("doubleClick", ({ pointer }) => {
  const found = under(pointer.canvas);
  if (found?.organization != null) openCircle(found.organization);
});
// a disc is dragged by itself; else the window moves over the drawing
let held = null; // the disc, and where it was taken from its middle
const dragWindow = (dragView) => network.setOptions({ interaction: { dragView } });
network.on("dragStart", ({ pointer }) => {
  tip(null);
  const { organization } = under(pointer.canvas) || {};
  if (organization == null) return;
  held = {
    organization,
    right: atX[organization] - pointer.canvas.x,
    down: atY[organization] - pointer.canvas.y,
  };
  dragWindow(false);
});
host.addEventListener("pointermove", (event) => {
  if (!held) return;
  const frame = host.getBoundingClientRect(),
    { x, y } = network.DOMtoCanvas({ x: event.clientX - frame.x, y: event.clientY - frame.y });
  put(held.organization, x + held.right, y + held.down);
  geometry++;
  redraw();
});
const letGo = () => {
  if (held) dragWindow(true);
  held = null;
};
network.on("dragEnd", letGo);
host.addEventListener("pointercancel", letGo);
let frames = 0;
network.on("afterDrawing", (context) => {
  drawFrame(context);
  frames++;
  if (opened && !document.body.dataset.ready) {
    document.body.dataset.ready = "1";
    // so that the first letter typed and the first click find at once
    for (const work of [indexNames, unpackSentences]) (window.requestIdleCallback || setTimeout)(() => work());
  }
});
network.on("resize", () => later(() => fit(false)));
