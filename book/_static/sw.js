// Hands out the kept book (offline.js) when the network does not answer: fresh pages first, the kept ones where there is no
// network. It keeps nothing by itself.
const KEEP = `book-kept ${new URL("./", self.location).pathname}`, PATIENCE = 4000;

async function kept(request) {
  const address = new URL(request.url);
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  for (const name of (await caches.keys()).filter((one) => one.startsWith(KEEP))) {
    const found = await (await caches.open(name)).match(address.origin + address.pathname);     // whatever the mark of edition
    if (found) return found;
  }
  return undefined;
}
async function answer(request) {
  const here = await kept(request);
  if (!here) return fetch(request);
  const slow = new Promise((_, refuse) => setTimeout(() => refuse(new Error("slow")), PATIENCE));
  try {
    const fresh = await Promise.race([fetch(request), slow]);
    return fresh.ok ? fresh : here;
  } catch { return here; }
}
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(self.location.origin)) event.respondWith(answer(request));
});
