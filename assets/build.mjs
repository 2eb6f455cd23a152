// Builds what the browser gets into src/fondouk/ui/static/ui/built/: CSS for each direction, scripts, fonts, icons;
// and the fonts of papers into src/fondouk/documents/fonts/.
// `node assets/build.mjs [--watch] [--check-icons]`
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { watch } from "node:fs"
import { join, dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { columns } from "./build/columns.mjs"
import { fontFaces, paperFonts } from "./build/fonts.mjs"
import { sprite } from "./build/sprite.mjs"

const assets = dirname(fileURLToPath(import.meta.url))
const root = join(assets, "..")
const modules = join(root, "node_modules")
const out = join(root, "src/fondouk/ui/static/ui/built")
const paper = join(root, "src/fondouk/documents/fonts")
const targets = ["chrome111", "firefox114", "safari16.4"]

async function styles() {
  const faces = await fontFaces(modules, join(out, "fonts"))
  const ours = await build({
    entryPoints: [join(assets, "css/fondouk.css")],
    bundle: true,
    write: false,
    minify: true,
    external: ["*.woff2"],
    loader: { ".svg": "dataurl" },
    target: targets,
  })
  const chooser = await readFile(join(modules, "tom-select/dist/css/tom-select.min.css"), "utf8")
  for (const [name, tabler] of [["fondouk.css", "tabler.min.css"], ["fondouk.rtl.css", "tabler.rtl.min.css"]]) {
    const kit = await readFile(join(modules, "@tabler/core/dist/css", tabler), "utf8")
    // One file a direction, the kit first; no source maps, which the manifest storage would look for.
    const whole = [faces, kit, chooser, ours.outputFiles[0].text, columns()].join("\n")
    await writeFile(join(out, name), whole.replace(/\/\*# sourceMappingURL=.*?\*\//g, "").replace(/@charset "[^"]*";/gi, ""))
  }
}

async function scripts() {
  await build({
    entryPoints: {
      fondouk: join(assets, "ts/main.ts"),
      theme: join(assets, "ts/theme.ts"),
      door: join(assets, "ts/door.ts"),
      "door-worker": join(assets, "ts/door-worker.ts"),
    },
    bundle: true,
    minify: true,
    format: "iife",
    outdir: out,
    target: targets,
    legalComments: "none",
  })
}

async function drawings() {
  const { svg, names } = await sprite(root, modules)
  await writeFile(join(out, "sprite.svg"), svg)
  await copyFile(join(assets, "svg/logo.svg"), join(out, "logo.svg"))
  return names.length
}

async function everything() {
  const started = Date.now()
  await mkdir(join(out, "fonts"), { recursive: true })
  const [, , icons] = await Promise.all([styles(), scripts(), drawings(), paperFonts(modules, paper)])
  console.log(`Built in ${Date.now() - started} ms, ${icons} icons.`)
}

if (process.argv.includes("--check-icons")) {
  console.log((await sprite(root, modules)).names.join("\n"))
} else {
  await rm(out, { recursive: true, force: true })
  await everything()
  if (process.argv.includes("--watch")) {
    let waiting
    for (const folder of [assets, join(root, "src/fondouk")]) {
      watch(folder, { recursive: true }, (_, file) => {
        if (!file || /built|__pycache__|~$/.test(file) || !/\.(css|ts|svg|html|py|mjs)$/.test(file)) return
        clearTimeout(waiting)
        waiting = setTimeout(() => everything().catch((error) => console.error(error.message)), 120)
      })
    }
  }
}
