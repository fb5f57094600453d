"use strict";
// The explorer's page: controls to the left, the commands' answers to the right. All state is in the address.

const TELLING = ["vm-insert-pfn", "ttm-fault", "ttm-fault-range-lookup", "ttm-fault-io-mapping", "io-mapping", "free"];
const BOUNDS = ["free", "everything"]; // no ways to map, but limits of them
const NARROW = 700;
const PATIENCE = 150; // ms without a change before crossovers are asked for
const byId = id => document.getElementById(id);
const state = { machine: "skylake-sp-2s", cpus: "", kernel: "6.1", tree: "bundled:laptop-cometlake-igpu",
  buffer: "4MiB", memory: "vram", pool: "", strategies: "" };
let choices;
let cpuSteps = [];
let sizes = [];
let nodes = [];
let asked = 0;
let running = new AbortController();

// ---- numbers, as the commands write them

function three(value) {
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)) + 1e-12));
  return value.toFixed(Math.min(digits, 9));
}

function time(interval) {
  if (interval.every(value => value === 0)) return "0";
  const units = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]];
  const [by, unit] = units.find(each => interval[1] >= each[0]) || units[3];
  return "[" + interval.map(value => three(value / by)).join(" ") + "] " + unit;
}

function bytes(size) {
  return size >= 1 << 20 ? size / (1 << 20) + "MiB" : size / 1024 + "KiB";
}

const spaced = size => size.replace(/(?=[KMG]iB)/, "\u00a0");

// ---- controls

function option(select, value, text) {
  const element = document.createElement("option");
  element.value = value;
  element.textContent = text || value;
  select.append(element);
}

function powers(from, to) {
  const all = [];
  for (let value = from; value <= to; value *= 2) all.push(value);
  return all;
}

function fill() {
  choices.machines.forEach(each => option(byId("machine"), each.name, each.name + ", " + each.cpus + " CPUs"));
  choices.kernels.forEach(each => option(byId("kernel"), each));
  choices.trees.forEach(each => option(byId("tree"), each, each.replace("bundled:", "")));
  option(byId("tree"), "synthetic", "made up, of any size");
  option(byId("pool"), "", "the kernel's own");
  choices.pools.forEach(each => option(byId("pool"), each));
  sizes = powers(4096, choices.most_buffer).map(bytes);
  nodes = powers(32, choices.most_nodes).map(String);
  byId("buffer").max = sizes.length - 1;
  byId("nodes").max = nodes.length - 1;
  for (const each of choices.strategies) {
    const label = document.createElement("label");
    label.title = each.description;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = each.name;
    label.append(box, " " + each.name);
    byId("strategies").append(label);
  }
}

function machineCpus() {
  const machine = choices.machines.find(each => each.name === state.machine);
  return machine ? machine.cpus : 1;
}

function nearest(steps, value) {
  const at = steps.indexOf(value);
  return at >= 0 ? at : 0;
}

// What the address says; the controls follow it. A value between two steps becomes a step of its own.
function read() {
  const given = new URLSearchParams(location.search);
  for (const key of Object.keys(state)) if (given.has(key)) state[key] = given.get(key);
}

function show() {
  byId("machine").value = state.machine;
  byId("kernel").value = state.kernel;
  byId("memory").value = state.memory;
  byId("pool").value = state.pool;
  const cpus = String(state.cpus || machineCpus());
  cpuSteps = [...new Set([...powers(1, choices.most_cpus), machineCpus(), Number(cpus) || 1])].sort((a, b) => a - b).map(String);
  byId("cpus").max = cpuSteps.length - 1;
  byId("cpus").value = nearest(cpuSteps, cpus);
  byId("cpus-shown").textContent = cpus;
  if (!sizes.includes(state.buffer)) {
    sizes = [...powers(4096, choices.most_buffer).map(bytes), state.buffer];
    byId("buffer").max = sizes.length - 1;
  }
  byId("buffer").value = nearest(sizes, state.buffer);
  byId("buffer-shown").textContent = spaced(state.buffer);
  const synthetic = state.tree.startsWith("synthetic:");
  byId("tree").value = synthetic ? "synthetic" : state.tree;
  byId("nodes-control").hidden = !synthetic;
  if (synthetic) {
    const count = state.tree.slice("synthetic:".length);
    if (!nodes.includes(count)) nodes = [...powers(32, choices.most_nodes).map(String), count];
    byId("nodes").max = nodes.length - 1;
    byId("nodes").value = nearest(nodes, count);
    byId("nodes-shown").textContent = count;
  }
  byId("pool-control").hidden = state.memory !== "ram";
  const chosen = state.strategies ? state.strategies.split(",") : null;
  for (const box of byId("strategies").querySelectorAll("input")) box.checked = !chosen || chosen.includes(box.value);
  const count = choices.strategies.length;
  byId("strategies-shown").textContent = chosen ? chosen.length + " of " + count : "all " + count;
}

