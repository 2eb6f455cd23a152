// data-confirm="WORD": its button opens once the word stands in the field. The server checks it as well.
import { each, one } from "./dom"

export function startConfirmations(): void {
  each("[data-confirm]", (element) => {
    const input = one<HTMLInputElement>("input", element)
    const button = one<HTMLButtonElement>("button[type=submit]", element)
    if (!input || !button) return
    const check = (): void => {
      button.disabled = plain(input.value) !== plain(element.dataset.confirm ?? "")
    }
    input.addEventListener("input", check)
    check()
  })
}

// As a keyboard types it: the apostrophe of printers is on none.
function plain(word: string): string {
  return word.trim().replaceAll("\u2019", "'").toLocaleLowerCase()
}
