// Begins Python under Node as a page does (front/begin.js), imports what every chapter imports (remember.py), and keeps its
// memory for the pages, gzipped. Prints where the libraries lie in it.
//   node remember.mjs PYODIDE_FOLDER NPM_FOLDER TARGET WHEEL...
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { begin, keep, read } from "./front/begin.js";

const [folder, npm, target, ...wheels] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const { default: createPyodideModule } = await import(pathToFileURL(path.join(folder, "pyodide.asm.mjs")));
const { unzipSync } = await import(pathToFileURL(path.join(npm, "fflate", "esm", "browser.js")));
const files = wheels.map((name) => Promise.resolve(read(unzipSync, readFileSync(path.join(folder, name)))));
const { python, layout } = await begin({ loadPyodide, createPyodideModule, wheels: files, indexURL: `${folder}/`, lockFileURL: path.join(folder, "pyodide-lock.json"),
  _makeSnapshot: true });
python.runPython(readFileSync(new URL("remember.py", import.meta.url), "utf8"));
writeFileSync(target, gzipSync(keep(python), { level: 9 }));
console.log(JSON.stringify(layout));
