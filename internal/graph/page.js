"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);
const stage = byId("stage"), panel = byId("panel");
const rowGap = 20, rankGap = 52, boxHeight = 34, boxGap = 18, margin = 24;
const numbered = 80; // up to so many edges, each says how many imports it is

let chosen = null; // path of the module in focus
let view;          // what is drawn: {modules, edges, boxes by path, bands, width, height}

function element(name, attributes = {}, ...children) {
  const svg = ["svg", "g", "rect", "path", "text", "title", "defs", "marker"].includes(name);
  const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) e.setAttribute(key, value);
  }
  e.append(...children);
  return e;
}

const count = (n, noun) => n === 1 ? "1 " + noun : n + " " + noun + "s";
const wrong = e => (e.errors || 0) + (e.warnings || 0) > 0;
const number = e => Math.max(e.imports, e.tests || 0);
const drawn = e => e.imports > 0 || wrong(e);
const state = e => e.errors ? "error" : e.warnings ? "warn" : e.cycle ? "cycle" : (e.baselined || e.ignored) ? "known" : "fine";

function describe(e) {
  let s = e.from + " → " + e.to + ": " + count(e.imports, "import");
  for (const [n, what] of [[e.tests, "in tests"], [e.errors, "against a rule"], [e.warnings, "warned of"], [e.baselined, "in the baseline"], [e.ignored, "ignored"]])
    if (n) s += ", " + n + " " + what;
  return e.cycle ? s + ", part of a loop" : s;
}

// current returns the graph that is looked at: of modules, or of owners.
const current = () => byId("owners").checked ? data.owners : data.modules;

// all is the view of a whole graph, laid out beforehand.
function all(g) {
  const boxes = new Map(g.modules.map((m, i) => [m.path, g.layout.boxes[i]]));
  const labels = new Map(g.modules.map((m, i) => [m.path, g.layout.labels[i]]));
  return {modules: g.modules, edges: g.edges.filter(drawn), boxes, labels, bands: g.layout.bands, width: g.layout.width, height: g.layout.height};
}

// neighbours is the view of one module: above it who imports it, below what it
// imports, and in the middle, beside it, what does both.
function neighbours(g, path) {
  const edges = g.edges.filter(e => drawn(e) && (e.from === path || e.to === path));
  const above = new Set(edges.filter(e => e.to === path).map(e => e.from));
  const below = new Set(edges.filter(e => e.from === path).map(e => e.to));
  const both = [...above].filter(p => below.has(p));
  both.forEach(p => { above.delete(p); below.delete(p); });
  const w = 40 + 7.6 * Math.min(30, Math.max(...[path, ...above, ...below, ...both].map(p => p.length)));
  const columns = Math.min(Math.max(5, Math.ceil(Math.sqrt(2 * Math.max(above.size, below.size)))), Math.max(above.size, below.size, both.length + 1));
  const width = 2 * margin + columns * (w + boxGap) - boxGap;
  const boxes = new Map(), bands = [];
  let y = margin;
  const place = (paths, name) => {
    if (paths.length === 0) return;
    const top = y;
    y += 28;
    for (let i = 0; i < paths.length; i += columns) {
      const row = paths.slice(i, i + columns);
      let x = (width - row.length * (w + boxGap) + boxGap) / 2;
      for (const p of row) { boxes.set(p, {x, y, w, h: boxHeight}); x += w + boxGap; }
      y += boxHeight + (i + columns < paths.length ? rowGap : 0);
    }
    y += 22;
    bands.push({name, y: top, h: y - top});
    y += rankGap;
  };
  const label = (n, what) => what + " (" + n + ")";
  place([...above].sort(), label(above.size, "imported by"));
  const middle = [...both].sort();
  middle.splice(middle.length / 2, 0, path);
  place(middle, both.length ? label(both.length, "imports and is imported by") : "");
  place([...below].sort(), label(below.size, "imports"));
  return {modules: g.modules.filter(m => boxes.has(m.path)), edges, boxes, bands, width, height: y - rankGap + margin};
}

