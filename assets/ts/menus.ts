// Menus are <details>: they open without us. We close them from outside, and add arrows, Home, End and Escape.
import { all, on } from "./dom"

function items(menu: Element): HTMLElement[] {
  return all(".fk-menu-item:not([aria-disabled])", menu)
}

function close(menu: HTMLDetailsElement, refocus = false): void {
  menu.open = false
  if (refocus) menu.querySelector("summary")?.focus()
}

/** What would leave the window at a side is moved into it. Inside a scrolling table a menu would be cut off: it is laid over
 * the window instead, above when there is no room below. */
function lay(menu: HTMLDetailsElement): void {
  const list = menu.querySelector<HTMLElement>(".fk-menu-list")
  if (!list) return
  list.style.removeProperty("translate")
  if (!menu.closest(".fk-scroll")) {
    const { left, right } = list.getBoundingClientRect()
    const by = left < 8 ? 8 - left : Math.min(0, innerWidth - 8 - right)
    if (menu.open && by) list.style.translate = `${by}px`
    return
  }
  for (const side of ["position", "inset", "top", "left"]) list.style.removeProperty(side)
  if (!menu.open) return
  const button = menu.querySelector("summary")!.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = list
  const wanted = getComputedStyle(menu).direction === "rtl" ? button.left : button.right - width
  const below = button.bottom + 4
  list.style.position = "fixed"
  list.style.inset = "auto"
  list.style.left = `${Math.max(8, Math.min(wanted, innerWidth - width - 8))}px`
  list.style.top = `${below + height > innerHeight ? button.top - height - 4 : below}px`
}

export function startMenus(): void {
  document.addEventListener("toggle", (event) => {
    const menu = event.target as Element
    if (menu.matches("details[data-menu]")) lay(menu as HTMLDetailsElement)
  }, true)
  document.addEventListener("scroll", () => {
    for (const menu of all<HTMLDetailsElement>(".fk-scroll details[data-menu][open]")) lay(menu)
  }, { capture: true, passive: true })
  document.addEventListener("click", (event) => {
    for (const menu of all<HTMLDetailsElement>("details[data-menu][open]")) {
      if (!menu.contains(event.target as Node)) close(menu)
    }
  })
  document.addEventListener("focusin", (event) => {
    for (const menu of all<HTMLDetailsElement>("details[data-menu][open]")) {
      if (!menu.contains(event.target as Node)) close(menu)
    }
  })
  on("click", "details[data-menu] button.fk-menu-item", (_, item) => {
    if (item.getAttribute("type") === "button") close(item.closest("details")!, true)
  })
  on("keydown", "details[data-menu]", (event, element) => {
    const menu = element as HTMLDetailsElement
    const choices = items(menu)
    const place = choices.indexOf(document.activeElement as HTMLElement)
    const moves: Record<string, number> = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: choices.length - 1 }
    if (event.key === "Escape" && menu.open) {
      event.stopPropagation()
      close(menu, true)
    } else if (event.key in moves && (menu.open || event.key === "ArrowDown")) {
      event.preventDefault()
      menu.open = true
      choices[(moves[event.key]! + choices.length) % choices.length]?.focus()
    }
  })
}
