// Filters load the list anew when one changes: who uses the keyboard chooses in peace.
import { all, each, on, one } from "./dom"

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
