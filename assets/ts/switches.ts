// The theme, and controls that send their form as soon as they change.
import { all, on } from "./dom"
import { startSending } from "./filters"

const YEAR = 365 * 24 * 3600

export function startSwitches(): void {
  const root = document.documentElement
  const tell = (): void => {
    const dark = root.dataset.bsTheme === "dark"
    for (const button of all("[data-theme-toggle]")) button.setAttribute("aria-pressed", String(dark))
  }
  on("click", "[data-theme-toggle]", () => {
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark"
    root.dataset.bsTheme = root.dataset.theme = theme
    const secure = location.protocol === "https:" ? "; Secure" : ""
    document.cookie = `fondouk_theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`
    tell()
  })
  tell()

  startSending()
  all("[data-focus]").find((element) => !element.closest("[data-no-focus]"))?.focus()
}
