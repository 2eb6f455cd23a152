// htmx: the token with every request that writes, and a word when the network fails.
import htmx from "htmx.org"
import { token } from "./dom"
import { showToast } from "./toasts"

export function startHtmx(): void {
  // Set here too, for pages that are swapped whole.
  htmx.config.includeIndicatorStyles = false
  htmx.config.allowEval = false
  htmx.config.historyCacheSize = 0
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, headers } = (event as CustomEvent).detail as { verb: string; headers: Record<string, string> }
    if (verb !== "get") headers["X-CSRFToken"] = token()
  })
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      // A poll that fails once says nothing: the next one comes in a second.
      const source = (event as CustomEvent).detail?.elt as Element | undefined
      if (!source?.matches("[data-polling]")) showToast({ text: document.body.dataset.failed ?? "", tone: "danger" })
    })
  }
}
