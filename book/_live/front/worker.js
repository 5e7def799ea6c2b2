// The worker in which a page's Python lives. It tells how far loading is, runs cells one after another, and carries what
// widgets say in both directions. Python's own side is boot.py.
import createPyodideModule from "../pyodide/pyodide.asm.mjs";
import { loadPyodide } from "../pyodide/pyodide.mjs";
import { begin, place, read } from "./begin.js";
import { address, aside, counted, file, folder } from "./layer.js";
import { unzipSync } from "./unzip.js";

let python, packages, loaded = 0, told = 0;          // packages: what the lock says of each
const there = new Set();                             // the packages whose files Python has
const here = (name) => new URL(name, import.meta.url).href;
function tell(words) {
  told = loaded;
  self.postMessage({ kind: "progress", loaded, words });
}
function count(bytes) {
  loaded += bytes;
  if (loaded - told > 5e5) tell();
}

// Every file that this worker loads passes here: bytes are counted, and no other host is asked.
const ask = self.fetch.bind(self);
self.fetch = async (input, options) => {
  const answer = await ask(input, options), from = input.url ?? String(input);
  if (!answer.ok || !answer.body) return answer;
  if (!from.endsWith(".wasm")) return counted(answer, count);
  count(Number(answer.headers.get("content-length") ?? 0));      // untouched, so that the browser may keep what it compiles
  return answer;
};

function post(kind, text, buffers) {
  self.postMessage({ ...JSON.parse(text), kind, buffers: [...buffers] });
}

const unzipped = async (about) => read(unzipSync, new Uint8Array(await (await file(about)).arrayBuffer()));
const wheel = (name) => unzipped(packages[name]);
function memoryOf({ memory, layout }) {
  const beside = aside("memory.js");
  beside.postMessage(memory);
  return new Promise((done, refuse) => {
    beside.onmessage = ({ data: { more, bytes, problem } }) => {
      if (more) return count(more);
      beside.terminate();
      if (problem) refuse(new Error(problem)); else done({ bytes: new Uint8Array(bytes), ...layout });
    };
  });
}

// With the memory; without it, from nothing, where it does not fit this browser or did not come: slower, and the same Python.
async function begun(kept, given) {
  try { return await begin({ ...given, memory: memoryOf(kept), wheels: [unzipped(kept.files)] }); } catch (problem) {
    console.warn(`Python begins from nothing: ${problem.message ?? problem}`);
    return begin({ ...given, wheels: kept.packages.map(wheel) });
  }
}

async function start({ packages: wanted, mark }) {
  const text = async (from) => (await ask(from)).text(), marked = (name) => text(here(`${name}?v=${mark}`));
  tell("Loading Python");
  const [boot, needs, needsText, lockText, kept] = await Promise.all([text(here("boot.py")), text(here("needs.py")),
    marked("../needs.json"), marked("../pyodide/pyodide-lock.json"), marked("../pyodide/memory.json").then(JSON.parse)]);
  packages = JSON.parse(lockText).packages;
  const more = wanted.filter((name) => !kept.packages.includes(name));
  ({ python } = await begun(kept, { loadPyodide, createPyodideModule, indexURL: folder, packageBaseUrl: folder,
    lockFileContents: lockText, more: more.map(wheel) }));
  tell("Starting Python");
  [...kept.packages, ...more].forEach((name) => there.add(name));
  python.registerJsModule("live_page", { post, now, needs_text: needsText, lock_text: lockText });
  python.FS.mkdirTree("/live");
  python.FS.writeFile("/live/needs.py", needs);
  python.runPython("import sys; sys.path.append('/live')");
  python.runPython(boot, { filename: "boot.py" });
  self.postMessage({ kind: "ready" });
}

async function run({ cell, code }) {
  const missing = python.globals.get("wanted")(code).filter((name) => !there.has(name));
  if (missing.length) {
    tell(`Loading ${missing.join(", ")}`);
    for (const files of await Promise.all(missing.map(wheel))) place(python, files);
    missing.forEach((name) => there.add(name));
    tell("");
  }
  const well = python.globals.get("run")(cell, code);
  self.postMessage({ kind: "done", cell, well });
}

// What a running cell turns out to need: it waits for it, and so does everything else of Python.
function now(names) {
  for (const name of names) {
    if (there.has(name)) continue;
    tell(`Loading ${name}`);
    const request = new XMLHttpRequest();
    request.open("GET", address(packages[name]), false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status !== 200) throw new Error(`${name} did not come (${request.status})`);
    place(python, read(unzipSync, new Uint8Array(request.response)));
    there.add(name);
  }
  tell("");
}

function bring({ cell, name, bytes }) {
  python.FS.writeFile(name, bytes);
  self.postMessage({ kind: "done", cell, well: true });
}

function hear({ cell, id, comm, data, buffers }) {
  python.globals.get("hear")(cell, comm, JSON.stringify(data), buffers);
  self.postMessage({ kind: "idle", id });
}

const acts = { start, run, bring, hear };
let before = Promise.resolve();                      // one thing after another, in the order in which it was asked
self.onmessage = ({ data }) => {
  before = before.then(() => acts[data.act](data)).catch((problem) => {
    self.postMessage({ kind: "broken", act: data.act, cell: data.cell, words: String(problem.message ?? problem) });
    if (data.act === "hear") self.postMessage({ kind: "idle", id: data.id });
  });
};
