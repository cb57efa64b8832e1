// Elements, made of texts only: nothing that is read from a file ever becomes markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = { true: "M4 12.5l5 5L20 6.5", false: "M6 6l12 12M18 6L6 18", null: "M12 4v10M12 18.5v1" };

// ✓, ✗ or ! as a drawing: no font is needed, and a printer shows it.
export function mark(ok) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[String(ok)]);
  svg.append(path);
  return svg;
}
