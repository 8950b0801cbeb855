// The catalogued works that look most like this one, and how far they agree with what is suggested.

import { get } from "./api.js";
import { find, listed, make } from "./dom.js";

const AGAIN = 700; // milliseconds until asking anew while features are being read

export const evidenceOf = (item, set) => get(`/api/evidence/${encodeURIComponent(item.id)}`, { label_set: set });

export class EvidenceRow {
  constructor(set) {
    this.set = set;
    this.box = find("evidence");
    this.list = find("neighbours");
    this.agreement = find("agreement");
    this.turn = 0;
  }

  async show(item, fetched) {
    const turn = ++this.turn;
    this.neighbours = [];
    if (item.blind) return this.#hide();
    let answer = await fetched.catch(() => ({ state: "absent", neighbours: [] }));
    while (answer.state === "loading" && turn === this.turn) {
      this.#wait();
      await new Promise((after) => setTimeout(after, AGAIN));
      answer = await evidenceOf(item, this.set).catch(() => ({ state: "absent", neighbours: [] }));
    }
    if (turn !== this.turn) return;
    if (!answer.neighbours.length) return this.#hide();
    this.neighbours = answer.neighbours;
    this.list.replaceChildren(...answer.neighbours.map(hung));
    this.box.hidden = false;
    this.weigh(item.suggestions[0]?.label ?? "");
  }

  // Says how many of the look-alikes carry `label`, and sets those apart.
  weigh(label) {
    let agree = 0;
    for (const [place, row] of [...this.list.children].entries()) {
      const same = this.neighbours[place]?.labels.includes(label) ?? false;
      row.classList.toggle("agrees", same);
      agree += same;
    }
    const all = this.neighbours.length;
    if (all) this.agreement.textContent = label ? `${agree || "None"} of ${all} ${agree === 1 ? "is" : "are"} catalogued as ${label}` : "";
  }

  #wait() {
    this.box.hidden = false;
    this.list.replaceChildren();
    this.agreement.textContent = "Being looked up…";
  }

  #hide() {
    this.box.hidden = true;
    this.list.replaceChildren();
    this.agreement.textContent = "";
  }
}

function hung(neighbour) {
  const title = neighbour.title || "Without a title";
  const labels = listed(neighbour.labels);
  const link = make(
    "a",
    { href: `/works/${encodeURIComponent(neighbour.id)}`, target: "_blank", rel: "noopener", title: `${title} (${neighbour.id}), catalogued as ${labels}` },
    make("span", { className: "frame" }, make("img", { src: neighbour.thumbnail, alt: "" })),
    make("span", { className: "value" }, labels),
    make("span", { className: "name" }, title),
  );
  return make("li", {}, link);
}
