// A queue calls: <li data-notice="ERIKSSON waits for the second line" id="case-1"> arriving on the page makes a
// sound, is read out, and is counted in the title until the page is looked at. The first drawing is silent.
// <button data-sound-toggle aria-pressed="true"> turns the sound off and on for this browser.
import { onArrival, say } from "./page.js";

const KEY = "kordon-sound";
const heard = new Set();
let awake = false;
let waiting = 0;
let title;
let sound;

const soundOn = () => { try { return localStorage.getItem(KEY) !== "off"; } catch { return true; } };

onArrival("[data-notice]", (element) => {
  const id = element.id || element.dataset.notice;
  if (heard.has(id)) return;
  heard.add(id);
  if (awake) call(element.dataset.notice);
});
addEventListener("load", () => { awake = true; });

function call(text) {
  say(text);
  if (soundOn()) ring();
  if (document.hasFocus()) return;
  title ??= document.title;
  waiting += 1;
  document.title = `(${waiting}) ${title}`;
}
addEventListener("focus", () => { if (title) document.title = title; title = undefined; waiting = 0; });

// Two short tones, made here: no file, and nothing that could be mistaken for an alarm.
function ring() {
  sound ??= new AudioContext();
  [[660, 0], [880, 0.14]].forEach(([pitch, after]) => {
    const tone = sound.createOscillator();
    const level = sound.createGain();
    const start = sound.currentTime + after;
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0.0001, start);
    level.gain.exponentialRampToValueAtTime(0.15, start + 0.02);
    level.gain.exponentialRampToValueAtTime(0.0001, start + 0.13);
    tone.connect(level).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.14);
  });
}

onArrival("[data-sound-toggle]", (button) => {
  const draw = () => button.setAttribute("aria-pressed", String(soundOn()));
  draw();
  button.addEventListener("click", () => {
    try { localStorage.setItem(KEY, soundOn() ? "off" : "on"); } catch { return; }
    draw();
    if (soundOn()) ring();
  });
});
