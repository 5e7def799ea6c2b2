// Begins Python. Its memory, as it was when the packages that every chapter needs had been imported, is put back instead of
// being made again: that is most of the wait before the first result. The page's worker begins with it, and remember.mjs, which
// makes it, begins here as well: memory fits only where everything is laid down in the same order, the compiled libraries by
// their paths and then Python.
const UNFIT = "the memory does not fit this browser";
const compiled = (name) => name.endsWith(".so");

function write(FS, folder, name, data) {
  const path = `${folder}/${name}`, outer = path.slice(0, path.lastIndexOf("/"));
  FS.mkdirTree(outer);
  FS.writeFile(path, data, { canOwn: true });
  return path;
}

// Put the files of wheels, once read, where Python finds them.
export function place(python, files, wanted = () => true) {
  for (const [name, data] of files) if (wanted(name)) write(python.FS, python._api.sitePackages, name, data);
  python.runPython("import importlib; importlib.invalidate_caches()");
}

// The files of a wheel: name and bytes.
export const read = (unzip, bytes) => Object.entries(unzip(bytes)).filter(([name]) => !name.endsWith("/"));

// Link a compiled library; where it lies: its own mark, its memory, its functions.
function link(module, path) {
  const before = module.stackSave(), library = module._dlopen(module.stringToUTF8OnStack(path), 2);     // 2: resolve everything now
  module.stackRestore(before);
  if (!library) throw new Error(`${path} could not be linked: ${module.UTF8ToString(module._dlerror())}`);
  return [library, module.HEAPU32[(library >>> 2) + 3], module.HEAPU32[(library >>> 2) + 5]];
}

// Where Python keeps its shortcut into the table of functions: made anew in each browser, and in some not at all.
const shortcut = (module) => (module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >>> 2]) >>> 2;

// Browsers differ by a few functions and a few bytes before the first library. Some room makes its place the same in all.
function level(module, place) {
  const { wasmTable } = module, here = module._malloc(1 << 16);
  place ??= { functions: wasmTable.length + 64, memory: ((here + (1 << 17)) >>> 16) << 16 };
  if (wasmTable.length > place.functions || here + 16 > place.memory) throw new Error(UNFIT);
  wasmTable.grow(place.functions - wasmTable.length);
  module._free(here);
  module._malloc(place.memory - here - 4);           // 4: what an allocation writes before itself
  return place;
}

// `wheels` are promises of files, as `read` gives them, of the packages that are in the memory; `more`, of others that are
// wanted from the start. `memory` is a promise of its bytes, as `keep` gave them, and of where libraries lay,
// as `begin` gave it then (`first`, `lies`); without it Python begins from nothing. Other options are loadPyodide's.
export async function begin({ loadPyodide, createPyodideModule, wheels, more = [], memory, ...options }) {
  const libraries = [];
  let module, kept, first, lies, way;
  const python = await loadPyodide({
    ...options, ...(memory && { _loadSnapshot: memory.then(({ bytes }) => bytes) }),
    async fsInit(FS, { sitePackages }) {
      for (const [name, data] of (await Promise.all(wheels)).flat()) if (compiled(name)) libraries.push(write(FS, sitePackages, name, data));
      kept = await memory;
    },
    async createPyodideModule(settings) {
      module = settings;
      let problem;
      module.onRuntimeInitialized = () => {
        try {
          first = level(module, kept?.first);
          lies = libraries.sort().map((path) => link(module, path));
          if (kept && String(lies) !== String(kept.lies)) throw new Error(UNFIT);
          way = module.HEAP32[shortcut(module)];
          if (kept?.bytes.length > module.HEAP8.length) module._malloc(kept.bytes.length);     // room; what is kept then takes the place of everything
        } catch (one) { problem = one; }
      };
      const made = await createPyodideModule(module);
      if (problem) throw problem;
      return made;
    },
  });
  delete python._api.config._loadSnapshot;
  module.HEAP32[shortcut(module)] = way;
  place(python, (await Promise.all(wheels)).flat(), (name) => !compiled(name));
  place(python, (await Promise.all(more)).flat());
  return { python, layout: { first, lies } };
}

// Python's memory as it is now.
export function keep(python) {
  python.runPython("import gc, importlib; importlib.invalidate_caches(); gc.collect()");     // nothing open, nothing to be thrown away
  python._module.HEAP32[shortcut(python._module)] = 0;
  return python.makeMemorySnapshot();
}
