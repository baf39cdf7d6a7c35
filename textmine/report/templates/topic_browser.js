"use strict";
// Draws what the data block holds. Text goes in as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const numbers = data.topics.map((topic) => topic.topic);
const WORDS = 30;
let chosen = 0;

const at = (id) => document.getElementById(id);
const percent = (share, digits = 1) => (100 * share).toFixed(digits) + "%";
const round = (value) => value === null ? "–" : value.toFixed(2);

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function draw(name, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function both(zh, en) {
  const pair = document.createDocumentFragment();
  pair.append(make("span", { lang: "zh" }, zh), make("span", { lang: "en" }, en));
  return pair;
}

function canvas(width, height, name) {
  return draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": name });
}

function title(node, text) {
  node.append(draw("title", {}, text));
  return node;
}

// The map: area is prevalence, places come ready from the tables.
function drawMap() {
  const side = 420, margin = 62;
  const svg = canvas(side, side, "intertopic map");
  svg.append(draw("line", { class: "grid", x1: 0, y1: side / 2, x2: side, y2: side / 2 }));
  svg.append(draw("line", { class: "grid", x1: side / 2, y1: 0, x2: side / 2, y2: side }));
  const place = (value) => side / 2 + value * (side / 2 - margin);
  const most = Math.max(...data.topics.map((topic) => topic.prevalence));
  const labels = draw("g");  // above all circles
  data.topics.map((topic, n) => [topic, n])
    .sort((a, b) => b[0].prevalence - a[0].prevalence)
    .forEach(([topic, n]) => {
      const x = place(topic.place[0]), y = place(-topic.place[1]);
      const r = Math.max(8, 46 * Math.sqrt(topic.prevalence / most));
      const circle = draw("circle", { class: `bubble ${topic.verdict}`, cx: x, cy: y, r });
      const number = draw("text", { class: "number", x, y: y + 4 }, String(topic.topic));
      circle.addEventListener("click", () => choose(n));
      svg.append(draw("g", { "data-topic": n }, title(circle, topic.label)));
      labels.append(draw("g", { "data-topic": n }, number));
    });
  svg.append(labels);
  at("map").append(svg);
}

// The hierarchy, leaves at the right, the last join at the left.
function drawTree() {
  const height = 19, width = 420, right = 190;
  const deepest = Math.max(...data.tree.map((join) => join[2]), 1e-9);
  const key = (places) => places.split(" ").sort((a, b) => a - b).join(" ");
  const joins = new Map(data.tree.map((join) => [key(`${join[0]} ${join[1]}`), join]));
  const x = (distance) => right - (right - 8) * distance / deepest;
  const svg = canvas(width, height * numbers.length + 4, "hierarchy");
  let line = 0;
  const walk = (places) => {
    const join = joins.get(key(places));
    if (!join) return leaf(Number(places));
    const [one, two] = [walk(join[0]), walk(join[1])];
    const far = x(join[2]);
    const bracket = `M${one.x},${one.y}H${far}V${two.y}H${two.x}`;
    svg.append(title(draw("path", { class: "join", d: bracket }), join[3]));
    const joint = draw("circle", { class: "dot", cx: far, cy: (one.y + two.y) / 2, r: 3 });
    svg.append(title(joint, join[3]));
    return { x: far, y: (one.y + two.y) / 2 };
  };
  const leaf = (number) => {
    const y = height * line++ + height / 2 + 2, n = numbers.indexOf(number);
    const text = draw("text", { class: "leaf", x: right + 6, y: y + 4 }, data.topics[n].label);
    const group = draw("g", { "data-topic": n }, text);
    group.addEventListener("click", () => choose(n));
    svg.append(group);
    return { x: right, y };
  };
  if (data.tree.length) {
    const last = data.tree[data.tree.length - 1];
    walk(`${last[0]} ${last[1]}`);
  }
  at("tree").append(svg);
}

function drawList() {
  data.topics.forEach((topic, n) => {
    const share = make("small", {}, " " + percent(topic.prevalence));
    const button = make("button", { type: "button", "data-topic": n }, topic.label, share);
    button.addEventListener("click", () => choose(n));
    at("list").append(make("li", {}, button));
  });
}

const VERDICTS = {
  stable: ["稳定", "stable"], uncertain: ["难断", "uncertain"], unstable: ["不稳定", "unstable"],
};

function showFacts(topic) {
  const facts = [[both("份额", "share"), percent(topic.prevalence)]];
  if (topic.stability !== null) {
    const reach = `${round(topic.stability)} [${round(topic.stability_low)}, ${round(topic.stability_high)}] `;
    const words = make("span", {}, reach, both(...(VERDICTS[topic.verdict] || ["", ""])));
    facts.push([both("稳定性", "stability"), words]);
    facts.push([both("文献一致", "same documents"), round(topic.documents_agreement)]);
  }
  facts.push([both("一致性", "coherence"), `NPMI ${round(topic.npmi)}`]);
  if (topic.keywords) facts.push([both("关键词", "keywords"), topic.keywords]);
  if (topic.concepts) facts.push([both("概念", "concepts"), topic.concepts]);
  at("facts").replaceChildren(...facts.map(([name, value]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

function showWords() {
  const byFrex = at("frex").checked, lambda = Number(at("lambda").value);
  at("lambda").disabled = byFrex;
  at("value").textContent = `λ = ${lambda}`;
  const score = ([, weight, frex, lift]) =>
    byFrex ? frex : lambda * Math.log(weight) + (1 - lambda) * Math.log(lift);
  const terms = data.topics[chosen].topic_terms.filter((term) => term[1] > 0 && term[3] > 0);
  const best = terms.slice().sort((a, b) => score(b) - score(a)).slice(0, WORDS);
  const widest = Math.max(...best.map((term) => Math.max(term[1], term[4])), 1e-12);
  at("words").replaceChildren(...best.map(([word, weight, frex, lift, share]) => {
    const inside = make("i"), all = make("b");
    inside.style.width = percent(weight / widest);
    all.style.width = percent(share / widest);
    const told = `${percent(weight, 2)} · lift ${lift.toFixed(1)} · FREX ${frex.toFixed(3)}`;
    return make("li", { title: told }, make("span", {}, word), make("span", { class: "bar" }, inside, all));
  }));
}

const source = (id) => {
  const [name, year] = data.documents[id] || [id, null];
  return name ? name + (year ? `（${year}）` : "") : id;
};

function showTexts(topic) {
  at("sentences").replaceChildren(...topic.topic_sentences.map(([sentence, id]) =>
    make("li", {}, make("span", {}, sentence), " ", make("cite", {}, source(id)))));
  at("documents").replaceChildren(...topic.topic_documents.map(([id, share]) => {
    const [name, year] = data.documents[id] || [id, null];
    return make("tr", { title: id }, make("td", {}, name || id), make("td", {}, year || ""), make("td", {}, percent(share)));
  }));
}

function showYears(topic) {
  const rows = topic.topic_years, width = 640, height = 190, left = 44, bottom = 24;
  at("years").replaceChildren();
  if (!rows.length) { at("years").append(both("没有年份。", "No years.")); return; }
  const svg = canvas(width, height, "share by year");
  const first = rows[0][0], span = Math.max(rows[rows.length - 1][0] - first, 1);
  const most = Math.max(...rows.map((row) => row[4]), 1e-9);
  const x = (year) => left + (width - left - 24) * (year - first) / span;
  const y = (share) => height - bottom - (height - bottom - 12) * share / most;
  for (const part of [0, 0.5, 1]) {
    svg.append(draw("line", { class: "grid", x1: left, x2: width, y1: y(part * most), y2: y(part * most) }));
    svg.append(draw("text", { class: "tick", x: 0, y: y(part * most) + 4 }, percent(part * most, 0)));
  }
  const step = Math.max(1, Math.ceil(span / 8));
  for (let year = first; year <= first + span; year += step) {
    svg.append(draw("text", { class: "tick", x: x(year) - 12, y: height - 6 }, String(year)));
  }
  const points = (at) => rows.map((row) => `${x(row[0])},${y(row[at])}`);
  svg.append(draw("polygon", { class: "band", points: [...points(3), ...points(4).reverse()].join(" ") }));
  svg.append(draw("polyline", { class: "path", points: points(2).join(" ") }));
  for (const [year, documents, share, low, high] of rows) {
    const told = `${year}: ${percent(share)} [${percent(low)}, ${percent(high)}], n = ${documents}`;
    if (rows.length === 1) svg.append(draw("line", { x1: x(year), x2: x(year), y1: y(low), y2: y(high) }));
    svg.append(title(draw("circle", { class: "dot", cx: x(year), cy: y(share), r: 2.6 }), told));
  }
  at("years").append(svg);
}

// Dots with their intervals, one line each: [zh, en, told, value, low, high].
function intervals(place, rows, named) {
  place.replaceChildren();
  if (!rows.length) { place.append(both("无可比较。", "Nothing to compare.")); return; }
  const width = 640, left = 220, right = 16, step = 20, height = step * rows.length + 20;
  const svg = canvas(width, height, "intervals");
  const least = Math.min(0, ...rows.map((row) => row[4]));
  const most = Math.max(1e-9, ...rows.map((row) => row[5]));
  const x = (value) => left + (width - left - right) * (value - least) / (most - least);
  svg.append(draw("line", { class: "grid", x1: x(0), x2: x(0), y1: 0, y2: height - 18 }));
  rows.forEach(([zh, en, told, value, low, high], n) => {
    const y = step * n + 11;
    for (const [lang, name] of [["zh", zh], ["en", en]]) {
      svg.append(title(draw("text", { lang, x: 0, y: y + 4 }, name.slice(0, 30)), told));
    }
    svg.append(draw("line", { x1: x(low), x2: x(high), y1: y, y2: y }));
    svg.append(title(draw("circle", { class: "dot", cx: x(value), cy: y, r: 4 }), told));
  });
  svg.append(draw("text", { class: "tick", x: x(0) - 4, y: height - 4 }, "0"));
  svg.append(draw("text", { class: "tick", x: x(most) - 30, y: height - 4 }, named(most)));
  place.append(svg);
}

function showGroups(topic) {
  intervals(at("groups"), topic.topic_groups.map(([zh, en, documents, share, low, high]) =>
    [`${zh} (${documents})`, `${en} (${documents})`, `${percent(share)} [${percent(low)}, ${percent(high)}]`, share, low, high]),
    (value) => percent(value, 0));
  intervals(at("effects"), topic.topic_effects.map(([zh, en, estimate, low, high, sign]) =>
    [zh, en, `${estimate} [${low}, ${high}], P(sign) = ${sign}`, estimate, low, high]),
    (value) => value.toFixed(3));
}

function choose(n) {
  chosen = n;
  const topic = data.topics[n];
  for (const node of document.querySelectorAll("[data-topic]")) {
    const here = Number(node.dataset.topic) === n;
    node.classList.toggle("chosen", here);
    if (node.tagName === "BUTTON") here ? node.setAttribute("aria-current", "true") : node.removeAttribute("aria-current");
  }
  at("name").textContent = topic.label;
  showFacts(topic);
  showWords();
  showTexts(topic);
  showYears(topic);
  showGroups(topic);
  history.replaceState(null, "", `#topic-${topic.topic}`);
}

function chosenByAddress() {
  const place = numbers.indexOf(Number(location.hash.replace("#topic-", "")));
  choose(Math.max(place, 0));
}

at("size").append(both(`${data.size} 篇文献，${numbers.length} 个主题`, `${data.size} documents, ${numbers.length} topics`));
at("language").addEventListener("click", () => {
  const root = document.documentElement;
  root.lang = root.lang === "en" ? "zh-CN" : "en";
});
at("lambda").addEventListener("input", showWords);
at("frex").addEventListener("change", showWords);
window.addEventListener("hashchange", chosenByAddress);
drawMap();
drawList();
drawTree();
chosenByAddress();
