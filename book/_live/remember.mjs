// Begins Python under Node as a page does (front/begin.js), imports what every chapter imports (remember.py), and keeps for the
// pages its memory, gzipped, and a zip of the files that it may still read: all but the modules that are in the memory. Prints
// where the libraries lie in it.
//   node remember.mjs PYODIDE_FOLDER NPM_FOLDER MEMORY ZIP WHEEL...
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { begin, keep, read } from "./front/begin.js";

const [folder, npm, memory, zip, ...wheels] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const { default: createPyodideModule } = await import(pathToFileURL(path.join(folder, "pyodide.asm.mjs")));
const { unzipSync, zipSync } = await import(pathToFileURL(path.join(npm, "fflate", "esm", "browser.js")));
const files = wheels.flatMap((name) => read(unzipSync, readFileSync(path.join(folder, name))));
const { python, layout } = await begin({ loadPyodide, createPyodideModule, wheels: [Promise.resolve(files)], indexURL: `${folder}/`,
  lockFileURL: path.join(folder, "pyodide-lock.json"), _makeSnapshot: true });
python.runPython(readFileSync(new URL("remember.py", import.meta.url), "utf8"));
const held = new Set(JSON.parse(python.runPython("import json; json.dumps(held())")));
const left = files.filter(([name]) => name.endsWith(".so") || !held.has(`${python._api.sitePackages}/${name}`));
writeFileSync(zip, zipSync(Object.fromEntries(left), { level: 9, mtime: "1980-01-01T00:00:00" }));
writeFileSync(memory, gzipSync(keep(python), { level: 9 }));
console.log(JSON.stringify(layout));
