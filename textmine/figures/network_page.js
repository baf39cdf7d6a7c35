// A network of thousands of nodes on one canvas. What does not move is drawn once, into a picture;
// while a node is dragged only its own lines are drawn anew, and while the map is moved the picture
// is. So a frame costs the same for 200 and for 2,000 nodes.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, words, palette, grey } = data;
const canvas = document.getElementById("canvas");
const pen = canvas.getContext("2d");
const still = document.createElement("canvas");
const chosenPart = document.getElementById("chosen");
const FONT = '"Noto Sans SC", system-ui, sans-serif';
const SPAN = 1.15; // of the map, so that the outermost names have room

let view = { x: 0, y: 0, scale: 1 };
let size = { width: 0, height: 0, dots: 1 };
let chosen = -1;
let near = new Set();
let mode = "community";
let dragged = -1;
let stale = true;
let asked = false;
let drawnAt = { ...view };
const frames = [];

const links = nodes.map(() => []);
edges.forEach(([a, b], n) => { links[a].push(n); links[b].push(n); });
const heaviest = Math.max(...edges.map((edge) => edge[2]), 1e-9);
const widest = Math.max(...nodes.map((node) => node.n), 1);
const byWeight = nodes.map((_, n) => n).sort((a, b) => nodes[b].n - nodes[a].n || a - b);
const modes = ["community", "year", "citations"].filter((name) =>
  name === "community" || nodes.some((node) => node[name] !== null));
const ranges = Object.fromEntries(modes.map((name) => {
  const known = nodes.map((node) => node[name]).filter((value) => value !== null);
  return [name, [Math.min(...known), Math.max(...known)]];
}));

function radius(node) {
  // The area says how often it occurs.
  return 2.5 + 13 * Math.sqrt(node.n / widest);
}

// The largest communities in colours that everyone tells apart, then hues far from each other.
const COLOURED = 24;
function colourOf(community) {
  if (community > COLOURED) return grey;
  return palette[community - 1] || `hsl(${community * 137.5 % 360} 40% 52%)`;
}

function shade(node) {
  if (mode === "community") return colourOf(node.community);
  const [low, high] = ranges[mode];
  if (node[mode] === null) return grey;
  const part = high > low ? (node[mode] - low) / (high - low) : 0.5;
  return `hsl(${250 - 200 * part} 65% ${32 + 28 * part}%)`;
}

function at(node, seen = view) {
  const unit = Math.min(size.width, size.height) / 2 / SPAN * seen.scale;
  return [size.width / 2 + (node.x - seen.x) * unit, size.height / 2 - (node.y - seen.y) * unit];
}

function place(x, y) {
  const unit = Math.min(size.width, size.height) / 2 / SPAN * view.scale;
  return [(x - size.width / 2) / unit + view.x, (size.height / 2 - y) / unit + view.y];
}

function fit() {
  const box = canvas.parentElement.getBoundingClientRect();
  size = { width: box.width, height: box.height, dots: window.devicePixelRatio || 1 };
  for (const one of [canvas, still]) {
    one.width = Math.max(1, Math.round(box.width * size.dots));
    one.height = Math.max(1, Math.round(box.height * size.dots));
  }
  change();
}

function change() {
  stale = true;
  ask();
}

function ask() {
  if (!asked) requestAnimationFrame(draw);
  asked = true;
}

// Lines of like strength go into one path: a few strokes for thousands of lines.
const BINS = 5;
function drawLines(to, which, colour) {
  const bins = Array.from({ length: BINS }, () => []);
  for (const n of which) bins[Math.min(BINS - 1, Math.floor(edges[n][2] / heaviest * BINS))].push(n);
  bins.forEach((bin, k) => {
    if (!bin.length) return;
    to.beginPath();
    for (const n of bin) {
      to.moveTo(...at(nodes[edges[n][0]]));
      to.lineTo(...at(nodes[edges[n][1]]));
    }
    to.strokeStyle = colour;
    to.globalAlpha = colour === "#90A4AE" ? 0.12 + 0.16 * k : 0.75;
    to.lineWidth = 0.5 + 0.5 * k;
    to.stroke();
  });
  to.globalAlpha = 1;
}

function drawDots(to, which) {
  const byShade = new Map();
  for (const n of which) {
    const colour = shade(nodes[n]);
    if (!byShade.has(colour)) byShade.set(colour, []);
    byShade.get(colour).push(n);
  }
  to.lineWidth = 0.8;
  to.strokeStyle = "white";
  for (const [colour, group] of byShade) {
    to.beginPath();
    for (const n of group) {
      const [x, y] = at(nodes[n]);
      const r = radius(nodes[n]) * zoomed();
      to.moveTo(x + r, y);
      to.arc(x, y, r, 0, 7);
    }
    to.fillStyle = colour;
    to.fill();
    to.stroke();
  }
}

