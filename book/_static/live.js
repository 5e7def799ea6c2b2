// The switch "Run the code here" at the head of a chapter. It loads nothing before it is pressed. What Python needs for this
// page comes in `data-live` of this script's own tag: packages, bytes, where the rest lies (book/_ext/live.py).
(() => {
  const about = JSON.parse(document.currentScript.dataset.live), home = document.currentScript.src;
  const make = (tag, props = {}, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
  function offer(place, words = "") {
    const press = make("button", { type: "button", className: "live-switch", textContent: "Run the code here" });
    const note = make("span", { role: "status", textContent: words || `Python in this page: change a line and see what it does. Loads ${Math.round(about.bytes / 1e6)} MB once.` });
    press.addEventListener("click", async () => {
      if (location.protocol === "file:") {
        note.textContent = "A page opened as a file cannot start Python: in the book's folder run “python -m http.server”, then open http://localhost:8000 and this page there.";
        return;
      }
      press.disabled = true;
      note.textContent = "Loading …";
      try {
        const { open } = await import(new URL(`../live/${about.front}/page.js`, home));
        await open(place, about);
      } catch (problem) {
        console.error(problem);
        offer(place, `Python could not be loaded (${problem.message}). The page reads as before.`);
      }
    });
    place.replaceChildren(press, note);
    if (about.lab && location.protocol !== "file:") {
      const lab = make("a", { href: new URL(`../lite/lab/index.html?path=${about.lab}`, home).href, textContent: "open the chapter in a lab" });
      place.append(make("span", {}, " Or ", lab, ", a JupyterLab in the browser."));
    }
  }
  function mount() {
    const title = document.querySelector(".bd-article h1");
    if (!title) return;
    const place = make("div", { className: "live", role: "region", ariaLabel: "Python in this page" });
    place.addEventListener("live:off", ({ detail }) => offer(place, detail));
    title.after(place);
    offer(place);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount); else mount();
})();
