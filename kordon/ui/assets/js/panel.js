// The keys of this page, beside it. Without scripts the link opens the same panel.
import { onArrival, usable } from "./page.js";

const panel = () => document.getElementById("keys");
let cameFrom;

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys-open]")) { event.preventDefault(); toggle(); }
  if (event.target.closest?.("[data-keys-close]")) { event.preventDefault(); panel().close(); }
});

function toggle() {
  if (panel().open) return panel().close();
  cameFrom = document.activeElement;
  fill();
  panel().show();
  panel().focus();
}

onArrival("#keys", (dialog) => dialog.addEventListener("close", () => cameFrom?.focus?.()));

// The page's own list comes first; keys that elements declare and the list forgot are added.
function fill() {
  const list = panel().querySelector("dl");
  list.querySelectorAll("[data-found]").forEach((e) => e.remove());
  const told = new Set([...list.querySelectorAll(".k-key")].map((e) => e.textContent.trim()));
  for (const element of document.querySelectorAll("[data-key]")) {
    const key = element.dataset.key;
    if (told.has(key) || !usable(element)) continue;
    told.add(key);
    list.append(...entry(key, nameOf(element)));
  }
}

function entry(key, name) {
  const term = document.createElement("dt");
  const cap = document.createElement("kbd");
  cap.className = "k-key";
  cap.textContent = key;
  term.append(cap);
  const what = document.createElement("dd");
  what.textContent = name;
  [term, what].forEach((e) => { e.dataset.found = ""; });
  return [term, what];
}

function nameOf(element) {
  const label = element.dataset.keyLabel || element.getAttribute("aria-label") || element.labels?.[0]?.textContent;
  if (label) return label.trim();
  const copy = (element.tagName === "DETAILS" ? element.querySelector("summary") : element).cloneNode(true);
  copy.querySelectorAll(".k-key, svg, .visually-hidden").forEach((e) => e.remove());
  return copy.textContent.trim() || element.getAttribute("placeholder") || "";
}
