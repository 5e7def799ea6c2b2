// Brings the questions of a page to life: options to choose, a number to type, a mark of the chart above to pick. Without this
// script a question reads as it stands, with its answer in a fold.
(() => {
  const { make, plain, each } = globalThis.bookKit;
  let count = 0;

  // "2 175", "2,175", "35,2 %" and "35.2" are numbers to a reader
  function typed(text) {
    const bare = text.replace(/[\s\u00a0\u202f']/g, "").replace("−", "-").replace(/[^\d.,+-].*$/, "");
    const point = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare.replace(",", ".");
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(point) ? Number(point) : NaN;
  }

  // Each builder gives the elements of the answer, `value()` and what to say to it: [right, words]
  const BUILD = {
    choice(about, id) {
      const radios = about.options.map((option, i) => make("input", { type: "radio", name: id, id: `${id}-${i}`, value: option }));
      const lines = radios.map((radio, i) => make("div", { className: "tick" }, radio, make("label", { htmlFor: radio.id, textContent: about.options[i] })));
      const value = () => radios.find((radio) => radio.checked)?.value;
      return { elements: lines, value, empty: "Choose one of the options first.",
        judge: (v) => (v === about.answer ? [true, about.why] : [false, about.hints[v]]) };
    },
    number(about, id) {
      const input = make("input", { type: "text", inputMode: "decimal", id, autocomplete: "off", size: 10 });
      const label = make("label", { htmlFor: id, textContent: "Your answer" });
      const unit = about.unit ? [make("span", { textContent: about.unit })] : [];
      if (about.unit) label.append(make("span", { className: "sr-only", textContent: `, in ${about.unit === "%" ? "percent" : about.unit}` }));
      return { elements: [make("div", { className: "line" }, label, input, ...unit)],
        value: () => input.value.trim(), empty: "Write a number first.",
        judge: (text) => {
          const v = typed(text), by = about.tolerance * (1 + 1e-9);
          if (Number.isNaN(v)) return [false, `“${text}” is not read as a number here: write it like 12.5.`];
          if (Math.abs(v - about.answer) <= by) return [true, about.why];
          const known = about.hints.find(([wrong]) => Math.abs(v - wrong) <= by);
          return [false, known ? known[1] : `That is too ${v < about.answer ? "low" : "high"}. ${about.otherwise}`];
        } };
    },
    pick(about, id, place, check) {
      const list = make("select", { id }, make("option", { value: "", textContent: "choose in this list" }),
        ...about.options.map((option) => make("option", { value: option, textContent: option })));
      const figure = above(place);
      if (figure) clickable(figure, about, (name) => { list.value = name; check(`You picked ${name}. `); });
      const words = figure ? "Click it above, or choose it here" : "Choose it here";
      return { elements: [make("div", { className: "line" }, make("label", { htmlFor: id, textContent: words }), list)],
        value: () => list.value, empty: "Pick a mark above, or a name in the list, first.",
        judge: (v) => (v === about.answer ? [true, about.why] : [false, about.hints[v] ?? about.otherwise]) };
    },
  };

  function above(place) {                                // the chart that stands last before the question
    return [...document.querySelectorAll("figure.book-chart")].filter((f) => f.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
  }
  function clickable(figure, about, take) {
    const named = (datum) => about.field.split(".").reduce((part, key) => part?.[key], datum);
    const listen = () => {
      figure.classList.add("pickable");
      figure.view.addEventListener("click", (event, item) => {
        const name = item && named(item.datum);
        if (about.options.includes(String(name))) take(String(name));
      });
    };
    if (figure.view) listen(); else figure.addEventListener("chart:drawn", listen, { once: true });
  }

  function enliven(place) {
    const about = JSON.parse(place.querySelector("script").textContent), id = `check-${++count}`;
    const words = make("p", { className: "verdict-words", role: "status" });
    let parts;
    const check = (before = "") => {
      const value = parts.value();
      place.classList.remove("right", "wrong");
      if (!value) { words.textContent = parts.empty; return; }
      const [right, say] = parts.judge(value);
      place.classList.add(right ? "right" : "wrong");
      words.textContent = "";                            // the same words again are said again
      requestAnimationFrame(() => words.replaceChildren(make("strong", { textContent: right ? "Right. " : "Not yet. " }), before + say));
    };
    parts = BUILD[about.kind](about, id, place, check);
    const legend = make("legend", {}, ...place.querySelector(".question").childNodes);
    const form = make("form", { noValidate: true }, make("fieldset", {}, legend, ...parts.elements), make("button", { type: "submit", textContent: "Check" }), words);
    form.addEventListener("submit", (event) => { event.preventDefault(); check(); });
    form.addEventListener("input", () => { place.classList.remove("right", "wrong"); words.textContent = ""; });
    place.querySelector(".question").replaceWith(form);
    place.querySelector(".options")?.remove();
    place.querySelector("summary").textContent = "Show the answer";
    place.dataset.alive = "yes";
  }
  each(".book-check", enliven);
})();
