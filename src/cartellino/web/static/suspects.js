// One suspect: a verdict is sent, then the next one hangs. Skipping and looking need none of this.

import { post } from "./api.js";
import { find, make } from "./dom.js";
import { listen } from "./keys.js";
import { Undoable } from "./undo.js";
import { said } from "./words.js";

const main = find("main");
const { set, kind, work, place, picture, expected } = main.dataset;
const several = kind === "multi";
const labels = find("labels");
const undoable = new Undoable(`suspects-${set}`);
const told = `cartellino-said-${set}`;
const since = performance.now();
const refused = find("not-it").textContent.includes("after all");
const GROWTH = 2; // a small picture is shown at most so much larger than it is, as at the desk
let busy = false;

const page = (parameters) => `?${new URLSearchParams(parameters)}`;
const chosen = () => [...labels.querySelectorAll("[aria-pressed=true]")].map((each) => each.dataset.label);
const given = find("given").textContent;

async function send(body, sentence) {
  if (busy) return;
  busy = true;
  try {
    const answer = await post("/api/suspects", body);
    undoable.add({ decision: answer.decision?.id ?? null, picture: answer.picture ?? null, verdict: body.verdict, work, place });
    sessionStorage.setItem(told, sentence);
    location.assign(page({ after: place }));
  } catch (trouble) {
    busy = false;
    complain(trouble);
  }
}

function verdict(kindOf, more = {}) {
  return {
    label_set: set,
    work,
    verdict: kindOf,
    picture,
    neighbours: [...document.querySelectorAll("#alike li")].map((each) => each.dataset.work),
    milliseconds: Math.round(performance.now() - since),
    expected: expected ? Number(expected) : null,
    attempt: crypto.randomUUID(),
    ...more,
  };
}

function right() {
  const signed = several ? chosen() : null;
  if (several && !signed.length) return complain({ what: "no label is chosen", act: "Choose one, or skip the work." });
  if (!several || signed.join(", ") === given) return send(verdict("right"), `Signed: ${given} is right.`);
  return send(verdict("labels", { labels: signed }), `Signed as ${signed.join(", ")}.`);
}

function choose(button) {
  if (!button) return;
  if (several) button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  else send(verdict("labels", { labels: [button.dataset.label] }), `Signed as ${button.dataset.label}.`);
}

function other(event) {
  event.preventDefault();
  const field = find("value");
  const value = [...find("values").options].map((each) => each.value).find((each) => each.toLowerCase() === field.value.trim().toLowerCase());
  if (!value) return complain({ what: `‘${field.value}’ is no value of this label set`, act: "Choose one of those that are offered." });
  if (!several) return send(verdict("labels", { labels: [value] }), `Signed as ${value}.`);
  const known = labels.querySelector(`[data-label="${CSS.escape(value)}"]`);
  if (known) known.setAttribute("aria-pressed", "true");
  else labels.append(make("li", {}, make("button", { className: "choice", type: "button", "data-label": value, "aria-pressed": "true" }, make("kbd", {}, "·"), make("span", { className: "value" }, value))));
  field.value = "";
  field.blur();
}

const notIt = () => (refused ? send(verdict("of the work"), "The picture is used again.") : send(verdict("not of the work"), "The picture is left out from now on."));

async function undo() {
  const last = undoable.last;
  if (!last || busy) return;
  busy = true;
  try {
    if (last.decision) await post(`/api/decisions/${last.decision}/withdraw`, {});
    else await post("/api/suspects", { ...verdict(last.verdict === "of the work" ? "not of the work" : "of the work"), work: last.work, picture: last.picture });
    undoable.drop();
    sessionStorage.setItem(told, "Taken back.");
    location.assign(page({ work: last.work, after: last.place }));
  } catch (trouble) {
    busy = false;
    if (trouble.code === "conflict") undoable.drop();
    complain(trouble);
  }
}

function complain(trouble) {
  find("trouble").hidden = false;
  find("trouble").replaceChildren(make("p", {}, said(trouble)));
}

listen({
  a: right,
  p: notIt,
  s: () => find("skip").click(),
  u: undo,
  "/": () => find("value").focus(),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [digit, () => choose(labels.querySelectorAll("button")[digit - 1])])),
});
find("right").addEventListener("click", right);
find("not-it").addEventListener("click", notIt);
find("undo").addEventListener("click", undo);
find("other").addEventListener("submit", other);
find("value").addEventListener("keydown", (event) => event.key === "Escape" && event.target.blur());
labels.addEventListener("click", ({ target }) => choose(target.closest("button")));

// Without a script the picture hangs in its own size, or smaller.
function fit(frame, image) {
  const box = frame.getBoundingClientRect();
  const [width, height] = [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];
  const scale = Math.min(box.width / width, box.height / height, GROWTH);
  image.style.width = `${Math.max(1, Math.round(width * scale))}px`;
  image.style.height = `${Math.max(1, Math.round(height * scale))}px`;
}

const frame = document.querySelector(".stage a");
if (frame) new ResizeObserver(() => fit(frame, frame.firstElementChild)).observe(frame);
find("undo").disabled = !undoable.any;
find("said").textContent = sessionStorage.getItem(told) ?? "";
sessionStorage.removeItem(told);