// lines spreads the ends of edges over the sides of boxes.
function lines(v) {
  const sides = new Map(), result = [];
  const meet = (path, top, end) => {
    const key = (top ? "^" : "v") + path;
    if (!sides.has(key)) sides.set(key, []);
    sides.get(key).push(end);
  };
  for (const edge of v.edges) {
    const a = v.boxes.get(edge.from), b = v.boxes.get(edge.to);
    if (!a || !b) continue;
    const line = {edge, a, b};
    result.push(line);
    meet(edge.from, b.y <= a.y, {line, end: "x1", box: a, other: b.x});
    meet(edge.to, b.y >= a.y, {line, end: "x2", box: b, other: a.x});
  }
  for (const ends of sides.values()) {
    ends.sort((p, q) => p.other - q.other);
    ends.forEach((e, i) => e.line[e.end] = e.box.x + e.box.w * (i + 1) / (ends.length + 1));
  }
  return result;
}

function curve({a, b, x1, x2}) {
  let y1 = a.y + a.h, y2 = b.y;
  if (b.y === a.y) return {d: `M${x1} ${a.y}C${x1} ${a.y - rowGap} ${x2} ${a.y - rowGap} ${x2} ${a.y}`, x: (x1 + x2) / 2, y: a.y - rowGap * .75};
  if (b.y < a.y) { y1 = a.y; y2 = b.y + b.h; }
  const bend = (y2 - y1) / 2;
  return {d: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`, x: (x1 + x2) / 2, y: (y1 + y2) / 2};
}

function shorten(name, width) {
  const letters = [...name], most = Math.floor((width - 8) / 7.6);
  return letters.length <= most ? name : letters.slice(0, most / 2).join("") + "…" + letters.slice(letters.length - (most - 1) / 2).join("");
}

function draw() {
  const g = current();
  view = chosen && g.modules.some(m => m.path === chosen) ? neighbours(g, chosen) : all(g);
  if (byId("wrong").checked) view.edges = view.edges.filter(e => state(e) !== "fine");
  const svg = element("svg", {role: "group", "aria-label": byId("summary").textContent, class: view.modules.length > 60 ? "dense" : ""});
  const defs = element("defs");
  for (const s of ["fine", "known", "cycle", "warn", "error"])
    defs.append(element("marker", {id: s, class: "head " + s, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto", markerUnits: "userSpaceOnUse"}, element("path", {d: "M0 0L8 4L0 8z"})));
  svg.append(defs);
  view.bands.forEach((b, i) => {
    if (!b.name) return;
    svg.append(element("rect", {class: "band b" + i % 2, x: 8, y: b.y, width: view.width - 16, height: b.h, rx: 8}));
    svg.append(element("text", {class: "layer", x: 20, y: b.y + 18}, b.name));
  });
  const ls = lines(view).map(l => ({...l, ...curve(l), state: state(l.edge)}));
  ls.sort((p, q) => (p.state !== "fine") - (q.state !== "fine"));
  for (const l of ls)
    svg.append(element("path", {class: "edge " + l.state, d: l.d, "marker-end": `url(#${l.state})`, "data-from": l.edge.from, "data-to": l.edge.to, onclick: () => showEdge(l.edge)}, element("title", {}, describe(l.edge))));
  for (const l of ls)
    if (number(l.edge) > 1 && (ls.length <= numbered || wrong(l.edge) && !svg.classList.contains("dense")))
      svg.append(element("text", {class: "count " + l.state, x: l.x, y: l.y + 4, "data-from": l.edge.from, "data-to": l.edge.to}, String(number(l.edge))));
  for (const m of view.modules) {
    const b = view.boxes.get(m.path);
    svg.append(element("g", {
      class: "box " + m.kind + (m.path === chosen ? " chosen" : ""), tabindex: 0, role: "button", "data-path": m.path,
      "aria-label": m.path + ", " + count(m.packages, "package"),
      onclick: () => choose(m.path), onkeydown: e => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); choose(m.path); } },
      onmouseenter: () => light(m.path), onmouseleave: () => light(null), onfocus: () => light(m.path), onblur: () => light(null),
    }, element("title", {}, m.path), element("rect", {x: b.x, y: b.y, width: b.w, height: b.h, rx: 6}), element("text", {x: b.x + b.w / 2, y: b.y + b.h / 2 + 4}, shorten(view.labels ? view.labels.get(m.path) : m.path, b.w))));
  }
  stage.replaceChildren(svg);
  fit();
  byId("back").hidden = !chosen;
}

