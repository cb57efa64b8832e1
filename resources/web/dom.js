// Elements by name: h("button", { class: "primary", onclick: f, "aria-label": "…" }, "text", child)

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Put text in only when it changed: a screen reader speaks changes, and the eye need not see repaints.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(Boolean));
}

// A state mark: shape and colour together. done ✓, wait (hollow), alarm !, busy (half)
export function mark(kind) {
  const shapes = {
    done: '<circle cx="10" cy="10" r="9" fill="currentColor"/><path d="M5.8 10.4l2.8 2.8 5.6-6" fill="none" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>',
    wait: '<circle cx="10" cy="10" r="7.6" fill="none" stroke="currentColor" stroke-width="2.4"/><path d="M10 6v4.4l2.8 1.8" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>',
    alarm: '<path d="M10 1.5L19 18H1z" fill="currentColor"/><path d="M10 7.4v4.6M10 14.8v.2" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round"/>',
    busy: '<circle cx="10" cy="10" r="7.6" fill="none" stroke="currentColor" stroke-width="2.4" stroke-dasharray="4 4"/>',
    online: '<circle cx="10" cy="10" r="6.5" fill="currentColor"/>',
    offline: '<circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2.4"/><path d="M4 16L16 4" stroke="currentColor" stroke-width="2.4"/>',
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `mark mark-${kind}`);
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = shapes[kind];
  return svg;
}
