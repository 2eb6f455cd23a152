// A page that comes back after a filter, a sorting or an action: who uses the keyboard goes on where they were.
import { all, on, one } from "./dom"

const KEPT = "fondouk-focus"
const STOPS = "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea"
const ROWS = "main :is(tbody tr, .fk-list-row, .fk-lane-card)"

interface Kept {
  path: string
  /** Selectors of the control itself, the likeliest first. */
  controls: string[]
  /** If none of them is there any more: the place of its row, then of its card, among all of the page. */
  row: number
  card: number
}

function controlsOf(element: Element): string[] {
  const name = element.getAttribute("name")
  if (name && element.closest(".fk-filters")) return [`.fk-filters [name="${CSS.escape(name)}"]`]
  const header = element.closest("thead th")
  if (header) return [`thead th:nth-child(${[...(header.parentElement?.children ?? [])].indexOf(header) + 1}) a`]
  const action = element.closest("form")?.getAttribute("action")
  return action ? [`main form[action="${CSS.escape(action)}"] [type=submit]`] : []
}

function placeAmong(selector: string, element: Element): number {
  const place = element.closest(selector)
  return place ? all(selector).indexOf(place as HTMLElement) : -1
}

/** Of an action only for the keyboard: with a pointer nobody looks for the focus. */
function keep(element: Element | null): void {
  if (!element?.closest(".fk-filters, thead") && !element?.matches(":focus-visible")) return
  const kept: Kept = {
    path: location.pathname,
    controls: controlsOf(element),
    row: placeAmong(ROWS, element),
    card: placeAmong("main .fk-card", element),
  }
  sessionStorage.setItem(KEPT, JSON.stringify(kept))
}

function firstStop(selector: string, place: number): HTMLElement | null {
  const found = all(selector)
  const there = place < 0 ? undefined : (found[place] ?? found.at(-1))
  return there ? one(STOPS, there) : null
}

function restore(): void {
  const text = sessionStorage.getItem(KEPT)
  sessionStorage.removeItem(KEPT)
  if (!text || document.activeElement !== document.body) return
  const kept = JSON.parse(text) as Kept
  if (kept.path !== location.pathname) return
  const isThere = (found: HTMLElement | null): boolean => found?.checkVisibility() ?? false
  const control = kept.controls.map((selector) => one(selector)).find(isThere)
  if (control) control.focus({ preventScroll: kept.row < 0 && control.closest("header, .fk-filters, thead") !== null })
  else (firstStop(ROWS, kept.row) ?? firstStop("main .fk-card", kept.card))?.focus()
}

export function startReturns(): void {
  // Where the address names a place of the page, the browser takes the focus away once it is there.
  if (location.hash) addEventListener("load", () => setTimeout(restore))
  else restore()
  on("submit", "main form", () => keep(document.activeElement))
  on("click", "thead th a", (_event, link) => keep(link))
}