// light dims all but a module and its neighbours.
function light(path) {
  const svg = stage.firstElementChild;
  if (!svg || chosen) return;
  svg.classList.toggle("dim", path !== null);
  const near = new Set([path]);
  for (const e of svg.querySelectorAll("[data-from]")) {
    const on = e.dataset.from === path || e.dataset.to === path;
    e.classList.toggle("lit", on);
    if (on) near.add(e.dataset.from).add(e.dataset.to);
  }
  for (const b of svg.querySelectorAll(".box")) b.classList.toggle("lit", near.has(b.dataset.path));
}

function choose(path) {
  chosen = path;
  history.replaceState(null, "", path ? "#" + encodeURIComponent(path) : location.pathname + location.search);
  draw();
  path ? showModule(path) : showOverview();
}

// The panel.

function list(title, items) {
  if (items.length === 0) return [];
  return [element("h3", {}, title + " (" + items.length + ")"), element("ul", {}, ...items.map(i => element("li", {class: i.class || ""}, element("button", {type: "button", onclick: i.go}, element("span", {}, i.text), element("span", {class: "n"}, i.n)))))];
}

function numbers(e) {
  const parts = [e.imports];
  if (e.tests) parts.push("+" + e.tests + " tests");
  if (e.errors) parts.push(e.errors + "!");
  if (e.warnings) parts.push(e.warnings + "?");
  return parts.join(" ");
}

function showOverview() {
  const g = current();
  const bad = g.edges.filter(wrong).sort((a, b) => (b.errors || 0) - (a.errors || 0) || (b.warnings || 0) - (a.warnings || 0));
  const dependents = new Map();
  g.edges.filter(drawn).forEach(e => dependents.set(e.to, (dependents.get(e.to) || 0) + 1));
  const most = [...dependents].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10);
  panel.replaceChildren(
    element("h2", {}, byId("owners").checked ? "By owner" : "All modules"),
    element("p", {}, count(g.modules.length, byId("owners").checked ? "node" : "module") + ", " + count(g.edges.filter(drawn).length, "edge")),
    ...list("Against the rules", bad.map(e => ({text: e.from + " → " + e.to, n: (e.errors || 0) + (e.warnings || 0), class: state(e), go: () => showEdge(e)}))),
    ...list("Loops", (byId("owners").checked ? [] : g.cycles).map(c => ({text: [...c, c[0]].join(" → "), n: c.length, class: "cycle", go: () => choose(c[0])}))),
    ...list("Most imported", most.map(([p, n]) => ({text: p, n: "by " + n, go: () => choose(p)}))),
  );
}

function showModule(path) {
  const g = current(), m = g.modules.find(m => m.path === path);
  if (!m) return showOverview();
  const facts = [m.kind, m.layer && "layer " + m.layer, m.utility && "utility", count(m.packages, "package")].filter(Boolean).join(" · ");
  const of = (mine, other) => g.edges.filter(e => e[mine] === path).map(e => ({text: e[other], n: numbers(e), class: state(e), go: () => showEdge(e)}));
  panel.replaceChildren(
    element("h2", {}, m.path), element("p", {}, facts),
    ...(m.owners ? [element("p", {}, "owned by " + m.owners.join(", "))] : []),
    ...(m.members ? list("Owns", m.members.map(p => ({text: p, n: "", go: () => { byId("owners").checked = false; choose(p); }}))) : []),
    ...list("Imported by", of("to", "from")), ...list("Imports", of("from", "to")),
  );
}

