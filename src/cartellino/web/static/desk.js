// The review desk: shows a work, takes one decision, waits until it is on record, shows the next.

import { Ahead } from "./ahead.js";
import { get, post } from "./api.js";
import { Choices } from "./choices.js";
import { find, key, make } from "./dom.js";
import { EvidenceRow } from "./evidence.js";
import { Finder } from "./finder.js";
import { showLabel } from "./label.js";
import { Stage } from "./stage.js";
import * as states from "./states.js";
import { standingOf, Undoable } from "./undo.js";
import { capital, described, outcome, said } from "./words.js";

const SETTLE = 250; // nobody has seen a work in less: a key pressed twice signs one work, not two
const main = find("main");
const { set: name, work: wanted } = main.dataset;

export class Desk {
  constructor() {
    this.stage = new Stage();
    this.evidence = new EvidenceRow(name);
    this.ahead = new Ahead(name);
    this.item = null;
    this.busy = true;
    this.retry = null;
    this.signed = new Undoable(name);
  }

  async open() {
    try {
      const queue = await get("/api/queue", { label_set: name });
      this.choices = new Choices(queue.set, (label) => this.pick(label));
      this.finder = new Finder(queue.set.values.map((value) => value.label), (label) => this.pick(label));
      await this.go(queue, wanted);
    } catch (trouble) {
      this.broken(trouble, () => this.open());
    }
  }

  // Shows the work that is next in `queue`, or the one asked for.
  async go(queue, id = "") {
    this.queue = queue;
    const next = id || queue.next[0]?.id;
    showProgress(queue.progress);
    if (!next) return this.rest(queue.state);
    try {
      const { item, evidence } = this.ahead.take(next);
      this.show(await item, evidence);
      this.ahead.prepare(queue.next.filter((entry) => entry.id !== next));
    } catch (trouble) {
      this.broken(trouble, () => this.go(queue, id));
    }
  }

  show(item, evidence) {
    states.clear();
    this.item = item;
    this.retry = null;
    this.attempt = crypto.randomUUID();
    this.since = performance.now();
    showLabel(item);
    this.stage.show(item.pictures, item.label.title || "Work without a title");
    this.choices.show(item);
    this.evidence.show(item, evidence);
    find("trouble").hidden = true;
    document.querySelector(".rail").scrollTop = 0;
    this.settle(false);
  }

  rest(state) {
    this.item = null;
    this.settle(true);
    states.resting(state, name);
    find("said").append(this.signed.any ? " U undoes the last decision." : "");
  }

  broken(trouble, again) {
    this.item = null;
    this.settle(false);
    states.broken(said(trouble), again);
  }

  pick(label) {
    if (!this.choices.several) return this.decide("signed", [label]);
    if (this.busy || this.retry) return;
    this.choices.toggle(label);
    this.settle(false);
  }

  accept() {
    const labels = this.choices?.accepted;
    if (labels) this.decide("signed", labels);
    else if (this.item) tell(this.item.blind ? "Nothing is suggested here: choose a value." : "Choose a label first, or N for none of these.");
  }

  decide(kind, labels) {
    const elapsed = performance.now() - (this.since ?? 0);
    if (this.busy || this.retry || !this.item || elapsed < SETTLE) return;
    if (kind === "skipped" && this.item.standing?.kind === "signed") return this.onward();
    const { id, run, blind, expected } = this.item;
    this.send({
      label_set: name,
      work: id,
      kind,
      labels,
      run,
      blind,
      expected,
      neighbours: this.evidence.neighbours.map((neighbour) => neighbour.id),
      milliseconds: Math.round(elapsed),
      attempt: this.attempt,
    });
  }

  async send(body) {
    this.settle(true);
    try {
      const answer = await post("/api/decisions", body);
      this.signed.add({ decision: answer.decision.id, work: body.work });
      tell(outcome(answer.decision));
      await this.go(answer);
    } catch (trouble) {
      this.fail(trouble, body);
    }
  }

  // Nothing is lost: the decision waits here until it is on record or given up.
  fail(trouble, body) {
    this.settle(false);
    const conflict = trouble.code === "conflict";
    this.retry = conflict ? () => this.onward() : () => this.send(body);
    const words = conflict ? said(trouble) : `${said(trouble)} ${capital(described(body))} is not on record yet.`;
    const button = make("button", { type: "button", className: "next" }, key("Enter"), conflict ? " Next work" : " Try again");
    button.addEventListener("click", () => this.again(this.retry));
    const drop = make("button", { type: "button" }, key("Esc"), " Choose anew");
    drop.addEventListener("click", () => this.relent());
    find("trouble").replaceChildren(make("p", {}, words), make("p", {}, button, conflict ? "" : drop));
    find("trouble").hidden = false;
    document.body.classList.add("troubled");
    for (const each of find("actions").children) each.disabled = true;
  }

  relent() {
    if (!this.retry) return;
    this.retry = null;
    this.attempt = crypto.randomUUID(); // another decision, should the one before have arrived after all
    find("trouble").hidden = true;
    this.settle(false);
  }

  again(retry) {
    this.retry = null;
    find("trouble").hidden = true;
    return retry?.();
  }

  async onward() {
    this.settle(true);
    try {
      await this.go(await get("/api/queue", { label_set: name }));
    } catch (trouble) {
      this.broken(trouble, () => this.onward());
    }
  }

  async undo() {
    if (this.busy || this.retry) return;
    const last = this.signed.last ?? standingOf(this.item);
    if (!last) return tell("There is nothing to undo.");
    this.settle(true);
    try {
      const answer = await post(`/api/decisions/${last.decision}/withdraw`, {});
      this.signed.drop();
      tell("Undone; both stay on record.");
      await this.go(answer, answer.work);
    } catch (trouble) {
      if (trouble.code === "conflict") this.signed.drop();
      this.settle(!this.item);
      tell(said(trouble));
    }
  }

  settle(busy) {
    this.busy = busy && Boolean(this.item);
    main.ariaBusy = String(this.busy);
    document.body.classList.remove("troubled");
    const idle = this.item && !this.busy;
    find("accept").disabled = !idle || !this.choices.accepted;
    for (const id of ["none", "skip"]) find(id).disabled = !idle;
    find("undo").disabled = this.busy || !(this.signed.any || standingOf(this.item));
  }
}

const tell = (words) => (find("said").textContent = words);

function showProgress({ total, left, skipped, signed_today: today }) {
  const place = Math.min(total, total - left + skipped + 1);
  const parts = total ? [`Work ${place.toLocaleString()} of ${total.toLocaleString()}`] : [];
  if (skipped) parts.push(`${skipped} put off`);
  if (today) parts.push(`${today} signed by you today`);
  find("progress").textContent = parts.join(" · ");
  find("done").firstElementChild.style.width = total ? `${((total - left) / total) * 100}%` : "0";
}
