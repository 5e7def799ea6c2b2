// The reader's own files while Python is on: which are taken, under which name, and the line that reads them. They stay in
// this page's memory, so that Python has them again when it starts again; a reload forgets them.
export const brought = new Map();                    // bytes, by name

const MOST = 20e6;
const size = (bytes) => bytes < 1e3 ? `${bytes} byte${bytes > 1 ? "s" : ""}` : bytes < 999_500 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

// No folders, nothing invisible, and an é that is one letter, as keyboards write it (macOS names files with two).
const plain = (name) => name.split(/[/\\]/).at(-1).normalize("NFC").replace(/\p{C}/gu, "").trim();

// The line that reads a file. What a table of an office needs (its separator, its decimal comma, its letters) is looked up in it.
function letters(bytes) {
  try { return [new TextDecoder("utf-8", { fatal: true }).decode(bytes), ""]; }
  catch { return [new TextDecoder("latin1").decode(bytes), ', encoding="latin-1"']; }
}
function marks(text) {
  const [head, ...rows] = text.slice(0, 10_000).split("\n");
  if (head.split(";").length <= head.split(",").length) return "";
  return `, sep=";"${rows.some((row) => /(^|;)"?-?\d+,\d+"?\s*(;|$)/.test(row)) ? ', decimal=","' : ""}`;
}
function reading(name, bytes) {
  const quoted = JSON.stringify(name), ending = name.toLowerCase().split(".").at(-1);
  if (/^(xlsx?|ods|parquet)$/.test(ending)) return "the page's Python has no reader for it, so save the table as CSV and bring that";
  if (ending === "json") return `pd.read_json(${quoted}) reads it`;
  if (ending === "geojson") return `import json; json.load(open(${quoted})) reads it`;
  if (!/^(csv|tsv|tab|txt|md)$/.test(ending)) return `open(${quoted}, "rb").read() gives its bytes`;
  const [text, encoding] = letters(bytes);
  if (ending === "csv") return `pd.read_csv(${quoted}${marks(text)}${encoding}) reads it`;
  return /^t(sv|ab)$/.test(ending) ? `pd.read_csv(${quoted}, sep="\\t"${encoding}) reads it` : `open(${quoted}${encoding}).read() reads it`;
}

// A file that a reader chose or dropped: its name and bytes, or in one sentence why it is not taken; nothing is kept then.
export async function taken(file) {
  const name = plain(file.name);
  const no = (words) => ({ words });
  if (!name || /^\.+$/.test(name)) return no("A file needs a name to be brought: nothing was written.");
  if (/\.(py\w?|so)$/i.test(name)) return no(`${name} was not taken, since Python could mistake it for a module: paste its code into a cell.`);
  if (file.size > MOST) return no(`${name} is larger than ${MOST / 1e6} MB, the most that a page takes: nothing was written.`);
  let bytes;
  try { bytes = new Uint8Array(await file.arrayBuffer()); } catch { return no(`${name} could not be read (a folder cannot be brought): nothing was written.`); }
  if (!bytes.length) return no(`${name} is empty: nothing was written.`);
  return { name, bytes, words: `${name} (${size(bytes.length)}) is here, in this page only: ${reading(name, bytes)}.` };
}

// How many are here still, after a new start.
export function stillHere() {
  const names = [...brought.keys()];
  return names.length ? ` ${names.length > 1 ? `Your ${names.length} files are` : `${names[0]} is`} still here.` : "";
}
