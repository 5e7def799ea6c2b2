// Files of the layer, and workers that read them: what the page (python.js), Python's worker (worker.js) and the worker beside
// it (memory.js) share.

// A worker that starts from a small address of the page's own, so that the page's security policy holds for it as well.
export function aside(name) {
  const text = `import ${JSON.stringify(new URL(name, import.meta.url).href)};`;
  return new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), { type: "module" });
}

export const folder = new URL("../pyodide/", import.meta.url).href;

// A file as a list of the layer tells of it: each edition has an address of its own, and another is refused.
export const address = ({ file_name, sha256 }) => `${folder}${file_name}?v=${sha256.slice(0, 10)}`;
const digest = ({ sha256 }) => `sha256-${btoa(String.fromCharCode(...sha256.match(/../g).map((pair) => parseInt(pair, 16))))}`;
export async function file(about, count) {
  const answer = await globalThis.fetch(address(about), { integrity: digest(about) });
  if (!answer.ok) throw new Error(`${about.file_name} did not come (${answer.status})`);
  return count ? counted(answer, count) : answer;
}

// The same answer, whose bytes are counted as they come.
export function counted(answer, count) {
  const counter = new TransformStream({ transform(piece, out) { count(piece.byteLength); out.enqueue(piece); } });
  return new Response(answer.body.pipeThrough(counter), { status: answer.status, headers: answer.headers });
}
