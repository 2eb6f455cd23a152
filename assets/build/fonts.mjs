// The three families, only the subsets that French, Arabic, English and Tamazight need, in the weights the kit uses.
import { copyFile, mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"

const WEIGHTS = [400, 500, 600]
const FAMILIES = [
  { package: "ibm-plex-sans", name: "IBM Plex Sans", subsets: ["latin", "latin-ext"] },
  { package: "ibm-plex-sans-arabic", name: "IBM Plex Sans Arabic", subsets: ["arabic"] },
  { package: "noto-sans-tifinagh", name: "Noto Sans Tifinagh", subsets: ["tifinagh"], weights: [400] },
]

export async function fontFaces(modules, out) {
  const faces = []
  for (const family of FAMILIES) {
    const folder = join(modules, "@fontsource", family.package)
    const ranges = JSON.parse(await readFile(join(folder, "unicode.json"), "utf8"))
    for (const weight of family.weights ?? WEIGHTS) {
      for (const subset of family.subsets) {
        const file = `${family.package}-${subset}-${weight}-normal.woff2`
        await copyFile(join(folder, "files", file), join(out, file))
        faces.push(
          `@font-face{font-family:"${family.name}";font-style:normal;font-display:swap;font-weight:${weight};` +
            `src:url(fonts/${file}) format("woff2");unicode-range:${ranges[subset]}}`,
        )
      }
    }
  }
  return faces.join("\n")
}

// The same families whole, for papers: typst reads TrueType.
export async function paperFonts(modules, out) {
  const styles = ["400Regular", "500Medium", "600SemiBold"]
  await mkdir(out, { recursive: true })
  for (const [folder, name] of [["ibm-plex-sans", "IBMPlexSans"], ["ibm-plex-sans-arabic", "IBMPlexSansArabic"]]) {
    for (const style of styles) {
      const file = `${name}_${style}.ttf`
      await copyFile(join(modules, "@expo-google-fonts", folder, style, file), join(out, file))
    }
  }
}
