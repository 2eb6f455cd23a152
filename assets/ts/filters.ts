// Filters and sortings load the list anew: who uses the keyboard stays where they were, and chooses in peace.
import { all, each, on, one } from "./dom"

const KEPT = "fondouk-focus"

/** How to find again what sends the reader to the same list: a control of the filters, or a link of a column's header. */
function placeOf(element: Element): string | null {
  const name = element.getAttribute("name")
  if (name) return `.fk-filters [name="${CSS.escape(name)}"]`
  const header = element.closest("thead th")
  return header ? `thead th:nth-child(${[...(header.parentElement?.children ?? [])].indexOf(header) + 1}) a` : null
}

function keep(element: Element): void {
  const place = placeOf(element)
  if (place) sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, place]))
}

function restore(): void {
  const kept = sessionStorage.getItem(KEPT)
  sessionStorage.removeItem(KEPT)
  if (!kept) return
  const [path, place] = JSON.parse(kept) as [string, string]
  if (path === location.pathname) all(place)[0]?.focus({ preventScroll: true })
}

/** More filters than a phone has room for wait behind a button, unless one of them is at work. */
function fold(form: HTMLElement): void {
  const button = one<HTMLButtonElement>("[data-unfold]", form)
  const controls = all<HTMLInputElement | HTMLSelectElement>(".fk-filter :is(input, select)", form)
  if (!button || controls.length <= 2 || controls.some((control) => control.value !== "")) return
  button.hidden = false
  form.dataset.folded = ""
  button.addEventListener("click", () => {
    const isFolded = form.toggleAttribute("data-folded")
    button.setAttribute("aria-expanded", String(!isFolded))
  })
}

export function startFilters(): void {
  each("form.fk-filters", fold)
  restore()
  on("submit", "form.fk-filters", () => {
    if (document.activeElement) keep(document.activeElement)
  })
  on("click", "thead th a", (_event, link) => keep(link))
}

/**
 * Sends a form when a control of it changes. With the arrows, every value on the way is a change of a list of choices:
 * what is chosen by keyboard is sent on Enter, or when the control is left.
 */
export function startSending(): void {
  let typedIn: EventTarget | null = null
  let waiting: HTMLSelectElement | null = null
  const send = (control: Element): void => {
    waiting = null
    control.closest("form")?.requestSubmit()
  }
  on("keydown", "form[data-submit] select, select[data-submit]", (event, element) => {
    typedIn = element
    if ((event as KeyboardEvent).key === "Enter" && waiting === element) {
      event.preventDefault()
      send(element)
    }
  })
  on("pointerdown", "select, input", () => (typedIn = null))
  on("change", "form[data-submit], [data-submit]:is(select, input)", (event) => {
    const control = event.target as HTMLElement
    if (control.matches("[data-filter]")) return
    if (control instanceof HTMLSelectElement && typedIn === control) waiting = control
    else send(control)
  })
  on("focusout", "form[data-submit] select, select[data-submit]", (_event, element) => {
    if (waiting === element) send(element)
  })
}
