// A deck's own script: charts and maps are made when their slide is first shown, and what is higher than a slide is made smaller.
(() => {
  const WIDE = 700, ROOM = { width: 1184, height: 652 };     // a chart is drawn as in the page, then grows with its words; room inside a slide
  const single = (spec) => "mark" in spec || "layer" in spec;

  async function draw(figure) {
    figure.dataset.drawn = "begun";
    const spec = JSON.parse(figure.querySelector("script").textContent);
    if (single(spec)) Object.assign(spec, { width: WIDE, autosize: { type: "fit-x", contains: "padding" } });
    const box = document.createElement("div");
    box.setAttribute("aria-hidden", "true");
    figure.querySelector(".drawing").replaceChildren(box);
    const made = await globalThis.bookVega.embed(box, spec, { renderer: "svg", actions: false, mode: "vega-lite" });
    const inputs = box.querySelector(".vega-bindings");
    if (inputs) figure.append(inputs);
    figure.view = made.view;
    figure.dataset.drawn = "yes";
  }

  function fit(slide) {                                     // the largest size at which the slide's whole inside stands in its room
    const inside = slide.querySelector(":scope > .fit");
    if (!inside) return;
    let zoom = 1;
    const over = () => {
      inside.style.zoom = zoom;
      const scale = globalThis.Reveal.getScale(), box = inside.getBoundingClientRect();
      const right = Math.max(...[inside, ...inside.querySelectorAll("table, pre, svg")].map((e) => e.getBoundingClientRect().right));
      return box.height / scale > ROOM.height || (right - box.left) / scale > ROOM.width + 1;
    };
    while (over() && zoom > 0.4) zoom *= 0.97;
    slide.dataset.fitted = zoom.toFixed(3);
  }

  async function show(slide) {
    if (!slide) return;
    for (const frame of slide.querySelectorAll("iframe[data-srcdoc]")) {
      frame.srcdoc = frame.dataset.srcdoc;
      frame.removeAttribute("data-srcdoc");
    }
    await Promise.all([...slide.querySelectorAll("figure.book-chart:not([data-drawn])")].map((figure) => draw(figure).catch((problem) => {
      figure.querySelector(".drawing").textContent = `This chart could not be drawn: ${problem.message}`;
      console.error(problem);
    })));
    fit(slide);
  }

  globalThis.Reveal.on("ready", (event) => show(event.currentSlide));
  globalThis.Reveal.on("slidechanged", (event) => show(event.currentSlide));
  document.addEventListener("toggle", () => fit(globalThis.Reveal.getCurrentSlide()), true);      // an answer that is opened
  globalThis.Reveal.initialize({ width: 1280, height: 720, margin: 0, center: false, hash: true, transition: "none", slideNumber: "c/t", pdfSeparateFragments: false });
})();
