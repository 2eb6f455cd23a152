// A form is sent once: pressing twice, or Enter and a click, makes no second record. Coming back to the page frees it.
const AGAIN_AFTER = 8000

export function startOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement
    // A button may send the form elsewhere by GET, for a file: that makes nothing.
    const method = (event as SubmitEvent).submitter?.getAttribute("formmethod") ?? form.method
    if (event.defaultPrevented || method.toLowerCase() !== "post" || form.target) return
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = "yes"
    // What cannot be reached, or answers with a file, leaves the page where it is.
    window.setTimeout(() => delete form.dataset.sent, AGAIN_AFTER)
  })
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent
  })
}
