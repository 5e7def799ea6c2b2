// What a cell shows, drawn as the built page draws it: charts by the page's own Vega, tables with their search, maps in frames.
const VEGALITE = "application/vnd.vegalite.v5+json", VIEW = "application/vnd.jupyter.widget-view+json";
const make = (tag, props = {}, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
const joined = (text) => (Array.isArray(text) ? text.join("") : text);

// A page loads the scripts that its own figures use; a reader's code may need another.
const loading = new Map();
export function script(address) {
  if (!loading.has(address) && document.querySelector(`script[src*="_static/${address}"]`)) return Promise.resolve();
  if (!loading.has(address)) loading.set(address, new Promise((done, refuse) => {
    const tag = make("script", { src: new URL(`../../_static/${address}`, import.meta.url).href });
    tag.onload = done;
    tag.onerror = () => refuse(new Error(`${address} could not be loaded`));
    document.head.append(tag);
  }));
  return loading.get(address);
}

// the same rule as SCRIPTS of book/_ext/pages.py
const SCRIPTS = [["kit.js", "chart|map|table|check|guess"], ["charts.js", "chart"], ["tables.js", "chart|map|table"],
  ["checks.js", "check"], ["guess.js", "guess"]];
async function scripts(html) {
  for (const [address, kinds] of SCRIPTS) if (new RegExp(`class="book-(${kinds})`).test(html)) await script(address);
}

// the same figure as `chart_html` of book/_ext/notebooks.py makes
export async function chart(spec, place) {
  if (!globalThis.bookVega) await script("vendor/vega.js");
  await scripts('class="book-chart"');
  const { title, description, ...inside } = spec, words = (text) => (Array.isArray(text) ? text.join(" ") : String(text ?? ""));
  const figure = make("figure", { className: "book-chart" });
  if (title) {
    const caption = make("figcaption", { textContent: words(title.text ?? title) });
    if (title.subtitle) caption.append(make("span", { textContent: words(title.subtitle) }));
    figure.append(caption);
  }
  const drawing = make("div", { className: "drawing", role: "img" });
  drawing.setAttribute("aria-label", description || "Chart");
  figure.append(drawing, make("script", { type: "application/json", textContent: JSON.stringify(inside) }));
  place.append(figure);
  globalThis.bookKit.enliven(place);
  await globalThis.bookChart(figure);
}

export async function page(html, place) {
  const text = joined(html), ours = /class="book-(chart|map|table|check|guess)/.test(text);
  if (ours) await scripts(text);
  place.innerHTML = text;
  for (const old of place.querySelectorAll("script:not([type='application/json'])")) {      // a script set as text does not run
    const fresh = make("script", { textContent: old.textContent });
    for (const { name, value } of old.attributes) fresh.setAttribute(name, value);
    old.replaceWith(fresh);
  }
  if (ours) globalThis.bookKit.enliven(place);
}

function error({ traceback = [], whole }, place) {
  const [first, ...more] = traceback;
  place.className = "output live-error";
  place.append(make("p", { className: "what", textContent: first }));
  for (const line of more) place.append(make("pre", { textContent: line }));
  if (whole) place.append(make("details", {}, make("summary", { textContent: "The whole traceback" }), make("pre", { textContent: whole })));
}

// Draw one output at the end of `place`. `manager` shows widgets; it is asked for only when there is one.
export async function draw(output, place, manager) {
  const last = place.lastElementChild;
  if (output.output_type === "stream") {
    if (last?.dataset.stream === output.name) { last.firstChild.textContent += output.text; return; }
    const box = make("div", { className: `output stream${output.name === "stderr" ? " stderr" : ""}` }, make("pre", { textContent: output.text }));
    box.dataset.stream = output.name;
    place.append(box);
    return;
  }
  const box = make("div", { className: "output" });
  if (output.output_type === "error") { place.append(box); return error(output, box); }
  if ("scrapbook" in (output.metadata ?? {})) return;                      // a number named for the text shows nothing
  place.append(box);
  const data = output.data ?? {};
  if (data[VIEW]) return (await manager()).show(data[VIEW].model_id, box);
  box.classList.add("text_html");
  if (data[VEGALITE]) return chart(data[VEGALITE], box);
  if (data["text/html"]) return page(data["text/html"], box);
  if (data["image/svg+xml"]) { box.innerHTML = joined(data["image/svg+xml"]); return; }
  const picture = ["image/png", "image/jpeg"].find((type) => data[type]);
  if (picture) { box.append(make("img", { src: `data:${picture};base64,${joined(data[picture]).trim()}`, alt: "Picture made by this cell" })); return; }
  box.classList.remove("text_html");
  box.append(make("pre", { textContent: joined(data["text/plain"] ?? "") }));
}

export const drawings = { [VEGALITE]: chart, "text/html": page };
