// Finds any value of the label set by a few of its letters (an ARIA combobox with a list).

import { find, make } from "./dom.js";

const MOST = 50;
const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Smaller is better: the beginning, a word's beginning, anywhere, letters in their order; null where none fit.
export function rank(value, wanted) {
  const place = value.indexOf(wanted);
  if (place === 0) return 0;
  if (place > 0) return /\W/.test(value[place - 1]) ? 1 : 2;
  let from = 0;
  for (const letter of wanted) {
    from = value.indexOf(letter, from) + 1;
    if (from === 0) return null;
  }
  return 3;
}

export function matching(values, typed) {
  const wanted = bare(typed.trim());
  return values
    .map((value, place) => ({ value, place, rank: wanted ? rank(bare(value), wanted) : 0 }))
    .filter((entry) => entry.rank !== null)
    .sort((one, other) => one.rank - other.rank || (wanted ? one.value.length - other.value.length : 0) || one.place - other.place)
    .slice(0, MOST)
    .map((entry) => entry.value);
}

export class Finder {
  constructor(values, choose) {
    this.values = values;
    this.choose = choose;
    this.input = find("find");
    this.list = find("found");
    this.active = -1;
    this.input.addEventListener("input", () => this.#open());
    this.input.addEventListener("focus", () => this.#open());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
    this.list.addEventListener("click", (event) => this.#pick(event.target.closest("li")?.dataset.value));
  }

  start() {
    this.input.focus();
  }

  close() {
    this.list.hidden = true;
    this.input.value = "";
    this.input.ariaExpanded = "false";
    this.input.removeAttribute("aria-activedescendant");
  }

  #open() {
    this.found = matching(this.values, this.input.value);
    this.active = this.input.value.trim() ? 0 : -1; // nothing typed, nothing meant
    const none = make("li", { className: "none", role: "presentation" }, "No such value in this label set.");
    const rows = this.found.map((value, place) => {
      const row = make("li", { id: `found-${place}`, role: "option" }, value);
      row.dataset.value = value;
      return row;
    });
    this.list.replaceChildren(...(rows.length ? rows : [none]));
    this.list.hidden = false;
    this.input.ariaExpanded = "true";
    this.#mark();
  }

  #mark() {
    for (const [place, row] of [...this.list.children].entries()) row.ariaSelected = String(place === this.active);
    const row = this.found.length ? this.list.children[this.active] : undefined;
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && this.found.length) {
      const from = this.active < 0 && event.key === "ArrowUp" ? 0 : this.active;
      this.active = (from + moves[event.key] + this.found.length) % this.found.length;
      this.#mark();
    } else if (event.key === "Enter" && !event.isComposing) {
      if (!event.repeat) this.#pick(this.found[this.active]);
    } else if (event.key === "Escape") {
      this.input.blur();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #pick(value) {
    if (value === undefined) return;
    this.input.blur();
    this.choose(value);
  }
}
