// The map of words: zoom, move, drag a word; a word or a line shows its documents beside the map.
// Everything works without this file too: words and lines are links.
"use strict";

const map = document.getElementById("map");
const beside = document.getElementById("beside");
const WHOLE = { x: 0, y: 0, size: 1000 };
let view = { ...WHOLE };

function show() {
  map.setAttribute("viewBox", `${view.x} ${view.y} ${view.size} ${view.size}`);
  // Labels keep their size on the screen, so that a closer look shows more of them.
  const narrow = Math.min(2, Math.max(1, 700 / map.clientWidth));
  const size = (13 * narrow * Math.max(0.35, view.size / 1000)).toFixed(2);
  for (const text of map.querySelectorAll("text")) text.setAttribute("font-size", size);
}

function zoom(factor, x, y) {
  const size = Math.max(60, Math.min(2000, view.size * factor));
  const scale = size / view.size;
  view = { x: x - (x - view.x) * scale, y: y - (y - view.y) * scale, size };
  show();
}

function place(event) {
  const point = new DOMPoint(event.clientX, event.clientY);
  return point.matrixTransform(map.getScreenCTM().inverse());
}

function middle() {
  return [view.x + view.size / 2, view.y + view.size / 2];
}

map.addEventListener("wheel", (event) => {
  event.preventDefault();
  const { x, y } = place(event);
  zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, x, y);
}, { passive: false });

document.querySelector(".tools").addEventListener("click", (event) => {
  const asked = event.target.dataset.zoom;
  if (asked === "all") {
    view = { ...WHOLE };
    show();
  } else if (asked) {
    zoom(asked === "in" ? 1 / 1.4 : 1.4, ...middle());
  }
});

// Dragging: a word takes its lines along; anything else moves the map.
let drag = null;

map.addEventListener("pointerdown", (event) => {
  const node = event.target.closest(".nodes a");
  drag = { node, from: place(event), view: { ...view }, moved: false, at: [event.clientX, event.clientY] };
});

map.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.at[0], event.clientY - drag.at[1]);
  if (!drag.moved && far < 4) return;
  if (!drag.moved) map.setPointerCapture(event.pointerId);
  drag.moved = true;
  const now = place(event);
  if (drag.node) {
    moveNode(drag.node, now);
  } else {
    view = { ...view, x: view.x - (now.x - drag.from.x), y: view.y - (now.y - drag.from.y) };
    show();
  }
});

window.addEventListener("pointerup", () => {
  // The click that ends a drag opens nothing.
  if (drag?.moved) window.addEventListener("click", stop, { capture: true, once: true });
  if (drag?.moved) setTimeout(() => window.removeEventListener("click", stop, true), 50);
  drag = null;
});

map.addEventListener("dragstart", (event) => event.preventDefault());

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function moveNode(node, { x, y }) {
  const circle = node.querySelector("circle");
  const text = node.querySelector("text");
  circle.setAttribute("cx", x);
  circle.setAttribute("cy", y);
  text.setAttribute("x", x);
  text.setAttribute("y", y - circle.getAttribute("r") - 3);
  const n = node.dataset.n;
  for (const line of map.querySelectorAll(`[data-a="${n}"] line`)) setEnd(line, 1, x, y);
  for (const line of map.querySelectorAll(`[data-b="${n}"] line`)) setEnd(line, 2, x, y);
}

function setEnd(line, end, x, y) {
  line.setAttribute(`x${end}`, x);
  line.setAttribute(`y${end}`, y);
}

// Looking at a word dims what it is not linked with.
function focusOn(n) {
  const near = new Set([n]);
  for (const edge of map.querySelectorAll(".edges a")) {
    const mine = edge.dataset.a === n || edge.dataset.b === n;
    edge.classList.toggle("dim", n !== null && !mine);
    if (mine) near.add(edge.dataset.a).add(edge.dataset.b);
  }
  for (const node of map.querySelectorAll(".nodes a")) {
    node.classList.toggle("dim", n !== null && !near.has(node.dataset.n));
  }
}

map.addEventListener("pointerover", (event) => {
  const node = event.target.closest(".nodes a");
  if (node && !drag) focusOn(node.dataset.n);
});
map.addEventListener("pointerout", (event) => {
  if (event.target.closest(".nodes a") && !drag) focusOn(null);
});
map.addEventListener("focusin", (event) => {
  const node = event.target.closest(".nodes a");
  if (node) focusOn(node.dataset.n);
});
map.addEventListener("focusout", () => focusOn(null));

document.getElementById("find").addEventListener("change", (event) => {
  const wanted = event.target.value.trim();
  const node = [...map.querySelectorAll(".nodes a")].find((one) => one.dataset.term === wanted);
  if (!node) return;
  const circle = node.querySelector("circle");
  view = { x: circle.getAttribute("cx") - 200, y: circle.getAttribute("cy") - 200, size: 400 };
  show();
  node.focus();
});

// A word or a line: its documents and their sentences, beside the map.
map.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = link.getAttribute("href");
  const answer = await fetch(`/api/v1/search${address.slice(1)}&limit=8`);
  if (!answer.ok) {
    location.href = address;
    return;
  }
  beside.replaceChildren(...listing(link.getAttribute("aria-label"), address, await answer.json()));
});

function listing(label, address, found) {
  const heading = element("h2", label.replace(/: \d+$/, ""));
  const all = element("a", `${found.total} ${beside.dataset.documents} →`);
  all.href = address;
  const list = element("ol", "");
  list.className = "hits";
  const q = new URLSearchParams(address.slice(2)).get("q");
  for (const hit of found.hits) list.append(entry(hit, q));
  const line = element("p", "");
  line.append(all);
  return [heading, line, list];
}

function entry(hit, q) {
  const item = element("li", "");
  const title = element("h3", "");
  const link = element("a", hit.title || hit.id);
  link.href = `/documents/${hit.id}?${new URLSearchParams({ q })}`;
  title.append(link);
  const snippet = element("p", "");
  snippet.className = "snippet";
  // Spans count characters as Python does, so the snippet is cut by code points.
  const characters = [...hit.snippet];
  let last = 0;
  for (const [start, end] of hit.highlights) {
    snippet.append(characters.slice(last, start).join(""));
    snippet.append(element("mark", characters.slice(start, end).join("")));
    last = end;
  }
  snippet.append(characters.slice(last).join(""));
  item.append(title, snippet);
  return item;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

show();
