// Locking lays the password page over this one and takes the page out of sight, so that half a form survives it.
// Only the password page's own address (<body data-locked="/accounts/locked/">) is treated so; every other answer
// is followed as a browser would. Without scripts the lock form leads to the same page.
import { message, word } from "./page.js";

const lockedAt = () => document.body.dataset.locked;
const layer = () => document.getElementById("k-lock");

/** Is this the address of the page that asks the password again? */
export const isLockedPage = (address) => Boolean(lockedAt()) && new URL(address, location.href).pathname === lockedAt();

/** Lay a password page over this one. */
export function cover(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main) return location.reload();
  const over = layer() ?? document.body.appendChild(Object.assign(document.createElement("div"), { id: "k-lock" }));
  document.body.classList.add("k-locked");
  over.replaceChildren(document.importNode(main, true));
  over.querySelector("[autofocus], input:not([type=hidden], [hidden])")?.focus();
  freshen(page);
}

function uncover(page) {
  layer().remove();
  document.body.classList.remove("k-locked");
  freshen(page);
  document.dispatchEvent(new Event("unlocked"));
}

// Unlocking changes the token that forms carry.
function freshen(page) {
  const token = page.querySelector("meta[name=csrf-token]")?.content;
  if (!token) return;
  document.querySelector("meta[name=csrf-token]").content = token;
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
}

/** Send the lock form, or the password, and see where that leads. */
export async function follow(form) {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
  } catch {
    return message("look", word("offline"));
  }
  const html = await answer.text();
  if (isLockedPage(answer.url)) return cover(html);
  if (layer() && answer.ok && samePage(answer.url)) return uncover(new DOMParser().parseFromString(html, "text/html"));
  return location.assign(answer.url);
}

const samePage = (address) => new URL(address).pathname === location.pathname;

document.addEventListener("submit", (event) => {
  const form = event.target;
  const ours = form.matches("form[data-lock]") || (layer()?.contains(form) && isLockedPage(form.action));
  if (!ours || event.defaultPrevented || !lockedAt()) return;
  event.preventDefault();
  follow(form);
});

// Behind the cover nothing is asked: an answer could only be the password page again.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.body.classList.contains("k-locked")) event.preventDefault();
});
