// Which key a person meant, on whatever keyboard; and when a key is meant for the desk at all.

const TYPING = "input, textarea, select";

export function meant(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
  const { key, code } = event;
  if (key.length > 1 || /^[0-9/?+\-=]$/.test(key)) return key;
  if (/^Digit[0-9]$/.test(code) && !/^[a-z]$/i.test(key)) return code.slice(5); // French keyboards need Shift for digits
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key; // Greek, Cyrillic, …
}

export function listen(bindings) {
  document.addEventListener("keydown", (event) => {
    const key = meant(event);
    const act = bindings[key];
    if (!act || event.repeat && !key.startsWith("Arrow")) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target.closest(TYPING)) return;
    if (key === "Enter" && event.target.closest("button, a, summary, [role=option]")) return;
    if (act(event) !== false) event.preventDefault();
  });
}
