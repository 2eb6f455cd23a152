// `?` lists the shortcuts, `/` goes to the filter, `g` then a letter goes to a section (data-go on its link).
import { all, isTyping, one } from "./dom"
import { openDialog } from "./dialogs"

const MAC = /Mac|iPhone|iPad/.test(navigator.platform)

function list(dialog: HTMLDialogElement): void {
  const keys = one(".fk-keys", dialog)
  if (!keys || keys.querySelector("[data-made]")) return
  for (const link of all<HTMLAnchorElement>("a[data-go]")) {
    const row = document.createElement("div")
    row.dataset.made = ""
    const term = document.createElement("dt")
    for (const key of ["G", (link.dataset.go ?? "").toUpperCase()]) {
      const shown = document.createElement("kbd")
      shown.textContent = key
      term.append(shown, " ")
    }
    const meaning = document.createElement("dd")
    const name = link.querySelector("span")?.textContent ?? link.textContent ?? ""
    meaning.textContent = (dialog.dataset.goText ?? "{name}").replace("{name}", name.trim())
    row.append(term, meaning)
    keys.append(row)
  }
}

export function startShortcuts(): void {
  if (MAC) for (const key of all("[data-modifier]")) key.textContent = "⌘"
  let going = 0
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return
    if (Date.now() - going < 1500) {
      going = 0
      const link = one<HTMLAnchorElement>(`a[data-go="${CSS.escape(event.key.toLowerCase())}"]`)
      if (link) {
        event.preventDefault()
        link.click()
      }
      return
    }
    if (event.key === "?") {
      const dialog = one<HTMLDialogElement>("[data-shortcuts]")
      if (!dialog) return
      event.preventDefault()
      list(dialog)
      openDialog(dialog)
    } else if (event.key === "/") {
      const filter = one<HTMLInputElement>("[data-filter]")
      if (!filter) return
      event.preventDefault()
      filter.focus()
      filter.select()
    } else if (event.key.toLowerCase() === "g") going = Date.now()
  })
}
