// The works that come next, fetched with their pictures before they are wanted.

import { get } from "./api.js";
import { evidenceOf } from "./evidence.js";

const AHEAD = 2;
const KEPT = 12;

export class Ahead {
  constructor(set) {
    this.set = set;
    this.held = new Map();
  }

  // A work's item and evidence; fetched anew where it may have changed since.
  take(id) {
    const held = this.held.get(id) ?? this.#fetch(id);
    this.held.delete(id);
    return held;
  }

  prepare(entries) {
    for (const { id } of entries.slice(0, AHEAD)) {
      if (this.held.has(id)) continue;
      const held = this.#fetch(id);
      this.held.set(id, held);
      held.item.catch(() => this.held.delete(id)); // asked for again when its turn comes
    }
    for (const id of [...this.held.keys()].slice(0, Math.max(0, this.held.size - KEPT))) this.held.delete(id);
  }

  #fetch(id) {
    const item = get(`/api/works/${encodeURIComponent(id)}`, { label_set: this.set });
    const evidence = item.then((found) => (found.blind ? { state: "blind", neighbours: [] } : evidenceOf(found, this.set)));
    evidence.catch(() => {}); // said when it is shown
    item.then(({ pictures }) => warm(pictures.map((picture) => picture.address)), () => {});
    evidence.then(({ neighbours }) => warm(neighbours.map((neighbour) => neighbour.thumbnail)), () => {});
    return { item, evidence };
  }
}

function warm(addresses) {
  for (const address of addresses) new Image().src = address;
}
