// The wall label, and the rest of the catalogue entry under it.

import { find, make } from "./dom.js";

const LONG = 120;
const ROOMY = 860; // pixels: from here on the entry fits under the keys, and is open until somebody closes it
const COLUMN = 860;

let shown = false;

export function showLabel(item) {
  const { label } = item;
  const title = make("cite", { className: titleClass(label.title) }, label.title || "Without a title");
  const lines = [
    label.artist && make("p", { className: "artist" }, label.artist, label.dates && make("span", { className: "dates" }, ` (${label.dates})`)),
    make("h1", { className: "work" }, title, label.year && make("span", { className: "year" }, `, ${label.year}`)),
    label.medium && make("p", { className: "medium" }, label.medium),
    label.place && make("p", { className: "place" }, label.place),
    make("p", { className: "credit" }, label.credit && `${label.credit} · `, make("span", { className: "number" }, label.number)),
  ];
  find("label").replaceChildren(...lines.filter(Boolean));
  showEntry(item.entry);
}

function titleClass(title) {
  if (!title) return "title missing";
  return title.length > LONG ? "title long" : "title";
}

function showEntry(entry) {
  const box = find("entry");
  box.hidden = entry.length === 0;
  if (!shown) box.open = innerHeight >= ROOMY && innerWidth > COLUMN;
  shown = true;
  box.querySelector("dl").replaceChildren(
    ...entry.map(([header, value]) => make("div", {}, make("dt", {}, header), make("dd", {}, valueOf(value)))),
  );
}

function valueOf(value) {
  if (!/^https?:\/\/\S+$/.test(value)) return value;
  return make("a", { href: value, rel: "noopener noreferrer", target: "_blank" }, value.replace(/^https?:\/\/(www\.)?/, ""));
}
