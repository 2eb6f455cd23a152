// Small things that every module uses.

export function all<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)]
}

export function one<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T | null {
  return within.querySelector<T>(selector)
}

/** Listens once for the whole document, so that fragments brought by htmx are heard too. */
export function on<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  listen: (event: DocumentEventMap[K], element: HTMLElement) => void,
): void {
  document.addEventListener(type, (event) => {
    const element = (event.target as Element | null)?.closest?.<HTMLElement>(selector)
    if (element) listen(event, element)
  })
}

/** Calls `start` for what is on the page now and for what htmx brings later; never twice for one element. */
export function each(selector: string, start: (element: HTMLElement) => void): void {
  const seen = new WeakSet<Element>()
  const look = (within: ParentNode): void => {
    const found = all(selector, within)
    if (within instanceof HTMLElement && within.matches(selector)) found.unshift(within)
    for (const element of found) {
      if (seen.has(element)) continue
      seen.add(element)
      start(element)
    }
  }
  look(document)
  document.addEventListener("htmx:load", (event) => look(event.target as HTMLElement))
}

export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : ""
}

/** What a form or a request that writes must send along. */
export function token(): string {
  return cookie(document.body.dataset.csrfCookie ?? "csrftoken")
}

export function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null
  return !!element?.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]")
}

/** A sentence of `fondouk.ui.plurals` with its number. */
export function sentence(forms: string | undefined, n: number): string {
  const language = document.documentElement.lang
  const choices = JSON.parse(forms ?? "{}") as Record<string, string>
  const form = choices[new Intl.PluralRules(language).select(n)] ?? choices.other ?? ""
  return form.replace("%(n)s", new Intl.NumberFormat(language === "ar" ? "ar-MA" : language).format(n))
}
