// Brings the explorers of a page to life. Each explorer's figures come in a script of their own, as `bookExplorers[name]`;
// the front end is `bookExplorer`, the same file that a kernel uses. Without any of them the page keeps its words and tables.
(() => {
  // what a widget's model is beside a kernel: values, and who wants to know when they change
  function modelOf(values) {
    const heard = new Map();
    return {
      get: (name) => values[name],
      set(name, value) {
        if (JSON.stringify(values[name]) === JSON.stringify(value)) return;
        values[name] = value;
        for (const act of heard.get(`change:${name}`) ?? []) act();
      },
      on: (name, act) => { heard.set(name, [...(heard.get(name) ?? []), act]); },
      off: (name, act) => { heard.set(name, (heard.get(name) ?? []).filter((other) => other !== act)); },
      save_changes() {}, send() {},
    };
  }
  function mount(place, times) {
    const name = place.dataset.explorer, stored = globalThis.bookExplorers?.[name];
    if (!stored || !globalThis.bookExplorer) throw new Error(`the figures or the front end of the explorer ${name} did not come with the page`);
    const plan = structuredClone(stored.plan), choices = JSON.parse(place.dataset.choices || "{}");
    if (times > 1) plan.name = `${name}-${times}`;              // the same explorer again: its own part of the address
    for (const control of plan.controls) if (control.name in choices) control.default = choices[control.name];
    const values = Object.fromEntries(plan.controls.map((control) => [control.name, control.default]));
    const model = modelOf({ ...values, picked: [], _plan: plan, _states: stored.states });
    return globalThis.bookExplorer.render({ model, el: place, page: true }).then(() => {
      place.dataset.alive = "yes";
      if (location.hash.slice(1).split(";").some((part) => part.startsWith(`${plan.name}:`))) place.scrollIntoView();
    });
  }
  function all() {
    const times = {};
    for (const place of document.querySelectorAll(".book-explorer")) {
      const name = place.dataset.explorer, kept = place.innerHTML;
      const nth = times[name] = (times[name] ?? 0) + 1;
      Promise.resolve().then(() => mount(place, nth)).catch((problem) => {
        console.error(problem);
        place.innerHTML = `<p>This explorer does not move here: some of its scripts are missing. It shows its first state.</p>${kept}`;
      });
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
