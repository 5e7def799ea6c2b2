// Runs slim.py inside Pyodide, so that the bytecode is of the very Python that the browser runs.
//   node slim.mjs PYODIDE_FOLDER JOBS.json      where JOBS.json is a list of [wheel, target, own]
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import path from "node:path";

const [folder, listed] = process.argv.slice(2), jobs = JSON.parse(readFileSync(listed, "utf8"));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await loadPyodide();
const reached = new Map();
const inside = (file) => {                          // a folder of this machine, as the browser's Python sees it
  const outer = path.dirname(file);
  if (!reached.has(outer)) {
    const inner = `/machine/${reached.size}`;
    python.FS.mkdirTree(inner);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: outer }, inner);
    reached.set(outer, inner);
  }
  return `${reached.get(outer)}/${path.basename(file)}`;
};
python.globals.set("jobs", python.toPy(jobs.map(([wheel, target, own]) => [inside(wheel), inside(target), own])));
python.runPython(readFileSync(new URL("slim.py", import.meta.url), "utf8"));
