// What the desk says where there is nothing to sign: one sentence, one action.

import { find, make } from "./dom.js";

export function resting(state, set) {
  const triage = `cartellino triage ${set} --max-error 5%`;
  const [words, act, line] = {
    empty: ["Every work of this queue is signed.", "Take the labels home:", "cartellino export table --out works-labelled.csv"],
    measured: ["The calibration round is signed: a promise can be measured on it.", "Ask the model what it may file:", triage],
    untriaged: [`Nothing has been triaged yet for ${set}.`, "Ask the newest model about the backlog:", triage],
  }[state];
  say(make("p", {}, words), command(act, line));
}

export function broken(trouble, again) {
  const button = make("button", { className: "next", type: "button" }, "Try again");
  button.addEventListener("click", again);
  say(make("p", {}, trouble), button);
  button.focus();
}

export function clear() {
  find("state").hidden = true;
  find("main").hidden = false;
}

function say(...parts) {
  const box = find("state");
  box.replaceChildren(...parts);
  box.hidden = false;
  find("main").hidden = true;
}

function command(words, line) {
  const copy = make("button", { type: "button", className: "next" }, "Copy the command");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(line);
    copy.textContent = "Copied";
  });
  return make("div", { className: "action" }, make("p", { className: "muted do" }, words), make("code", { className: "command" }, line), copy);
}
