// <body data-idle-seconds="300">: without a touch for so long, the lock form is sent; a warning comes before.
// Other tabs of the same browser count as the same officer. Typing keeps the session awake on the server too.
import { word } from "./page.js";

const WARN = 30;
const KEY = "kordon-last-touch";
const AWAKE = 60_000;
const limit = Number(document.body?.dataset.idleSeconds ?? 0);
let last = Date.now();
let told = Date.now();

function touch() {
  if (Date.now() - last < 1000 && !warning()) return;
  last = Date.now();
  warning()?.remove();
  try { localStorage.setItem(KEY, String(last)); } catch { /* storage may be forbidden */ }
  const address = document.body.dataset.awake;
  if (!address || last - told < AWAKE || document.body.classList.contains("k-locked")) return;
  told = last;
  fetch(address, { redirect: "manual" }).catch(() => {});
}

const warning = () => document.getElementById("k-idle");

function look() {
  try { last = Math.max(last, Number(localStorage.getItem(KEY) ?? 0)); } catch { /* as above */ }
  const left = Math.round(limit - (Date.now() - last) / 1000);
  if (left > WARN) return warning()?.remove();
  if (left <= 0) return lock();
  const place = warning() ?? warn();
  place.querySelector("[data-count]").textContent = String(left);
}

function warn() {
  const strip = document.createElement("div");
  strip.id = "k-idle";
  strip.className = "k-message k-look k-idle";
  strip.setAttribute("role", "alert");
  const text = document.createElement("p");
  const count = document.createElement("strong");
  count.dataset.count = "";
  text.append(`${word("idle")} `, count);
  strip.append(text);
  document.body.append(strip);
  return strip;
}

function lock() {
  clearInterval(watch);
  warning()?.remove();
  const form = document.querySelector("form[data-lock]");
  if (form) form.requestSubmit();
  else location.reload();
}

let watch;
if (limit > 0) {
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(sign, touch, { passive: true, capture: true });
  const begin = () => { last = 0; touch(); watch = setInterval(look, 1000); };
  begin();
  document.addEventListener("unlocked", begin);
}
