// The claims ledger: four lists that hide the entries that differ from what is chosen.
(() => {
  function enliven(ledger) {
    const lists = [...ledger.querySelectorAll("select")], entries = [...ledger.querySelectorAll("ol.claims > li")];
    const said = ledger.querySelector("[role=status]");
    const show = () => {
      let seen = 0;
      for (const entry of entries) {
        entry.hidden = lists.some((list) => list.value && entry.getAttribute(`data-${list.dataset.filter}`) !== list.value);
        seen += !entry.hidden;
      }
      said.textContent = seen === entries.length ? "" : `${seen} of ${entries.length} claims`;
    };
    for (const list of lists) list.addEventListener("input", show);
    ledger.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    show();
  }
  const all = () => document.querySelectorAll(".book-ledger").forEach(enliven);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
