// Rows ticked one by one, all those shown (shift for a range), or the whole list of N.
import { all, on, one, sentence } from "./dom"

function boxes(form: ParentNode): HTMLInputElement[] {
  return all<HTMLInputElement>("[data-select]", form)
}

function refresh(form: HTMLFormElement): void {
  const every = boxes(form)
  const ticked = every.filter((box) => box.checked)
  for (const head of all<HTMLInputElement>("[data-select-all]", form)) {
    head.checked = ticked.length > 0 && ticked.length === every.length
    head.indeterminate = ticked.length > 0 && ticked.length < every.length
  }
  const bar = one("[data-bulk]", form)
  if (!bar) return
  const total = Number(bar.dataset.total ?? 0)
  const flag = one<HTMLInputElement>("[data-bulk-flag]", bar)!
  const whole = one("[data-bulk-everything]", bar)!
  if (ticked.length < every.length) flag.value = ""
  one("[data-bulk-count]", bar)!.textContent = sentence(bar.dataset.selected, flag.value ? total : ticked.length)
  whole.hidden = !(ticked.length === every.length && total > every.length && !flag.value)
  whole.textContent = sentence(bar.dataset.everything, total)
}

export function startSelection(): void {
  let last: HTMLInputElement | null = null
  on("click", "[data-select]", (event, element) => {
    const box = element as HTMLInputElement
    const form = box.form
    if (!form) return
    if ((event as MouseEvent).shiftKey && last?.form === form) {
      const every = boxes(form)
      const [from, to] = [every.indexOf(last), every.indexOf(box)].sort((a, b) => a - b)
      for (const between of every.slice(from, to! + 1)) between.checked = box.checked
    }
    last = box
  })
  on("change", "[data-select], [data-select-all]", (_, element) => {
    const box = element as HTMLInputElement
    const form = box.form
    if (!form) return
    if (box.matches("[data-select-all]")) for (const row of boxes(form)) row.checked = box.checked
    refresh(form)
  })
  on("click", "[data-bulk-everything], [data-bulk-clear]", (_, button) => {
    const form = button.closest("form")!
    const all = button.matches("[data-bulk-everything]")
    one<HTMLInputElement>("[data-bulk-flag]", form)!.value = all ? "1" : ""
    for (const box of boxes(form)) box.checked = all
    refresh(form)
  })
  for (const form of document.forms) if (one("[data-bulk]", form)) refresh(form)
  document.addEventListener("htmx:load", () => {
    for (const form of document.forms) if (one("[data-bulk]", form)) refresh(form)
  })
}
