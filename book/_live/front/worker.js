// The worker in which a page's Python lives. It tells how far loading is, runs cells one after another, and carries what
// widgets say in both directions. Python's own side is boot.py.
import { loadPyodide } from "../pyodide/pyodide.mjs";

let python, loaded = 0;
const here = (name) => new URL(name, import.meta.url).href;
const folder = here("../pyodide/");
const tell = (words) => self.postMessage({ kind: "progress", loaded, words });

// Every file that Python loads passes here: bytes are counted, and no other host is asked.
const ask = self.fetch.bind(self);
self.fetch = async (input, options) => {
  const answer = await ask(input, options), address = input.url ?? String(input);
  if (!answer.ok || !answer.body) return answer;
  if (address.endsWith(".wasm")) {                   // untouched, so that the browser may keep what it compiles
    loaded += Number(answer.headers.get("content-length") ?? 0);
    return answer;
  }
  const counter = new TransformStream({ transform(piece, out) { loaded += piece.byteLength; tell(); out.enqueue(piece); } });
  return new Response(answer.body.pipeThrough(counter), { status: answer.status, headers: answer.headers });
};

function post(kind, text, buffers) {
  self.postMessage({ ...JSON.parse(text), kind, buffers: [...buffers] });
}

async function start({ packages, mark }) {
  const text = (address) => ask(address).then((answer) => answer.text());
  tell("Loading Python");
  const parts = Promise.all([text(here("boot.py")), text(here("needs.py")), text(here(`../needs.json?v=${mark}`)),
    text(`${folder}pyodide-lock.json?v=${mark}`)]);
  python = await loadPyodide({ indexURL: folder, lockFileURL: `${folder}pyodide-lock.json?v=${mark}`, packages });
  tell("Starting Python");
  const [boot, needs, needsText, lockText] = await parts;
  python.registerJsModule("live_page", { post, needs_text: needsText, lock_text: lockText });
  python.FS.mkdirTree("/live");
  python.FS.writeFile("/live/needs.py", needs);
  python.runPython("import sys; sys.path.append('/live')");
  python.runPython(boot, { filename: "boot.py" });
  self.postMessage({ kind: "ready" });
}

async function run({ cell, code }) {
  const wanted = python.globals.get("wanted")(code), missing = wanted.filter((name) => !(name in python.loadedPackages));
  if (missing.length) {
    tell(`Loading ${missing.join(", ")}`);
    await python.loadPackage(missing, { messageCallback() {}, errorCallback: console.error });
  }
  const well = python.globals.get("run")(cell, code);
  self.postMessage({ kind: "done", cell, well });
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