function query() {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value !== "") parameters.set(key, value);
  return parameters.toString();
}

function changed() {
  history.replaceState(null, "", "/?" + query());
  show();
  ask();
}

function listen() {
  for (const id of ["machine", "kernel", "memory", "pool"]) {
    byId(id).addEventListener("input", event => {
      state[id] = event.target.value;
      if (id === "machine") state.cpus = "";
      changed();
    });
  }
  byId("tree").addEventListener("input", event => {
    state.tree = event.target.value === "synthetic" ? "synthetic:1024" : event.target.value;
    changed();
  });
  byId("cpus").addEventListener("input", event => { state.cpus = cpuSteps[event.target.value]; changed(); });
  byId("buffer").addEventListener("input", event => { state.buffer = sizes[event.target.value]; changed(); });
  byId("nodes").addEventListener("input", event => { state.tree = "synthetic:" + nodes[event.target.value]; changed(); });
  byId("strategies").addEventListener("input", () => {
    const boxes = [...byId("strategies").querySelectorAll("input")];
    const names = boxes.filter(box => box.checked).map(box => box.value);
    state.strategies = names.length === 0 || names.length === boxes.length ? "" : names.join(",");
    changed();
  });
  byId("all").addEventListener("click", () => { state.strategies = ""; changed(); });
  byId("telling").addEventListener("click", () => { state.strategies = TELLING.join(","); changed(); });
  for (const button of document.querySelectorAll(".copy")) {
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(byId(button.dataset.of).textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1200);
    });
  }
  byId("controls").addEventListener("submit", event => event.preventDefault());
  window.addEventListener("popstate", () => { read(); show(); ask(); });
}

// ---- answers

async function get(path, signal) {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new Error((await response.json()).error);
  return response;
}

// Numbers first, then the charts; an answer that is out of date is dropped.
async function ask() {
  running.abort();
  running = new AbortController();
  const signal = running.signal;
  const mine = ++asked;
  const asking = query();
  const started = performance.now();
  try {
    const answer = await (await get("/compare?" + asking, signal)).json();
    if (mine !== asked) return;
    compare(answer);
    document.body.dataset.numbersMs = Math.round(performance.now() - started);
    byId("error").hidden = true;
    document.querySelector("main").classList.remove("stale");
    const narrow = byId("cost-by-strategy").clientWidth < NARROW ? "-narrow" : "";
    await Promise.all(["cost-by-strategy", "cost-by-size", "transition-by-cpus"].map(kind => chart(kind, narrow, asking, signal, mine)));
    if (mine !== asked) return;
    document.body.dataset.chartsMs = Math.round(performance.now() - started);
    await crossovers(asking, signal, mine);
    if (mine !== asked) return;
  } catch (error) {
    if (mine !== asked || error.name === "AbortError") return;
    byId("error").textContent = error.message;
    byId("error").hidden = false;
    document.querySelector("main").classList.add("stale");
  }
  document.body.dataset.answered = asking;
}

