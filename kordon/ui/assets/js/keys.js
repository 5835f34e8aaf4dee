// Elements say their key: <button data-key="F8">. The key clicks it, or focuses it if it is a field.
// Function keys and combinations work from inside fields; single characters and Esc do not disturb typing.
import { isField, onArrival, usable } from "./page.js";
import { BURST, isScanning, takesScan } from "./scan.js";

/** "F8", "Ctrl+Enter", "Alt+1", "/", "?", "Esc": as a person would write it. */
export function nameOf(event) {
  let key = { Escape: "Esc", " ": "Space" }[event.key] ?? event.key;
  if (key.length === 1) key = key.toUpperCase();
  // Shift is part of a character already: "?" is "?" on every keyboard.
  const shift = event.shiftKey && key.length > 1;
  return [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.metaKey && "Meta", shift && "Shift", key]
    .filter(Boolean).join("+");
}

/** The element that answers to a key: nearest to the focus first, then the first on the page. */
export function holderOf(key) {
  const all = [...document.querySelectorAll("[data-key]")].filter((e) => e.dataset.key.toUpperCase() === key.toUpperCase());
  const able = all.filter(usable);
  const modal = document.querySelector("dialog:modal");
  const within = modal ? able.filter((e) => modal.contains(e)) : able;
  for (let place = document.activeElement; place && place !== document.body; place = place.parentElement) {
    const near = within.find((e) => place.contains(e));
    if (near) return near;
  }
  return within[0];
}

export function press(element) {
  if (isField(element) || element.tagName === "SELECT") {
    element.focus();
    element.select?.();
    return;
  }
  if (element.tagName === "DETAILS") element = element.querySelector("summary");
  if (element.tagName === "SUMMARY") element.focus();
  element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || ["Control", "Alt", "Shift", "Meta"].includes(event.key)) return;
  const key = nameOf(event);
  const single = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (single && isField(event.target)) return;
  if (single && takesScan()) return deferred(event, key);
  act(event, key);
});

function act(event, key) {
  if (key === "Esc" && (shut(event) || leave(event))) return;
  const holder = holderOf(key);
  if (!holder) return;
  event.preventDefault();
  if (!event.repeat) press(holder);
}

// Esc first closes what lies over the page.
function shut(event) {
  const open = document.querySelector(".k-menu[open]") ?? document.querySelector(".k-keys[open]");
  if (!open) return false;
  event.preventDefault();
  if (open.tagName === "DIALOG") open.close();
  else { open.open = false; open.querySelector("summary").focus(); }
  return true;
}

// Out of a field with something in it, Esc first leaves the field: half a sentence is not thrown away.
function leave(event) {
  const field = event.target;
  if (!isField(field) || !field.value || field.matches("[data-scan-target]")) return false;
  event.preventDefault();
  field.blur();
  return true;
}

// Where a scanner may type, a lone character is a key only if no second one follows it.
function deferred(event, key) {
  const holder = holderOf(key);
  if (!holder || event.repeat) return;
  event.preventDefault();
  setTimeout(() => { if (!isScanning(event.timeStamp)) press(holder); }, BURST);
}

// The same to a screen reader.
onArrival("[data-key]", (element) => {
  const spoken = element.dataset.key.replace("Esc", "Escape").replace("Ctrl", "Control");
  if (!element.hasAttribute("aria-keyshortcuts")) element.setAttribute("aria-keyshortcuts", spoken);
});

// What is to be read first has the focus, so that arrows scroll it; the page itself stays where it is.
onArrival("[data-read-first]", (element) => element.focus({ preventScroll: true }));

document.addEventListener("click", (event) => {
  document.querySelectorAll(".k-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
