// A scanner types. <textarea data-scan-target> in a form receives it wherever the focus is, unless a text
// field has it; the form is sent when a whole MRZ has come and the typing rests. A person may type there too:
// the field takes the focus after the first letter; Enter ends a line, Enter on an empty line sends.
// What a scan left behind does not spoil the next: if what came in one go is whole, it alone is sent.
// Where no scan is taken, <… data-scan-closed="why"> says so.
import { isField, message, usable } from "./page.js";

const REST = 50;    // ms of silence that end a scan
const DOUBT = 200;  // the same where what came may be the beginning of a longer one
const AGAIN = 300;  // ms after sending in which a scanner's last Enter may still come
const LINE = 500;   // ms after a character in which Enter ends a line and presses no button
const PAUSE = 1000; // ms without a character after which another scan begins
const SURE = 12;    // quick characters after which it is a scanner beyond doubt
/** ms: nobody types three characters this close together. */
export const BURST = 90;
// Line lengths of Doc 9303: TD3 and MRV-A 2×44, TD2 and MRV-B and the French card 2×36, TD1 3×30.
const SHAPES = [[44, 44], [36, 36], [30, 30, 30]];

let sentAt = -Infinity;
let restTimer;
let burst = { count: 0, last: -Infinity };
// The first characters of a burst that may still be a key or a letter for a select box.
let held = { text: "", select: null, value: "" };
// Where in the field began what is coming in.
let run = { place: null, start: 0, last: -Infinity };

const target = () => [...document.querySelectorAll("[data-scan-target]")].find(usable);

/** True where lone characters may be the start of a scan. */
export const takesScan = () => Boolean(target()) && !document.querySelector("dialog:modal");

/** True if more characters came after the one at this time. */
export const isScanning = (since) => burst.last > since;

/** True when the text has the shape of a complete MRZ. */
export function isComplete(text) {
  const lines = text.split(/[\r\n|]+/).map((line) => line.replace(/\s/g, "")).filter(Boolean);
  return SHAPES.some((shape) => fits(lines, shape));
}

// Lines may run on, all of them or some; where they end, a line of the shape ends.
function fits(lines, shape) {
  const ends = shape.map((_, i) => shape.slice(0, i + 1).reduce((a, b) => a + b));
  let length = 0;
  return lines.every((line) => ends.includes(length += line.length)) && length === ends.at(-1);
}

// Run-on lines: 72 characters may become 88 or 90, and 88 may become 90 unless it is a passport or visa.
function restFor(text) {
  const size = text.trim().length;
  return size === 72 || (size === 88 && !/^[PV]/i.test(text.trim())) ? DOUBT : REST;
}

document.addEventListener("keydown", (event) => {
  const place = target();
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!place) return turnAway(event);
  if (document.querySelector("dialog:modal") || (isField(event.target) && event.target !== place)) return;
  if (event.key === "Enter") return enter(event, place);
  const typed = event.key === "Dead" ? physical(event) : event.key;
  if (typed?.length !== 1) return;
  rhythm(event);
  if (event.target === place) begin(place);
  follow(event, place);
  if (event.target !== place) receive(event, place, typed);
}, true);

// Here a scan chooses nothing and presses nothing, and a person is told why.
function turnAway(event) {
  const closed = document.querySelector("[data-scan-closed]");
  if (!closed || isField(event.target) || document.querySelector("dialog:modal")) return;
  if (event.key === "Enter" && event.timeStamp - burst.last <= BURST) return event.preventDefault();
  if (event.key.length !== 1 || event.repeat) return;
  rhythm(event);
  if (burst.count < 3) return hold(event, event.key);
  event.preventDefault();
  letGo();
  if (burst.count === SURE) message("look", closed.dataset.scanClosed);
}

function receive(event, place, typed) {
  const quick = burst.count >= 3;
  if (typed === " ") return quick ? event.preventDefault() : undefined;
  if (!quick && isClaimed(event, typed)) return hold(event, typed);
  event.preventDefault();
  begin(place);
  put(place, letGo() + typed);
  setTimeout(() => { if (burst.count < 3 && burst.last === event.timeStamp) place.focus(); }, BURST);
}

// A letter in a select box chooses; a lone "/" may be the key of the search field.
const isClaimed = ({ target: { tagName } }, typed) => tagName === "SELECT" || hasKey(typed);
const hasKey = (typed) => Boolean(document.querySelector(`[data-key="${CSS.escape(typed)}"]`));

function hold(event, typed) {
  held.text += typed;
  if (event.target.tagName === "SELECT" && !held.select) [held.select, held.value] = [event.target, event.target.value];
}

// It was a scan after all: the select box gets its choice back, the field its first letters.
function letGo() {
  const { text, select, value } = held;
  if (select) select.value = value;
  held = { text: "", select: null, value: "" };
  return text;
}

function rhythm({ timeStamp }) {
  const again = timeStamp - burst.last <= BURST;
  if (!again) held = { text: "", select: null, value: "" };
  burst = { count: again ? burst.count + 1 : 1, last: timeStamp };
}

function follow(event, place) {
  const goesOn = place === run.place && event.timeStamp - run.last <= PAUSE;
  const here = document.activeElement === place ? place.selectionStart : place.value.length;
  run = { place, start: goesOn ? run.start : here, last: event.timeStamp };
}

function upToHere(place) {
  return document.activeElement === place ? place.value.slice(0, place.selectionEnd) : place.value;
}

// All of the field, or what came in one go.
function whole(place) {
  const late = place === run.place ? upToHere(place).slice(run.start) : "";
  return [place.value, late].find(isComplete);
}

function enter(event, place) {
  if (event.timeStamp - sentAt < AGAIN) return event.preventDefault();
  // With the focus nowhere an Enter presses nothing, however late a busy machine delivers it.
  const near = event.target === document.body || event.timeStamp - burst.last < LINE;
  const typing = near && place.value && place.dataset.sent === undefined;
  if (event.target !== place && !typing) return; // a person pressing a button
  event.preventDefault();
  const text = place.value;
  if (whole(place) || (text.trim() && /[\n|]$/.test(upToHere(place)))) send(place);
  else if (text.trim()) put(place, "\n");
}

// The first character of the next document replaces the last one.
function begin(place) {
  if (place.dataset.sent === undefined) return;
  delete place.dataset.sent;
  place.value = "";
  run.start = 0;
}

function put(place, text) {
  const here = document.activeElement === place;
  const end = place.value.length;
  const shown = place.tagName === "TEXTAREA" ? text : text.replace("\n", "|");
  place.setRangeText(shown, here ? place.selectionStart : end, here ? place.selectionEnd : end, "end");
  place.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  if (event.target !== target()) return;
  clearTimeout(restTimer);
  const text = whole(event.target);
  if (text) restTimer = setTimeout(() => send(event.target), restFor(text));
});

function send(place) {
  clearTimeout(restTimer);
  if (place.dataset.sent !== undefined || !place.isConnected) return;
  place.value = whole(place) ?? place.value;
  place.dataset.sent = "";
  sentAt = performance.now();
  place.form?.requestSubmit();
}

// The character a US keyboard, which is what a scanner plays, would have given.
function physical({ code, shiftKey }) {
  if (/^Key[A-Z]$/.test(code)) return code[3];
  if (/^Digit\d$/.test(code)) return code[5];
  return code === "Comma" && shiftKey ? "<" : undefined;
}
