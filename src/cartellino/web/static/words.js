// What the desk says of a decision and of trouble, in sentences.

import { listed, sentence } from "./dom.js";

export const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
export const said = (trouble) => [sentence(trouble.what ?? String(trouble)), trouble.act].filter(Boolean).join(" ");

export function described({ kind, labels }) {
  if (kind === "skipped") return "the skip";
  return labels.length ? `‘${listed(labels)}’` : "‘none of these’";
}

export function outcome({ kind, labels }) {
  if (kind === "skipped") return "Skipped; it comes back at the end.";
  return labels.length ? `Signed as ${listed(labels)}.` : "Signed: none of these.";
}
