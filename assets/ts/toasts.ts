// Ten seconds each, longer while one points at them or stands in them; the undo is a plain POST form.
import { each, on, one, token } from "./dom"

const LASTING = 10_000

export interface Toast {
  text: string
  tone?: string
  undo?: string
}

export function showToast({ text, tone = "ok", undo = "" }: Toast): void {
  const shape = one<HTMLTemplateElement>("#toast-shape")
  const region = one("#toasts")
  if (!shape || !region || !text) return
  const toast = (shape.content.cloneNode(true) as DocumentFragment).querySelector<HTMLElement>("[data-toast]")!
  toast.classList.replace("fk-toast-ok", `fk-toast-${tone}`)
  one("[data-toast-text]", toast)!.textContent = text
  const form = one<HTMLFormElement>("[data-toast-undo]", toast)
  if (undo && form) {
    form.action = undo
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: token() }))
  } else form?.remove()
  region.append(toast)
  live(toast)
}

function live(toast: HTMLElement): void {
  let left = LASTING
  let since = 0
  let timer = 0
  const go = (): void => {
    since = Date.now()
    timer = window.setTimeout(() => toast.remove(), left)
  }
  const wait = (): void => {
    clearTimeout(timer)
    left = Math.max(2_000, left - (Date.now() - since))
  }
  toast.addEventListener("mouseenter", wait)
  toast.addEventListener("mouseleave", go)
  toast.addEventListener("focusin", wait)
  toast.addEventListener("focusout", go)
  go()
}

export function startToasts(): void {
  each("#toasts [data-toast]:not([data-still])", live)
  on("click", "[data-toast-close]", (_, button) => button.closest("[data-toast]")?.remove())
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open], details[data-menu][open]")) return
    const newest = one("#toasts")?.lastElementChild
    newest?.remove()
  })
  // A view may answer htmx with `HX-Trigger: {"toast": {"text": …, "tone": …, "undo": …}}`.
  document.addEventListener("toast", (event) => showToast((event as CustomEvent<Toast>).detail))
}
