// htmx under a strict policy: nothing evaluated, nothing injected, every failure said in words.
import htmx from "htmx.org/dist/htmx.esm.js";
import { cover, isLockedPage } from "./lock.js";
import { message, onArrival, say, word } from "./page.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // pages hold personal data: none is kept in the browser's storage
  refreshOnHistoryMiss: true,
  disableInheritance: false,
  scrollBehavior: "auto",
  timeout: 20000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true }, // a form with its errors
    { code: "[45]..", swap: false, error: true },
  ],
});
globalThis.htmx = htmx;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
  // What a page asks by itself (hx-trigger="every 5s") keeps no idle session awake.
  if (!detail.triggeringEvent?.isTrusted) detail.headers["Kordon-Background"] = "1";
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) document.getElementById("k-message-script")?.remove();
});
document.addEventListener("htmx:responseError", ({ detail }) => {
  const { status, responseText, responseURL } = detail.xhr;
  if (status === 401) return location.reload(); // signed out or locked: the page itself knows the way
  message(status >= 500 ? "stop" : "look", words(responseText) || word(`error${status}`) || word("error"));
  console.warn("Kordon: answer", status, "from", responseURL);
});
document.addEventListener("htmx:sendError", () => message("look", word("offline")));
document.addEventListener("htmx:timeout", () => message("look", word("slow")));
document.addEventListener("htmx:swapError", () => message("stop", word("error")));

// A refusal arrives as a page or a fragment; its sentence is marked.
function words(html) {
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  return [...page.querySelectorAll("[data-words]")].map((e) => e.textContent.trim()).join(" ");
}

// What arrives may be worth saying: <p data-say>3 travellers are waiting</p>
document.addEventListener("htmx:load", ({ detail }) => {
  const told = detail.elt.matches?.("[data-say]") ? detail.elt : detail.elt.querySelector?.("[data-say]");
  if (told) say(told.dataset.say || told.textContent.trim());
});

// A whole page where a piece was asked for: the password page after a lock is laid over, others are gone to.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, isError, target, requestConfig } = event.detail;
  const wanted = target === document.body || requestConfig.elt?.closest?.("[hx-select]");
  if (isError || wanted || !/<html[\s>]/i.test(xhr.responseText.slice(0, 300))) return;
  event.detail.shouldSwap = false;
  if (isLockedPage(xhr.responseURL)) cover(xhr.responseText);
  else location.assign(xhr.responseURL || location.href);
});

// Select boxes that narrow a list ask at once: <form data-live>; the button stays for pages without scripts.
onArrival("form[data-live]", (form) => {
  form.querySelector("[data-live-button]")?.setAttribute("hidden", "");
  form.addEventListener("change", () => form.requestSubmit());
});
