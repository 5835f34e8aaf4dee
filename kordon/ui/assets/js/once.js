// A form is sent once, however often the key is struck; coming back to the page frees it.
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if ((form.method !== "post" && !form.hasAttribute("hx-post")) || event.defaultPrevented) return;
  if (sent.has(form)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  sent.add(form);
  setTimeout(() => sent.delete(form), 5000); // the answer was a file, or the link is dead: let them try again
}, true);

for (const over of ["htmx:afterRequest", "htmx:sendAbort"]) {
  document.addEventListener(over, (event) => sent.delete(event.target.closest?.("form") ?? event.target));
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
