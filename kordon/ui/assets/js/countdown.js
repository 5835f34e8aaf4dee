// <form data-countdown="5">: seconds to take something back, shown in its [data-count]. At zero it fires
// `countdown:done` (bubbles), then is sent (data-countdown-then="submit") or hidden.
import { onArrival } from "./page.js";

onArrival("[data-countdown]", (element) => {
  if (element.dataset.end) return;
  const end = performance.now() + Number(element.dataset.countdown) * 1000;
  element.dataset.end = String(end);
  const tick = () => {
    if (!element.isConnected) return;
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    element.querySelectorAll("[data-count]").forEach((place) => { place.textContent = String(left); });
    if (left > 0) setTimeout(tick, 200);
    else finish(element);
  };
  tick();
});

function finish(element) {
  const kept = element.dispatchEvent(new CustomEvent("countdown:done", { bubbles: true, cancelable: true }));
  if (!kept) return;
  if (element.dataset.countdownThen === "submit") element.requestSubmit();
  else element.hidden = true;
}
