// What may be signed: suggestions with their probabilities, or, shown blind, the plain values.

import { find, key, listed, make } from "./dom.js";

const KEYS = 9;
const FEW = 24; // so many values are shown at once to somebody who judges blind
const LIKELY = 0.5; // 'perhaps' or better is chosen beforehand where several labels may be right
const SENSITIVE = "Never filed by rule: a person decides.";
const BLIND =
  "A calibration round: this work was drawn at random and is shown without suggestions, so that your judgement measures the model instead of following it.";

export class Choices {
  constructor(set, choose) {
    this.set = set;
    this.several = set.kind === "multi";
    this.choose = choose; // called with a label that was picked
    this.list = find("choices");
    this.sensitive = new Set(set.values.filter((value) => value.sensitive).map((value) => value.label));
    this.chosen = new Set();
    this.shown = [];
  }

  show(item) {
    this.item = item;
    this.shown = item.blind ? this.#values() : item.suggestions;
    const before = item.standing?.kind === "signed" ? item.standing.labels : this.#likely();
    this.chosen = new Set(this.several ? before : []);
    const plain = item.blind || item.suggestions.length === 0;
    this.list.className = `choices${this.several ? " several" : ""}${plain ? " plain" : ""}`;
    this.list.replaceChildren(...this.shown.map((said, place) => this.#row(said, place)));
    this.list.hidden = this.shown.length === 0;
    find("blind").hidden = !plain;
    find("blind").textContent = item.blind ? BLIND : "Nothing is suggested for this work.";
    find("accept").hidden = plain && !this.several;
    this.#showStanding();
    this.#showChosen();
  }

  // What A signs; null where there is nothing to accept.
  get accepted() {
    if (this.several) return this.chosen.size ? [...this.chosen] : null;
    return this.item.blind || !this.shown.length ? null : [this.shown[0].label];
  }

  number(digit) {
    const said = this.shown[digit - 1];
    if (said) this.choose(said.label);
  }

  toggle(label) {
    if (!this.chosen.delete(label)) this.chosen.add(label);
    for (const button of this.list.querySelectorAll("button")) button.ariaPressed = String(this.chosen.has(button.dataset.label));
    this.#showChosen();
  }

  #values() {
    return this.set.values.length > FEW ? [] : this.set.values.map(({ label, sensitive }) => ({ label, sensitive }));
  }

  #likely() {
    return this.item.suggestions.filter((said) => said.probability >= LIKELY && !said.sensitive).map((said) => said.label);
  }

  #row(said, place) {
    const button = make(
      "button",
      { type: "button", className: "choice", ariaPressed: this.several ? String(this.chosen.has(said.label)) : null },
      place < KEYS ? key(String(place + 1)) : make("span", { className: "no-key" }),
      make("span", { className: "value" }, said.label),
      said.hedge && make("span", { className: "hedge" }, said.hedge),
      said.hedge && bar(said.probability),
      said.percent && make("span", { className: "figure" }, said.percent),
    );
    button.dataset.label = said.label;
    button.addEventListener("click", () => this.choose(said.label));
    const first = place === 0 && said.hedge && !this.several;
    const notes = [first && make("p", { className: "suggested note" }, "suggested"), said.sensitive && make("p", { className: "note" }, SENSITIVE)];
    return make("li", { className: first ? "first" : "" }, button, ...notes.filter(Boolean));
  }

  #showStanding() {
    const { standing } = this.item;
    const box = find("standing");
    box.textContent = standing ? spoken(standing) : "";
    box.title = standing ? standing.reason : "";
  }

  #showChosen() {
    const list = find("chosen");
    const others = [...this.chosen].filter((label) => !this.shown.some((said) => said.label === label));
    list.hidden = others.length === 0;
    list.replaceChildren(...others.map((label) => this.#chip(label)));
    const signs = find("accept").lastElementChild;
    if (this.several) signs.textContent = this.chosen.size ? `Sign ${listed([...this.chosen])}` : "Choose what to sign";
    else signs.textContent = this.accepted ? `Accept ${this.accepted[0]}` : "Accept";
  }

  #chip(label) {
    const button = make("button", { type: "button", ariaLabel: `Drop ${label}` }, label, make("span", { ariaHidden: "true" }, "×"));
    button.addEventListener("click", () => this.choose(label));
    return make("li", {}, button, this.sensitive.has(label) && make("span", { className: "note" }, SENSITIVE));
  }
}

export function spoken(decision) {
  const labels = listed(decision.labels) || "none of these";
  const who = decision.by === "rule" ? "by rule" : `by ${decision.by}`;
  const at = new Date(decision.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const words = { signed: `Signed as ${labels} ${who}, ${at}`, filed: `Filed as ${labels} ${who}`, review: "", skipped: `Put off ${who}, ${at}` };
  return words[decision.kind] ?? "";
}

function bar(probability) {
  const fill = make("span");
  fill.style.width = `${probability * 100}%`;
  return make("span", { className: "bar", ariaHidden: "true" }, fill);
}
