// Kordon's page script. Every page works without it; with it, keys, scanners and partial answers do too.
import "./exchange.js";
import "./keys.js";
import "./panel.js";
import "./scan.js";
import "./once.js";
import "./clock.js";
import "./lock.js";
import "./idle.js";
import "./countdown.js";
import "./notice.js";
