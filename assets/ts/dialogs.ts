// Native dialogs: data-dialog="id" opens, data-dialog-close or a click on the veil closes.
import { on } from "./dom"

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
  on("click", "[data-dialog-close]", (_, button) => button.closest("dialog")?.close())
  on("click", "dialog", (event, element) => {
    if (event.target !== element) return
    const box = element.getBoundingClientRect()
    const { clientX: x, clientY: y } = event as MouseEvent
    const inside = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
    if (!inside) (element as HTMLDialogElement).close()
  })
}