function zoomed() {
  return Math.min(2.5, Math.max(0.6, Math.sqrt(view.scale)));
}

// Names, the most frequent first, where no other name is; a grid finds what is near.
const CELL = 64;
function drawNames(to, which, most) {
  const taken = new Map();
  let shown = 0;
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.lineJoin = "round";
  for (const n of which) {
    if (shown >= most) break;
    const [x, y] = at(nodes[n]);
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const font = 10 + 5 * Math.sqrt(nodes[n].n / widest);
    to.font = `500 ${font}px ${FONT}`;
    const name = nodes[n].term.length > 16 ? `${nodes[n].term.slice(0, 15)}…` : nodes[n].term;
    const half = to.measureText(name).width / 2 + 2;
    const middle = y + radius(nodes[n]) * zoomed() + font * 0.65;
    const box = [x - half, middle - font * 0.6, x + half, middle + font * 0.6];
    const keys = [];
    for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i++) {
      for (let j = Math.floor(box[1] / CELL); j <= Math.floor(box[3] / CELL); j++) keys.push(i * 4096 + j);
    }
    const free = keys.every((key) => (taken.get(key) || []).every((other) =>
      box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1]));
    if (!free) continue;
    for (const key of keys) taken.set(key, [...(taken.get(key) || []), box]);
    to.strokeStyle = "rgba(255,255,255,0.85)";
    to.lineWidth = 3;
    to.strokeText(name, x, middle);
    to.fillStyle = "#212121";
    to.fillText(name, x, middle);
    shown += 1;
  }
}

function drawStill() {
  const to = still.getContext("2d");
  to.setTransform(size.dots, 0, 0, size.dots, 0, 0);
  to.clearRect(0, 0, size.width, size.height);
  const moving = (n) => n === dragged;
  const lines = edges.map((_, n) => n).filter((n) => !moving(edges[n][0]) && !moving(edges[n][1]));
  drawLines(to, lines, "#90A4AE");
  drawDots(to, byWeight.filter((n) => !moving(n)).reverse());
  drawNames(to, byWeight.filter((n) => !moving(n)), 160);
  drawnAt = { ...view };
  stale = false;
}

function draw(now) {
  asked = false;
  frames.push(now);
  if (frames.length > 2000) frames.shift();
  if (stale) drawStill();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  // Moved or zoomed since the picture was drawn: shift and stretch it.
  const [x, y] = at({ x: drawnAt.x, y: drawnAt.y });
  const stretch = view.scale / drawnAt.scale;
  pen.globalAlpha = chosen >= 0 && dragged < 0 ? 0.25 : 1;
  pen.drawImage(
    still, (x - stretch * size.width / 2) * size.dots, (y - stretch * size.height / 2) * size.dots,
    stretch * still.width, stretch * still.height);
  pen.globalAlpha = 1;
  pen.setTransform(size.dots, 0, 0, size.dots, 0, 0);
  const focus = dragged >= 0 ? dragged : chosen;
  if (focus < 0) return;
  drawLines(pen, links[focus], "#37474F");
  const group = [...near, focus].sort((a, b) => nodes[a].n - nodes[b].n);
  drawDots(pen, group);
  drawNames(pen, [focus, ...group.reverse()], 60);
}

function choose(n) {
  chosen = n;
  near = new Set(n < 0 ? [] : links[n].map((k) => edges[k][0] === n ? edges[k][1] : edges[k][0]));
  tell();
  ask();
}

function hit(x, y) {
  let best = -1;
  let least = Infinity;
  nodes.forEach((node, n) => {
    const [px, py] = at(node);
    const far = Math.hypot(px - x, py - y);
    if (far <= Math.max(5, radius(node) * zoomed()) && far < least) [best, least] = [n, far];
  });
  return best;
}

let hold = null;
canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  const n = hit(event.offsetX, event.offsetY);
  hold = { n, x: event.offsetX, y: event.offsetY, view: { ...view }, moved: false };
});