async function chart(kind, narrow, asking, signal, mine) {
  const figure = byId(kind);
  try {
    const text = await (await get("/chart/" + kind + narrow + ".svg?" + asking, signal)).text();
    if (mine !== asked) return;
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    figure.querySelectorAll("svg, .missing").forEach(each => each.remove());
    figure.prepend(document.importNode(svg, true));
  } catch (error) {
    if (error.name === "AbortError" || mine !== asked) return;
    figure.querySelectorAll("svg, .missing").forEach(each => each.remove());
    const missing = document.createElement("p");
    missing.className = "missing";
    missing.textContent = error.message;
    figure.prepend(missing);
  }
}

function paragraph(parent, text) {
  const element = document.createElement("p");
  element.textContent = text;
  parent.append(element);
}

function compare(reply) {
  const answer = reply.answer;
  byId("command").textContent = reply.command;
  const entries = answer.strategies.filter(each => each.applicable);
  const refused = answer.strategies.filter(each => !each.applicable);
  headline(answer, entries);
  byId("rows").replaceChildren(...entries.map(each => row(each, answer.mode)));
  byId("refused-details").hidden = refused.length === 0;
  byId("refused-count").textContent = refused.length + (refused.length === 1 ? " strategy does" : " strategies do") + " not apply here";
  byId("refused").replaceChildren(...refused.map(each => {
    const item = document.createElement("li");
    item.textContent = each.strategy + ": " + each.reason + ".";
    return item;
  }));
}

function headline(answer, entries) {
  const box = byId("headline");
  box.replaceChildren();
  const ways = entries.filter(each => each.effective_mode === answer.mode && !BOUNDS.includes(each.strategy));
  if (ways.length === 0) {
    paragraph(box, "No strategy chosen here maps such a buffer " + answer.mode + ".");
    return;
  }
  const best = ways[0];
  const ties = ways.slice(1).filter(each => best.tied_with.includes(each.strategy)).map(each => each.strategy);
  paragraph(box, "Cheapest: " + best.strategy + ", " + time(best.caller_ns) + " for the buffer"
    + (ties.length ? "; not surely cheaper than " + list(ties) + "." : ways.length > 1 ? ", surely." : "."));
  const last = ways[ways.length - 1];
  if (last !== best) {
    paragraph(box, "Dearest: " + last.strategy + ", " + three(last.caller_ns[1] / best.caller_ns[1]) + " times as much by best values.");
  }
}

function list(names) {
  if (names.length > 4) return names.slice(0, 3).join(", ") + " and " + (names.length - 3) + " more";
  return names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + " and " + names[names.length - 1];
}

function row(entry, mode) {
  const cells = [
    [String(entry.rank), "number"],
    [entry.strategy + (entry.rests_on_none ? " *" : "") + (entry.effective_mode === mode ? "" : " (" + entry.effective_mode + ")"), ""],
    [time(entry.caller_ns_per_page), "number", entry.caller_ns_per_page],
    [time(entry.caller_ns), "number", entry.caller_ns],
    [time(entry.stolen_ns), "number", entry.stolen_ns],
    [time(entry.later_caller_ns), "number", entry.later_caller_ns],
    [entry.effective_mode, ""]];
  const line = document.createElement("tr");
  line.dataset.strategy = entry.strategy;
  for (const [text, kind, ns] of cells) {
    const cell = document.createElement("td");
    cell.textContent = text;
    if (kind) cell.className = kind;
    if (ns) cell.dataset.ns = ns.join(" ");
    line.append(cell);
  }
  return line;
}

async function crossovers(asking, signal, mine) {
  const box = byId("crossovers");
  try {
    await new Promise(resolve => setTimeout(resolve, PATIENCE));
    if (mine !== asked) return;
    const reply = await (await get("/crossovers?" + asking, signal)).json();
    if (mine !== asked) return;
    byId("crossover-command").textContent = reply.command;
    box.replaceChildren();
    reply.answer.answer.forEach(each => paragraph(box, each));
  } catch (error) {
    if (error.name === "AbortError" || mine !== asked) return;
    box.replaceChildren();
    paragraph(box, error.message);
  }
}


async function start() {
  choices = await (await get("/choices", running.signal)).json();
  fill();
  // Where there is little room the answer comes before two dozen boxes.
  byId("strategies-control").open = matchMedia("(min-width: 901px)").matches;
  read();
  listen();
  show();
  ask();
}

start();
