// Small words the other files share.

/** Text of this page in the reader's language, from <template id="k-words" data-…>. */
export function word(name, fallback = "") {
  return document.getElementById("k-words")?.dataset[name] ?? fallback;
}

/** Say something to a screen reader without moving the focus. */
export function say(text) {
  const place = document.getElementById("k-say");
  if (place) place.textContent = text;
}

/** Show a message strip; level is one of stop, look, done, note. One message per id. */
export function message(level, text, id = "k-message-script") {
  const place = document.getElementById("k-messages");
  if (!place) return;
  document.getElementById(id)?.remove();
  const strip = document.createElement("div");
  strip.id = id;
  strip.className = `k-message k-${level}`;
  strip.setAttribute("role", level === "stop" ? "alert" : "status");
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "k-message-close";
  close.dataset.close = "";
  close.setAttribute("aria-label", word("close", "Close"));
  close.textContent = "✕";
  strip.append(words, close);
  place.append(strip);
}

/** True for an element a person could use now. */
export function usable(element) {
  return !element.disabled && element.getAttribute("aria-disabled") !== "true"
    && !element.closest("[inert]") && element.getClientRects().length > 0;
}

/** True while typing belongs to this element. */
export function isField(element) {
  if (!element) return false;
  if (element.isContentEditable || element.tagName === "TEXTAREA") return !element.readOnly;
  if (element.tagName !== "INPUT") return false;
  return !/^(button|checkbox|color|file|image|radio|range|reset|submit)$/.test(element.type) && !element.readOnly;
}

/** Run now for what is on the page and again for whatever htmx brings. */
export function onArrival(selector, act) {
  const visit = (root) => {
    if (root.matches?.(selector)) act(root);
    root.querySelectorAll?.(selector).forEach(act);
  };
  const start = () => visit(document.body);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("htmx:load", (event) => visit(event.detail.elt));
}

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-close]")?.closest(".k-message, .k-idle")?.remove();
});