canvas.addEventListener("pointermove", (event) => {
  if (!hold) {
    canvas.style.cursor = hit(event.offsetX, event.offsetY) >= 0 ? "pointer" : "grab";
    return;
  }
  if (!hold.moved && Math.hypot(event.offsetX - hold.x, event.offsetY - hold.y) < 4) return;
  if (!hold.moved && hold.n >= 0) {
    dragged = hold.n;
    choose(hold.n);
    stale = true;
  }
  hold.moved = true;
  if (hold.n >= 0) {
    [nodes[hold.n].x, nodes[hold.n].y] = place(event.offsetX, event.offsetY);
  } else {
    const unit = Math.min(size.width, size.height) / 2 / SPAN * view.scale;
    view.x = hold.view.x - (event.offsetX - hold.x) / unit;
    view.y = hold.view.y + (event.offsetY - hold.y) / unit;
  }
  ask();
});

function release() {
  if (hold && !hold.moved) choose(hold.n);
  if (hold) change();
  dragged = -1;
  hold = null;
}
canvas.addEventListener("pointerup", release);
canvas.addEventListener("pointercancel", release);

let later = 0;
function zoom(factor, x, y) {
  const [before, above] = place(x, y);
  view.scale = Math.max(0.5, Math.min(40, view.scale * factor));
  const [after, below] = place(x, y);
  view.x += before - after;
  view.y += above - below;
  // Drawn anew when the wheel rests.
  clearTimeout(later);
  later = setTimeout(change, 120);
  ask();
}

canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(event.deltaY > 0 ? 1 / 1.15 : 1.15, event.offsetX, event.offsetY);
}, { passive: false });

canvas.addEventListener("keydown", (event) => {
  const step = 0.1 / view.scale;
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
  if (moves[event.key]) {
    view.x += moves[event.key][0];
    view.y += moves[event.key][1];
    change();
  } else if (event.key === "+" || event.key === "-") {
    zoom(event.key === "+" ? 1.3 : 1 / 1.3, size.width / 2, size.height / 2);
  } else if (event.key === "Escape") {
    choose(-1);
  } else return;
  event.preventDefault();
});

// Beside the map: the chosen node, its strongest links, and the sentences behind them.
function element(name, text, inside = []) {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...inside);
  return made;
}

function tell() {
  if (chosen < 0) {
    chosenPart.replaceChildren();
    return;
  }
  const node = nodes[chosen];
  const facts = [`${words.occurrences} ${node.n}`, `${words.community} ${node.community}`];
  if (node.year !== null) facts.push(`${words.year} ${node.year.toFixed(1)}`);
  if (node.citations !== null) facts.push(`${words.citations} ${node.citations.toFixed(1)}`);
  const strongest = [...links[chosen]].sort((a, b) => edges[b][2] - edges[a][2]).slice(0, 20);
  const list = element("ul", "");
  for (const k of strongest) {
    const [a, b, weight, together] = edges[k];
    const other = a === chosen ? b : a;
    const go = element("button", nodes[other].term);
    go.addEventListener("click", () => choose(other));
    const item = element("li", "", [go, element("small", ` ${together} · ${weight.toPrecision(3)}`)]);
    for (const quote of data.quotes[k] || []) {
      const line = element("div", quote);
      line.className = "quote";
      item.append(line);
    }
    list.append(item);
  }
  chosenPart.replaceChildren(
    element("h2", node.term), element("p", facts.join(" · ")),
    element("h2", `${words.links} (${links[chosen].length})`), list);
}

function legend() {
  const list = element("ul", "");
  if (mode === "community") {
    data.communities.forEach(([number, name]) => {
      const swatch = element("span", "");
      swatch.className = "swatch";
      swatch.style.background = colourOf(number);
      list.append(element("li", "", [swatch, document.createTextNode(`${number} ${name}`)]));
    });
  } else {
    const [low, high] = ranges[mode];
    for (const part of [0, 0.5, 1]) {
      const value = low + part * (high - low);
      const swatch = element("span", "");
      swatch.className = "swatch";
      swatch.style.background = shade({ [mode]: value });
      list.append(element("li", "", [swatch, document.createTextNode(value.toFixed(1))]));
    }
  }
  document.getElementById("legend").replaceChildren(list);
}

const select = document.getElementById("colour");
for (const name of modes) {
  const option = element("option", words[name]);
  option.value = name;
  select.append(option);
}
select.addEventListener("change", () => { mode = select.value; legend(); change(); });

const names = document.getElementById("names");
for (const node of nodes) {
  const option = document.createElement("option");
  option.value = node.term;
  names.append(option);
}
document.getElementById("find").addEventListener("change", (event) => {
  const n = nodes.findIndex((node) => node.term === event.target.value.trim());
  if (n < 0) return;
  view = { x: nodes[n].x, y: nodes[n].y, scale: Math.max(view.scale, 3) };
  choose(n);
  change();
});

new ResizeObserver(fit).observe(canvas.parentElement);
legend();
fit();
document.fonts?.ready.then(change);
