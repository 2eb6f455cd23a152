// Ctrl/Cmd+K. The results are HTML made by the search page: options in a listbox, chosen with the arrows.
import { all, on, one } from "./dom"
import { openDialog } from "./dialogs"

const PAUSE = 140

export function startPalette(): void {
  const dialog = one<HTMLDialogElement>("[data-palette]")
  if (!dialog) return
  const input = one<HTMLInputElement>("input", dialog)!
  const results = one("#palette-results", dialog)!
  const status = one("[role=status]", dialog)!
  let timer = 0
  let asking: AbortController | null = null
  let shown: string | null = null // the words that the options answer; null while they are being asked for
  let enterPressed = false

  const options = (): HTMLElement[] => all("[role=option]", results)

  const mark = (chosen: HTMLElement | undefined): void => {
    options().forEach((option) => option.setAttribute("aria-selected", String(option === chosen)))
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id)
      chosen.scrollIntoView({ block: "nearest" })
    } else input.removeAttribute("aria-activedescendant")
  }

  const show = (html: string, empty: string): void => {
    const page = new DOMParser().parseFromString(html, "text/html")
    const found = all("[role=option], .fk-result-group", page)
    results.replaceChildren(...found.map((node) => document.importNode(node, true)))
    options().forEach((option, place) => {
      option.id = `palette-option-${place}`
      option.tabIndex = -1
    })
    input.setAttribute("aria-expanded", String(found.length > 0))
    status.textContent = found.length ? "" : empty
    mark(options()[0])
  }

  const ask = async (): Promise<void> => {
    clearTimeout(timer)
    asking?.abort()
    asking = new AbortController()
    shown = null
    const words = input.value.trim()
    const address = new URL(dialog.dataset.url ?? "", location.href)
    address.searchParams.set("q", words)
    try {
      const answer = await fetch(address, { headers: { "X-Palette": "1", "HX-Request": "true" }, signal: asking.signal })
      if (!answer.ok) throw new Error(String(answer.status))
      const html = await answer.text()
      shown = words
      show(html, words ? (results.dataset.empty ?? "") : (results.dataset.hint ?? ""))
      if (enterPressed) follow()
    } catch (error) {
      if ((error as Error).name !== "AbortError") show("", document.body.dataset.failed ?? "")
    }
  }

  // Enter means the first answer to what is typed, never to what was typed before.
  const follow = (): void => {
    enterPressed = shown !== input.value.trim()
    if (enterPressed) {
      if (shown !== null) void ask()
      return
    }
    options().find((option) => option.getAttribute("aria-selected") === "true")?.click()
  }

  const open = (): void => {
    enterPressed = false
    openDialog(dialog)
    input.select()
    void ask()
  }

  input.addEventListener("input", () => {
    enterPressed = false
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(), PAUSE)
  })
  input.addEventListener("keydown", (event) => {
    const list = options()
    const place = list.findIndex((option) => option.getAttribute("aria-selected") === "true")
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      mark(list[(place + (event.key === "ArrowDown" ? 1 : -1) + list.length) % list.length])
    } else if (event.key === "Escape") {
      // A search field would only empty itself.
      event.preventDefault()
      dialog.close()
    } else if (event.key === "Enter") {
      event.preventDefault()
      follow()
    }
  })
  results.addEventListener("mousemove", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role=option]")
    if (option) mark(option)
  })
  on("click", "[data-palette-open]", (event) => {
    event.preventDefault()
    open()
  })
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault()
      open()
    }
  })
}
