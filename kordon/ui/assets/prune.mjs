// Cuts out of Tabler's CSS what Kordon does not use. A list of what goes, not of what stays:
// a page may use any other Tabler class without a rebuild.

// Parts that need Tabler's scripts and parts we draw ourselves, and decoration.
const PARTS = [
  "accordion", "avatar", "calendar", "callout", "carousel", "chart", "chat", "collaps", "countup",
  "dimmer", "drop(down|up|end|start)", "dropzone", "fslightbox", "hr-text", "img-", "jqvmap", "jvm", "layout-", "legend",
  "litepicker", "loader", "mention", "modal", "nav-?bar", "navbar", "noUi", "offcanvas", "otp", "page-(wrapper|loader)",
  "payment", "plyr", "popover", "progressbg", "prose", "ribbon", "signal", "signature", "sortable",
  "sparkline", "strength", "switch-icon", "tag", "theme-", "toast", "tom-", "tooltip", "toolbar",
  "tracking", "ts-", "turbo", "user-", "vc-", "wysiwyg", "hide-theme", "datagrid-?grid", "card-(rotate|stamp|gradient)",
  "card-(img|cover|sponsor|active|inactive|stacked|link|tabs|status|progress)", "btn-(floating|loading|animate|icon-text|pill|square|x|tabler|action|close|toolbar)",
  "form-(selectgroup|colorinput|imagecheck|floating|range|fieldset|file|footer)", "input-icon-", "empty", "skip-",
  "placeholder", "shape", "bg-(gradient|pattern|blur|cover|opacity)", "table-(mobile|transparent|center)", "row-deck", "column",
  "ratio", "object-", "order-", "offset-", "float-", "cursor-", "translate", "opacity-", "hover-", "was-validated", "valid-",
  "sticky", "rounded-(top|bottom|start|end)", "border-(opacity|wide)", "divide-(opacity)", "link-(opacity|offset|underline)",
  "focus-ring", "icon-link", "focusring", "steps-(color|[a-z]+)$", "step-",
].map((part) => `\\.(bs-)?${part}`);

// Colour says something here (stop, look, decided); a palette to choose from would unsay it.
const HUES = "blue|azure|indigo|purple|pink|red|orange|yellow|lime|green|teal|cyan|gray|dark|light|muted|white|black|"
  + "facebook|twitter|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|x";
const KINDS = "bg|text|btn|btn-outline|btn-ghost|status|badge|border|link|table|alert|list-group-item|divide|progress|icon|status-dot|"
  + "text-bg|focus-ring|steps|badge-outline|avatar|tag|chart|card|form-colorinput";
const COLOURS = `\\.(${KINDS})-(${HUES})(-(lt|fg|lighter|darken|[0-9]+|subtle|emphasis))*(?![a-z-])`;
// Themes follow color-scheme through light-dark(); the switches for old browsers go.
const THEMES = "\\[data-(bs-)?(theme|navbar|bs-navbar)|\\.theme-|data-vc|data-litepicker|-xxl-|\\.col-xxl|container-xxl|::-webkit-scrollbar|:host";
const GONE = new RegExp([...PARTS, COLOURS, THEMES].join("|"));

export function pruned(postcss, css, own) {
  const root = postcss.parse(css);
  root.walkComments((comment) => comment.remove());
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes/.test(rule.parent.name)) return;
    rule.selectors = rule.selectors.filter((selector) => !GONE.test(selector));
    if (!rule.selector) rule.remove();
  });
  dropEmpty(root);
  dropUnusedNames(root, own);
  dropEmpty(root);
  return root.toString();
}

function dropEmpty(root) {
  root.walk((node) => {
    for (let n = node; n && n.nodes && n.nodes.length === 0 && n.parent; ) {
      const parent = n.parent;
      n.remove();
      n = parent;
    }
  });
}

// Custom properties and keyframes nobody refers to any more, until none is left.
function dropUnusedNames(root, own) {
  for (let before = -1; before !== root.toString().length; ) {
    before = root.toString().length;
    const text = root.toString() + own;
    const used = new Set(text.match(/(?<=var\(\s*)--[\w-]+/g));
    root.walkDecls(/^--/, (decl) => { if (!used.has(decl.prop)) decl.remove(); });
    const moves = [...text.matchAll(/animation(?:-name)?:([^;}]*)/g)].map((m) => m[1]).join(" ");
    root.walkAtRules(/keyframes/, (rule) => { if (!moves.includes(rule.params)) rule.remove(); });
  }
}
