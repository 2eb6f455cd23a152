// form[data-draft="key"]: what is typed is kept in this browser until the form has been accepted. It is kept for whoever
// was signed in (body[data-reader]) and shown to nobody else; signing out (form[data-forget-drafts]) forgets it.
import { all, each } from "./dom"

const PREFIX = "fondouk-draft:"
const PENDING = "fondouk-draft-sent"
const KEPT_DAYS = 30

/** Where this reader's drafts are kept, so that a shared browser gives nobody those of another. */
function place(): string {
  return `${PREFIX}${document.body.dataset.reader ?? ""}:`
}

function forgetAll(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

interface Draft {
  at: number
  values: Record<string, string[]>
}

function fields(form: HTMLFormElement): Field[] {
  return all<Field>("input, textarea, select", form).filter(
    (field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type) && !field.closest("[data-no-draft]"),
  )
}

function values(form: HTMLFormElement): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const field of fields(form)) {
    const list = (found[field.name] ??= [])
    if (field instanceof HTMLSelectElement) list.push(...[...field.selectedOptions].map((option) => option.value))
    else if (field.type === "checkbox" || field.type === "radio") (field as HTMLInputElement).checked && list.push(field.value)
    else list.push(field.value)
  }
  return found
}

function fill(form: HTMLFormElement, kept: Record<string, string[]>): void {
  const turn: Record<string, number> = {}
  for (const field of fields(form)) {
    const list = kept[field.name]
    if (!list) continue
    if (field instanceof HTMLSelectElement) for (const option of field.options) option.selected = list.includes(option.value)
    else if (field.type === "checkbox" || field.type === "radio") (field as HTMLInputElement).checked = list.includes(field.value)
    else field.value = list[(turn[field.name] = (turn[field.name] ?? -1) + 1)] ?? ""
    // A searchable choice draws itself anew from its select.
    ;(field as { tomselect?: { sync(): void } }).tomselect?.sync()
  }
}

function read(key: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null
    return draft && Date.now() - draft.at < KEPT_DAYS * 86_400_000 ? draft : null
  } catch {
    return null
  }
}

function tell(form: HTMLFormElement, key: string, original: Record<string, string[]>): void {
  const notice = document.createElement("div")
  notice.className = "fk-alert fk-alert-info fk-draft"
  notice.setAttribute("role", "status")
  notice.append(document.body.dataset.draftRestored ?? "")
  const forget = document.createElement("button")
  forget.type = "button"
  forget.className = "btn btn-sm fk-push"
  forget.textContent = document.body.dataset.draftForget ?? ""
  forget.addEventListener("click", () => {
    localStorage.removeItem(key)
    fill(form, original)
    notice.remove()
  })
  notice.append(forget)
  form.prepend(notice)
}

export function startDrafts(): void {
  each("form[data-forget-drafts]", (form) => form.addEventListener("submit", forgetAll))
  // Arriving on a page without the form that was sent, or without its errors: it was accepted.
  // A page for nobody (sign in again, this page was open too long) says that it never was: the draft stays.
  const sent = sessionStorage.getItem(PENDING)
  if (sent && !document.body.dataset.reader) sessionStorage.removeItem(PENDING)
  else if (sent) {
    const again = all<HTMLFormElement>("form[data-draft]").find((form) => place() + form.dataset.draft === sent)
    if (!again?.querySelector(".is-invalid, .fk-form-errors")) localStorage.removeItem(sent)
    sessionStorage.removeItem(PENDING)
  }
  each("form[data-draft]", (element) => {
    const form = element as HTMLFormElement
    const key = place() + form.dataset.draft
    const original = values(form)
    const draft = read(key)
    const returned = !!form.querySelector(".is-invalid, .fk-form-errors")
    if (draft && !returned && JSON.stringify(draft.values) !== JSON.stringify(original)) {
      fill(form, draft.values)
      tell(form, key, original)
    }
    let timer = 0
    const keep = () => {
      clearTimeout(timer)
      timer = 0
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: values(form) } satisfies Draft))
      } catch {
        // A full or forbidden store loses the convenience, not the form.
      }
    }
    form.addEventListener("input", () => {
      clearTimeout(timer)
      timer = window.setTimeout(keep, 400)
    })
    // Another language chosen, a link followed: the last letters too.
    window.addEventListener("pagehide", () => {
      if (timer) keep()
    })
    form.addEventListener("submit", () => {
      keep()
      sessionStorage.setItem(PENDING, key)
    })
  })
}
