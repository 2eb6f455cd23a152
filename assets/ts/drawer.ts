// The side menu of a phone. Without us the link to #sidebar opens it; here the focus stays inside while it is open.
import { all, on, one } from "./dom"

export function startDrawer(): void {
  const drawer = one("[data-drawer]")
  const opener = one("[data-drawer-open]")
  if (!drawer || !opener) return

  const set = (open: boolean): void => {
    drawer.classList.toggle("is-open", open)
    opener.setAttribute("aria-expanded", String(open))
    one(".fk-page")?.toggleAttribute("inert", open)
    if (open) one<HTMLElement>("[data-drawer-close]", drawer)?.focus()
    else opener.focus()
  }

  on("click", "[data-drawer-open]", (event) => {
    event.preventDefault()
    set(true)
  })
  on("click", "[data-drawer-close]", (event) => {
    event.preventDefault()
    if (location.hash === "#sidebar") history.replaceState(null, "", location.pathname + location.search)
    set(false)
  })
  drawer.addEventListener("keydown", (event) => {
    if (!drawer.classList.contains("is-open")) return
    if (event.key === "Escape") return set(false)
    if (event.key !== "Tab") return
    const stops = all("a[href], button", drawer).filter((stop) => stop.offsetParent !== null)
    const edge = event.shiftKey ? stops[0] : stops.at(-1)
    if (document.activeElement === edge) {
      event.preventDefault()
      ;(event.shiftKey ? stops.at(-1) : stops[0])?.focus()
    }
  })
  // role="button" answers to the space bar as well.
  on("keydown", "a[role=button]", (event, link) => {
    if ((event as KeyboardEvent).key === " ") {
      event.preventDefault()
      link.click()
    }
  })
}
