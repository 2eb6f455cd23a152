// data-copy="text": puts it on the clipboard and says so.
import { on } from "./dom"

async function put(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Plain http has no clipboard: select and copy the old way.
    const area = document.createElement("textarea")
    area.value = text
    area.className = "visually-hidden"
    document.body.append(area)
    area.select()
    document.execCommand("copy")
    area.remove()
  }
}

export function startCopying(): void {
  on("click", "[data-copy]", async (_, button) => {
    await put(button.dataset.copy ?? "")
    const before = button.getAttribute("aria-label")
    button.classList.add("is-done")
    button.setAttribute("aria-label", button.dataset.copied ?? before ?? "")
    setTimeout(() => {
      button.classList.remove("is-done")
      if (before) button.setAttribute("aria-label", before)
    }, 1600)
  })
}
