// Opens the desk and gives it its keys and buttons.

import { Desk } from "./desk.js";
import { find } from "./dom.js";
import { listen } from "./keys.js";

const STRIDE = 80; // pixels that an arrow key moves a picture seen closely
const desk = new Desk();
const near = (act) => () => (desk.stage.zoom.near ? act() : false);
const arrow = (x, y) => () => {
  if (desk.stage.zoom.near) desk.stage.zoom.pan(x * STRIDE, y * STRIDE);
  else return y === 0 && desk.stage.step(-x);
};

function escape() {
  if (desk.stage.zoom.near) desk.stage.zoom.leave();
  else desk.relent();
}

listen({
  a: () => desk.accept(),
  Enter: () => (desk.retry ? desk.again(desk.retry) : desk.accept()),
  s: () => desk.decide("skipped", []),
  n: () => desk.decide("signed", []),
  u: () => desk.undo(),
  z: () => desk.stage.zoom.toggle(),
  e: () => (find("entry").open = !find("entry").open),
  "/": () => desk.finder?.start(),
  "?": () => find("keys").showModal(),
  "+": () => desk.stage.zoom.nearer(),
  "=": () => desk.stage.zoom.nearer(),
  "-": near(() => desk.stage.zoom.farther()),
  Escape: escape,
  ArrowLeft: arrow(1, 0),
  ArrowRight: arrow(-1, 0),
  ArrowUp: arrow(0, 1),
  ArrowDown: arrow(0, -1),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [digit, () => desk.choices?.number(digit)])),
});

find("accept").addEventListener("click", () => desk.accept());
find("none").addEventListener("click", () => desk.decide("signed", []));
find("skip").addEventListener("click", () => desk.decide("skipped", []));
find("undo").addEventListener("click", () => desk.undo());
find("show-keys").addEventListener("click", () => find("keys").showModal());
for (const event of ["pointerover", "focusin"]) {
  find("choices").addEventListener(event, ({ target }) => {
    const label = target.closest("button")?.dataset.label;
    if (label) desk.evidence.weigh(label);
  });
}
find("choices").addEventListener("pointerleave", () => desk.item && desk.evidence.weigh(desk.item.suggestions[0]?.label ?? ""));

desk.open();
