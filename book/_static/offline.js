// "Read offline": keeps the site, and if asked the Python of its pages, in this browser; and takes it away again. The list of
// files with their sizes is made with the site (offline.json). What is kept is handed out by sw.js when the network does not answer.
(() => {
  const root = new URL("../", document.currentScript.src), KEEP = "book-kept ";
  const make = (tag, props = {}, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
  const size = (bytes) => `${Math.max(1, Math.round(bytes / 1e6))} MB`;
  const keep = make("button", { type: "button" }), remove = make("button", { type: "button", textContent: "Remove what is kept" });
  const python = make("input", { type: "checkbox", id: "book-offline-python" }), says = make("p", { role: "status" });
  const meter = make("progress", { hidden: true, max: 1, value: 0, ariaLabel: "Keeping the book" });
  const label = make("label", { htmlFor: python.id });
  let list, place;

  const mine = async () => (await caches.keys()).filter((name) => name.startsWith(KEEP + root.pathname));
  const name = () => `${KEEP}${root.pathname} ${list.mark}`;
  const total = (files) => files.reduce((sum, [, bytes]) => sum + bytes, 0);
  const wanted = () => (python.checked ? [...list.site, ...list.live] : list.site);

  async function tell() {
    const kept = await mine(), now = kept.includes(name());
    keep.textContent = `Read offline: keep the book in this browser (${size(total(wanted()))})`;
    remove.hidden = !kept.length;
    if (!kept.length) { says.textContent = ""; return; }
    const held = await (await caches.open(kept.at(-1))).keys(), withPython = held.some((one) => one.url.includes("/live/pyodide/"));
    says.textContent = now ? `The book is kept here${withPython ? ", with its Python" : ""}: it opens at this address without a network.`
      : "An older edition is kept here. Keep the book again to have this one.";
  }
  async function take() {
    keep.disabled = true;
    meter.hidden = false;
    try {
      const store = await caches.open(name()), files = wanted();
      let done = 0;
      meter.max = total(files);
      const queue = [...files], fetchAll = async () => {
        for (let one = queue.shift(); one; one = queue.shift()) {
          const [path, bytes] = one, address = new URL(path, root), answer = await fetch(address, { cache: "no-cache" });
          if (!answer.ok) throw new Error(`${path} did not come (${answer.status})`);
          await store.put(address, answer);
          meter.value = done += bytes;
          says.textContent = `${size(done)} of ${size(meter.max)} kept`;
        }
      };
      await Promise.all(Array.from({ length: 4 }, fetchAll));
      const listed = new URL("offline.json", root);       // what this page reads first: without it nothing kept could be removed
      await store.put(listed, await fetch(listed, { cache: "no-cache" }));
      for (const old of await mine()) if (old !== name()) await caches.delete(old);
      await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root });
      await navigator.serviceWorker.ready;
      navigator.storage?.persist?.();
    } catch (problem) {
      await caches.delete(name());
      says.textContent = `The book could not be kept: ${problem.message}.`;
      meter.hidden = true;
      keep.disabled = false;
      return;
    }
    meter.hidden = true;
    keep.disabled = false;
    await tell();
  }
  async function forget() {
    for (const one of await mine()) await caches.delete(one);
    for (const one of await navigator.serviceWorker.getRegistrations()) if (one.scope === root.href) await one.unregister();
    await tell();
    says.textContent = "Removed: nothing of the book is kept here.";
  }
  async function mount() {
    place = document.getElementById("book-offline");
    const zip = place.querySelector("a[download]");
    if (location.protocol === "file:") { place.append(make("p", { textContent: "You read the book from files already: it needs no network." })); return; }
    if (!("serviceWorker" in navigator) || !("caches" in globalThis)) {
      place.append(make("p", { textContent: "This browser, or this address without https, cannot keep pages. The zip beside does the same." }));
      return;
    }
    list = await (await fetch(new URL("offline.json", root))).json();
    label.textContent = `with the Python of its pages (${size(total(list.live))} more)`;
    python.addEventListener("change", tell);
    keep.addEventListener("click", take);
    remove.addEventListener("click", forget);
    place.prepend(make("div", { className: "tools" }, keep, ...(list.live.length ? [python, label] : []), remove), meter, says);
    if (zip) zip.textContent = `Download the book (zip, ${size(list.zip)})`;
    await tell();
  }
  const start = () => mount().catch((problem) => { console.error(problem); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
