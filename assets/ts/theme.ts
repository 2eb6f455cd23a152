// Runs before the first paint: "auto" follows the machine, and goes on following it.
const root = document.documentElement
const dark = matchMedia("(prefers-color-scheme: dark)")

function follow(): void {
  if (root.dataset.theme === "auto") root.dataset.bsTheme = dark.matches ? "dark" : "light"
}

follow()
dark.addEventListener("change", follow)
root.classList.add("is-scripted")
