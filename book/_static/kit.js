// What the small scripts of a page share: elements, numbers as Python writes them, plain words, the page's address.
(() => {
  const make = (tag, props = {}, ...inside) => {
    const { aria = {}, ...own } = props, e = Object.assign(document.createElement(tag), own);
    for (const [name, value] of Object.entries(aria)) e.setAttribute(`aria-${name}`, value);
    e.append(...inside);
    return e;
  };
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

  // the same formats as Python's: ",.0f", "+.2f", ".1%"
  function shown(value, format) {
    if (value === null || value === undefined) return "–";
    const parts = format && /^([+]?)(,?)\.(\d)([f%])$/.exec(format);
    if (!parts || typeof value !== "number") return String(value);
    const digits = Number(parts[3]), many = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: parts[2] === "," };
    const text = (parts[4] === "%" ? value * 100 : value).toLocaleString("en-US", many) + (parts[4] === "%" ? "%" : "");
    return parts[1] && value >= 0 ? `+${text}` : text;
  }

  // The address holds "name:values" parts after the #, one for each explorer or guess; each writes its own and keeps the others'.
  const parts = () => location.hash.slice(1).split(";").filter((part) => part.includes(":"));
  function readPart(name) { return parts().find((part) => part.startsWith(`${name}:`))?.slice(name.length + 1); }
  function writePart(name, text) {
    const kept = parts().filter((part) => !part.startsWith(`${name}:`));
    if (text === "" && kept.length === parts().length) return;          // nothing of ours was there: leave a heading's anchor alone
    const all = [...kept, ...(text ? [`${name}:${text}`] : [])].join(";");
    try { history.replaceState(null, "", all ? `#${all}` : location.pathname + location.search); } catch { /* a frame that may not */ }
  }

  const known = [];
  const each = (selector, act) => {
    known.push([selector, act]);
    const all = () => document.querySelectorAll(selector).forEach(act);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
  };
  // the same for what comes later: what a reader's own code shows (book/_live/front/output.js)
  const enliven = (place) => known.forEach(([selector, act]) => place.querySelectorAll(selector).forEach(act));
  globalThis.bookKit = { make, plain, shown, readPart, writePart, each, enliven };
})();
