// The browser's own file control, stretched over the whole zone; what was chosen is listed with its size.
import { each, one } from "./dom"

function size(bytes: number, units: string[]): string {
  let value = bytes
  let step = 0
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000
    step += 1
  }
  const language = document.documentElement.lang
  const number = new Intl.NumberFormat(language === "ar" ? "ar-MA" : language, { maximumFractionDigits: value < 10 && step ? 1 : 0 })
  return `${number.format(value)}\u00a0${units[step] ?? ""}`
}

export function startDropzones(): void {
  each("[data-dropzone]", (zone) => {
    const input = one<HTMLInputElement>("input[type=file]", zone)
    const list = one("[data-dropzone-files]", zone)
    if (!input || !list) return
    const units = (list.dataset.units ?? "B,kB,MB,GB").split(",")
    zone.classList.add("is-live")
    const show = (): void => {
      list.replaceChildren(
        ...[...(input.files ?? [])].map((file) => {
          const row = document.createElement("li")
          const name = document.createElement("bdi")
          name.textContent = file.name
          const weight = document.createElement("span")
          weight.className = "fk-muted"
          weight.textContent = size(file.size, units)
          row.append(name, weight)
          return row
        }),
      )
    }
    input.addEventListener("change", show)
    for (const type of ["dragenter", "dragover"]) zone.addEventListener(type, () => zone.classList.add("is-over"))
    for (const type of ["dragleave", "drop"]) zone.addEventListener(type, () => zone.classList.remove("is-over"))
  })
}
