// Decisions of this window that can be undone, the last one first. A reload keeps them; another desk, perhaps of
// another collection, at the same address does not.

import { token } from "./api.js";

export class Undoable {
  constructor(set) {
    this.name = `cartellino-undo-${set}-${token.slice(0, 16)}`;
    this.held = JSON.parse(sessionStorage.getItem(this.name) ?? "[]");
  }

  get any() {
    return this.held.length > 0;
  }

  get last() {
    return this.held.at(-1);
  }

  add(entry) {
    this.held = [...this.held.slice(-99), entry];
    this.#keep();
  }

  drop() {
    this.held.pop();
    this.#keep();
  }

  #keep() {
    sessionStorage.setItem(this.name, JSON.stringify(this.held));
  }
}

// What stands for a work that was opened after it was signed can be undone, too.
export const standingOf = (item) =>
  item?.standing?.kind === "signed" ? { decision: item.standing.id, work: item.id } : null;