function showEdge(e) {
  for (const p of stage.querySelectorAll(".edge")) p.classList.toggle("chosen", p.dataset.from === e.from && p.dataset.to === e.to);
  const go = p => ({text: p, n: "", go: () => choose(p)});
  panel.replaceChildren(
    element("h2", {}, e.from + " → " + e.to), element("p", {}, describe(e).replace(/^.*?: /, "")),
    ...list("Modules", [go(e.from), go(e.to)]),
    ...(e.findings ? [element("h3", {}, "What the rules say"), ...e.findings.map(f => element("div", {class: "finding " + f.status}, f.message + " ", element("code", {}, `${f.rule}, ${f.status}, ${f.file}:${f.line}`)))] : []),
  );
  panel.focus();
}

// Moving and zooming.

let box = {x: 0, y: 0, w: 100, h: 100};
const show = () => stage.firstElementChild.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);

function fit() {
  box = {x: 0, y: 0, w: view.width, h: view.height};
  const room = stage.getBoundingClientRect();
  if (room.width > view.width && room.height > view.height) // no larger than drawn
    box = {x: (view.width - room.width) / 2, y: (view.height - room.height) / 2, w: room.width, h: room.height};
  show();
}

function zoom(factor, clientX, clientY) {
  const svg = stage.firstElementChild, at = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
  box = {x: at.x - (at.x - box.x) * factor, y: at.y - (at.y - box.y) * factor, w: box.w * factor, h: box.h * factor};
  show();
}

stage.addEventListener("wheel", e => { e.preventDefault(); zoom(Math.exp(e.deltaY * .0015), e.clientX, e.clientY); }, {passive: false});
stage.addEventListener("pointerdown", e => {
  if (e.target.closest(".box, .edge")) return;
  const scale = 1 / stage.firstElementChild.getScreenCTM().a, from = {x: e.clientX, y: e.clientY, box};
  const move = m => { box = {...from.box, x: from.box.x - (m.clientX - from.x) * scale, y: from.box.y - (m.clientY - from.y) * scale}; show(); };
  stage.setPointerCapture(e.pointerId);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("pointerup", () => stage.removeEventListener("pointermove", move), {once: true});
});

document.addEventListener("keydown", e => {
  const typing = e.target instanceof HTMLInputElement && e.target.type === "search";
  if (e.key === "/" && !typing) { e.preventDefault(); byId("find").focus(); }
  if (e.key === "Escape") { byId("find").value = ""; choose(null); }
  const room = stage.getBoundingClientRect();
  if ((e.key === "+" || e.key === "-") && !typing) zoom(e.key === "+" ? .8 : 1.25, room.x + room.width / 2, room.y + room.height / 2);
});
byId("controls").addEventListener("submit", e => e.preventDefault());
byId("find").addEventListener("change", e => {
  const word = e.target.value.trim(), g = current();
  const hit = g.modules.find(m => m.path === word || m.name === word) || g.modules.find(m => m.path.includes(word));
  if (word && hit) choose(hit.path);
});
byId("owners").addEventListener("change", () => { names(); choose(null); });
byId("wrong").addEventListener("change", () => draw());
byId("back").addEventListener("click", () => choose(null));
byId("fit").addEventListener("click", fit);
window.addEventListener("resize", fit);

function names() { byId("names").replaceChildren(...current().modules.map(m => element("option", {value: m.path}))); }

names();
const asked = decodeURIComponent(location.hash.slice(1)) || data.focus;
choose(data.modules.modules.some(m => m.path === asked) ? asked : null);
