// <time data-clock>: the wall clock, in the node's time zone where the page names one (data-zone).
import { onArrival } from "./page.js";

const show = (element) => {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: element.dataset.zone || undefined };
  element.textContent = new Intl.DateTimeFormat("en-GB", options).format(new Date());
};
onArrival("[data-clock]", show);
setInterval(() => document.querySelectorAll("[data-clock]").forEach(show), 1000);

// <span data-left="2026-11-22T10:00:00Z">: minutes and seconds left, counting on past zero with a minus.
const left = (element) => {
  const seconds = Math.round((Date.parse(element.dataset.left) - Date.now()) / 1000);
  const size = Math.abs(seconds);
  const text = `${seconds < 0 ? "−" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
  element.textContent = text;
  element.classList.toggle("k-look", seconds <= Number(element.dataset.leftLook ?? 0));
};
onArrival("[data-left]", left);
setInterval(() => document.querySelectorAll("[data-left]").forEach(left), 1000);
