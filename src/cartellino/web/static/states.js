// What the desk says where there is nothing to sign: one sentence, one action.

import { find, make } from "./dom.js";

export function waiting(set) {
  say(make("p", {}, "Every work of this queue is signed."), command("Take the labels home:", "cartellino export table --out works-labelled.csv"), set);
}

export function untriaged(set) {
  say(make("p", {}, `Nothing has been triaged yet for ${set}.`), command("Ask the newest model about the backlog:", `cartellino triage ${set} --max-error 5%`), set);
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
  box.replaceChildren(...parts.filter((part) => part instanceof Node));
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
