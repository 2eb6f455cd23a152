// One SVG sprite of the Tabler icons that templates and Python name. An unknown name stops the build.
import { readFile, readdir } from "node:fs/promises"
import { join } from "node:path"

const NAME = "([a-z0-9]+(?:-[a-z0-9]+)*)"
const PATTERNS = [
  new RegExp(`\\{%\\s*icon\\s+["']${NAME}["']`, "g"),
  new RegExp(`(?<![:\\w-])icon(?:-end)?\\s*=\\s*["']${NAME}["']`, "g"),
  new RegExp(`["']icon["']\\s*:\\s*["']${NAME}["']`, "g"),
  new RegExp(`\\bicon\\|default:["']${NAME}["']`, "g"),
]
// Names put together at run time are listed in a comment: "icons: leaf palette".
const LISTED = /\bicons:((?:[ \t]+[a-z0-9-]+)+)/g

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!["static", "__pycache__", "locale", "node_modules", "migrations"].includes(entry.name)) yield* sources(path)
    } else if (/\.(html|py)$/.test(entry.name)) yield path
  }
}

export async function usedIcons(root) {
  const places = new Map()
  for await (const path of sources(join(root, "src/fondouk"))) {
    const text = await readFile(path, "utf8")
    for (const pattern of PATTERNS) for (const match of text.matchAll(pattern)) places.set(match[1], path)
    for (const match of text.matchAll(LISTED)) for (const name of match[1].trim().split(/\s+/)) places.set(name, path)
  }
  return places
}

async function symbol(modules, name) {
  const filled = name.endsWith("-filled")
  const file = join(modules, "@tabler/icons/icons", filled ? "filled" : "outline", `${name.replace(/-filled$/, "")}.svg`)
  const svg = await readFile(file, "utf8")
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/g, "").replace(/\s*\n\s*/g, "")
  const paint = filled ? ' fill="currentColor" stroke="none"' : ""
  return `<symbol id="${name}" viewBox="0 0 24 24"${paint}>${shapes}</symbol>`
}

export async function sprite(root, modules) {
  const places = await usedIcons(root)
  const names = [...places.keys()].sort()
  const unknown = []
  const symbols = await Promise.all(
    names.map((name) => symbol(modules, name).catch(() => unknown.push(`${name} (${places.get(name)})`) && "")),
  )
  if (unknown.length) throw new Error(`Tabler has no such icon: ${unknown.join(", ")}`)
  return { names, svg: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n` }
}
