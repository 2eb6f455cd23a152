// Tabs that do not fit: the chosen one is slid into sight, and the page stays where it is.
import { all, one } from "./dom"

export function startTabs(): void {
  for (const bar of all(".fk-tabs")) {
    const chosen = one("[aria-current]", bar)
    if (!chosen) continue
    const [outer, inner] = [bar.getBoundingClientRect(), chosen.getBoundingClientRect()]
    if (inner.left < outer.left || inner.right > outer.right) {
      bar.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2)
    }
  }
}
