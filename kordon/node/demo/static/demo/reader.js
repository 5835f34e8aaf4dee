// A document reader of the demonstration: types a zone into the first line as a keyboard scanner would.
// "Scan this" opens the page of the form; whichever page of this tab first has a scan target is typed into.
const KEY = "kordon-demo-reader";
const FRESH = 120_000; // ms after which a document that found no reader is put away

document.addEventListener("submit", (event) => {
  const zone = event.target.dataset?.demoZone;
  if (!zone) return;
  event.preventDefault();
  sessionStorage.setItem(KEY, JSON.stringify({ zone, at: Date.now() }));
  location.assign(event.target.dataset.demoOpen);
});

const held = () => {
  try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; }
};

const press = (key) => {
  const place = document.activeElement ?? document.body;
  place.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
};

function read() {
  const document_ = held();
  if (!document_ || !document.querySelector("[data-scan-target]")) return;
  sessionStorage.removeItem(KEY);
  if (Date.now() - document_.at > FRESH) return;
  document.activeElement?.blur?.();
  for (const character of document_.zone) press(character === "\n" ? "Enter" : character);
  press("Enter");
}

// After the page and its own script are there.
addEventListener("load", () => setTimeout(read, 250));
