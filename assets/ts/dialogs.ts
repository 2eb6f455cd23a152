// Native dialogs: data-dialog="id" opens, data-dialog-close or a click on the veil closes.
import { on, one } from "./dom"

export function openDialog(dialog: HTMLDialogElement | null): void {
  if (dialog && !dialog.open) dialog.showModal()
}

export function startDialogs(): void {
  on("click", "[data-dialog]", (event, button) => {
    const dialog = document.getElementById(button.dataset.dialog ?? "") as HTMLDialogElement | null
    if (!dialog) return
    event.preventDefault()
    openDialog(dialog)
  })
  // One form may span several dialogs: Enter presses the button of the dialog that one writes in, not the form's first.
  on("keydown", "dialog input", (event, input) => {
    const dialog = input.closest("dialog")!
    if ((event as KeyboardEvent).key !== "Enter" || one("form", dialog)?.contains(input)) return
    const button = one<HTMLButtonElement>(".btn-primary[type=submit]", dialog)
    if (!button) return
    event.preventDefault()
    button.click()
  })
  on("click", "[data-dialog-close]", (_, button) => button.closest("dialog")?.close())
  on("click", "dialog", (event, element) => {
    if (event.target !== element) return
    const box = element.getBoundingClientRect()
    const { clientX: x, clientY: y } = event as MouseEvent
    const inside = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
    if (!inside) (element as HTMLDialogElement).close()
  })
}
