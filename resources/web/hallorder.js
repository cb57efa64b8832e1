// The order on the big screen: columns of lots, turning pages by itself where they do not fit.

import { fill, h, say } from "./dom.js";

const ROWS = 12;
const COLUMNS = 3;
const TURN_MS = 8000;
// Shapes beside the words' colour: waiting (hollow), next (dot in a ring), hall (half), done (tick), absent (cross).
const SIGNS = {
  waiting: '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  next: '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2.4"/><circle cx="10" cy="10" r="3.4" fill="currentColor"/>',
  hall: '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2.4"/><path d="M10 2.5a7.5 7.5 0 0 0 0 15z" fill="currentColor"/>',
  done: '<path d="M3.5 10.5l4.4 4.4 8.6-9.4" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>',
  absent: '<path d="M5 5l10 10M15 5L5 15" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>',
  waived: '<path d="M4 10h12" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>',
};

function sign(state) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.innerHTML = SIGNS[state];
  return h("span", { class: "order-sign" }, svg);
}

function line(lot) {
  return h(
    "li",
    { class: lot.state },
    h("span", { class: "order-number" }, String(lot.number)),
    sign(lot.state),
    h("span", { class: "order-post" }, lot.post),
  );
}

// Columns as { title, lots }: a room's lots cut into pieces of one column each; several rooms stand side by side.
export function columns(order, several) {
  if (several) return order.map((room) => ({ title: room.title, pieces: cut(room.lots) }));
  const [room] = order;
  const pieces = cut(room.lots);
  return Array.from({ length: Math.min(COLUMNS, Math.max(1, pieces.length)) }, (_, at) => ({
    title: at ? "" : room.title,
    pieces: pieces.filter((__, piece) => piece % COLUMNS === at),
  }));
}

function cut(lots) {
  return Array.from({ length: Math.ceil(lots.length / ROWS) }, (_, at) => lots.slice(at * ROWS, (at + 1) * ROWS));
}

export function orderPage() {
  const el = h("div", { class: "page order" });
  const foot = h("p", { class: "order-foot" });
  let shown = "";
  let parts = [];
  let turned = 0;
  let page = 0;

  function draw() {
    const pages = Math.max(1, ...parts.map((part) => part.pieces.length));
    page %= pages;
    fill(
      el,
      ...parts.map((part) =>
        h("section", { class: "order-column" }, h("h2", {}, part.title), h("ol", {}, ...(part.pieces[page] || []).map(line))),
      ),
    );
    say(foot, pages > 1 ? `${page + 1} / ${pages}` : "");
    foot.hidden = pages < 2;
  }

  return {
    el: [el, foot],
    show(view, rooms) {
      const order = view.order.filter((room) => rooms.some((r) => r.room === room.room));
      const key = JSON.stringify(order);
      if (key === shown) return;
      shown = key;
      parts = order.length ? columns(order, order.length > 1) : [];
      draw();
    },
    tick() {
      const now = Math.floor(performance.now() / TURN_MS);
      if (now === turned) return;
      turned = now;
      page += 1;
      draw();
    },
  };
}
