// The planning: a time is drawn in a line, a booking is dragged to another time or room, or made longer. All of it works
// without a script too (links and forms); by keyboard, the arrows do what the hand does.
import htmx from "htmx.org"
import { all, each, on, one } from "./dom"
import { openDialog } from "./dialogs"

const POLLING = 15_000
const MINUTES = 15
const NEAR_THE_EDGE = 12
/** From how many pixels on a press is a drag and not a click. */
const MOVED = 5
/** Milliseconds after which a finger that has not moved draws. */
const HOLDING = 350

interface Span {
  row: HTMLElement
  from: number
  to: number
}

/** What the hand is doing. `block` moves, or is made longer; without one a new time is drawn. */
interface Drawing extends Span {
  block: HTMLElement | null
  /** The edge that is held; none: all of it moves. */
  edge: "start" | "end" | null
  anchor: number
  x: number
  y: number
  started: boolean
}

let drawing: Drawing | null = null
/** The time chosen with the arrows, until it is booked or left. */
let chosen: (Span & { block: HTMLElement | null }) | null = null

const planner = (): HTMLElement | null => one("#planner")
const scroll = (): HTMLElement | null => one("[data-first]", planner() ?? document)
const isRtl = (): boolean => document.documentElement.dir === "rtl"
const columns = (): number => Number(scroll()?.dataset.columns ?? 0)
const track = (row: HTMLElement): HTMLElement => one("[data-track]", row)!
const rows = (): HTMLElement[] => all(".fk-planner-row", planner() ?? document)

/** A column as the clock of the wall, on the day that is shown. */
function clock(column: number): string {
  const minutes = Number(scroll()!.dataset.first) * 60 + column * MINUTES
  const two = (n: number): string => String(n).padStart(2, "0")
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}

function moment(column: number): string {
  const minutes = Number(scroll()!.dataset.first) * 60 + column * MINUTES
  const day = new Date(`${scroll()!.dataset.day}T12:00:00Z`)
  if (minutes >= 24 * 60) day.setUTCDate(day.getUTCDate() + 1)
  return `${day.toISOString().slice(0, 10)}T${clock(column)}`
}

function columnAt(row: HTMLElement, x: number): number {
  const box = track(row).getBoundingClientRect()
  const share = isRtl() ? (box.right - x) / box.width : (x - box.left) / box.width
  return share * columns()
}

function placeOf(block: HTMLElement): [number, number] {
  const at = (letter: string): number => Number([...block.classList].find((name) => new RegExp(`^fk-${letter}\\d+$`).test(name))?.slice(4) ?? 0)
  return [at("a"), at("b")]
}

/** What people see of it: without the time to set up and to clean up, where a booking is moved. */
function said(span: Span): [string, string] {
  const block = "block" in span ? (span as Span & { block: HTMLElement | null }).block : null
  if (!block?.dataset.starts || !block.dataset.ends) return [clock(span.from), clock(span.to)]
  const [a, b] = placeOf(block)
  const starts = shifted(block.dataset.starts, (span.from - a) * MINUTES)
  return [starts.slice(11), shifted(block.dataset.ends, (span.to - b) * MINUTES).slice(11)]
}

function show(span: Span, moves: boolean): void {
  const ghost = one(".fk-ghost") ?? Object.assign(document.createElement("div"), { className: "fk-ghost" })
  ghost.className = `fk-ghost fk-a${span.from} fk-b${span.to}`
  const [starts, ends] = said(span)
  ghost.textContent = `${starts} – ${ends}`
  track(span.row).append(ghost)
  const sentence = (moves ? planner()?.dataset.saidMove : planner()?.dataset.saidNew) ?? ""
  const spoken = one("#planner-said")
  if (spoken) {
    spoken.textContent = sentence.replace("%(space)s", span.row.dataset.name ?? "").replace("%(starts)s", starts).replace("%(ends)s", ends)
  }
}

function leave(): void {
  one(".fk-ghost")?.remove()
  all(".is-moving").forEach((block) => block.classList.remove("is-moving"))
  planner()?.removeAttribute("data-drawing")
  drawing = null
  chosen = null
}

function panel(address: string): void {
  const dialog = one<HTMLDialogElement>("#booking-panel")
  if (!dialog) return
  void htmx.ajax("get", address, { target: "#booking-panel-body", select: "#booking-form", swap: "innerHTML" }).then(() => {
    openDialog(dialog)
    one<HTMLInputElement>("[name=title]", dialog)?.focus()
  })
}

function book(span: Span): void {
  const query = new URLSearchParams({ space: span.row.dataset.space ?? "", starts: moment(span.from), ends: moment(span.to) })
  panel(`${planner()!.dataset.book}?${query}`)
}

/** The clock, so many minutes later, without any zone. */
function shifted(local: string, minutes: number): string {
  const read = new Date(`${local}:00Z`)
  read.setUTCMinutes(read.getUTCMinutes() + minutes)
  return read.toISOString().slice(0, 16)
}

function send(block: HTMLElement, space: string, starts: string, ends: string): void {
  const values = { starts, ends, space, stamp: block.dataset.stamp ?? "", back: `?${planner()?.dataset.query ?? ""}` }
  block.classList.add("is-moving")
  const move = block.dataset.move!
  void htmx.ajax("post", move, { values, target: "body", swap: "innerHTML" }).then(() => {
    one(`[data-move="${CSS.escape(move)}"]`)?.focus({ preventScroll: true })
  })
}

function place(span: Span & { block: HTMLElement }): void {
  const { block } = span
  const [a, b] = placeOf(block)
  if (span.from === a && span.to === b && span.row.contains(block)) return leave()
  // Only what the hand has changed: the minutes of a booking need not be those of a column.
  const starts = shifted(block.dataset.starts!, (span.from - a) * MINUTES)
  const ends = shifted(block.dataset.ends!, (span.to - b) * MINUTES)
  send(block, span.row.dataset.space ?? "", starts, ends)
}

/** Of a short one only the end is an edge: the rest is to hold it by. */
function edgeAt(box: DOMRect, x: number): "start" | "end" | null {
  const [start, end] = isRtl() ? [box.right - x, x - box.left] : [x - box.left, box.right - x]
  if (end < NEAR_THE_EDGE) return "end"
  return start < NEAR_THE_EDGE && box.width > 4 * NEAR_THE_EDGE ? "start" : null
}

function press(event: PointerEvent): void {
  const target = event.target as Element
  const row = target.closest<HTMLElement>(".fk-planner-row")
  if (!row || event.button !== 0 || !target.closest("[data-track]")) return
  // Where a zone has places left a time is drawn over what tells so.
  const block = target.closest<HTMLElement>(".fk-block:not(.fk-block-partly)")
  if (block && !block.dataset.move) return
  const column = columnAt(row, event.clientX)
  const [from, to] = block ? placeOf(block) : [Math.floor(column), Math.floor(column) + 1]
  const box = block?.getBoundingClientRect()
  drawing = { row, block, from, to, edge: box ? edgeAt(box, event.clientX) : null, anchor: column, x: event.clientX, y: event.clientY, started: false }
  // A finger that stays draws; one that moves at once scrolls, one that is lifted taps.
  const held = drawing
  if (event.pointerType === "touch") {
    window.setTimeout(() => {
      if (drawing !== held) return
      begin(event.pointerId)
      show(held, !!held.block)
    }, HOLDING)
  }
}

function begin(pointer: number): void {
  if (!drawing) return
  drawing.started = true
  drawing.block?.classList.add("is-moving")
  planner()?.setAttribute("data-drawing", "")
  track(drawing.row).setPointerCapture?.(pointer)
}

function draw(event: PointerEvent): void {
  if (!drawing) return
  if (!drawing.started) {
    if (Math.hypot(event.clientX - drawing.x, event.clientY - drawing.y) < MOVED) return
    if (event.pointerType === "touch") return leave() // a finger that moves at once scrolls
    begin(event.pointerId)
  }
  const column = columnAt(drawing.row, event.clientX)
  const last = columns()
  if (!drawing.block) {
    const a = Math.floor(Math.min(drawing.anchor, column))
    const b = Math.ceil(Math.max(drawing.anchor, column))
    drawing.from = Math.max(0, a)
    drawing.to = Math.min(last, Math.max(b, drawing.from + 1))
  } else {
    const [a, b] = placeOf(drawing.block)
    const by = Math.round(column - drawing.anchor)
    if (drawing.edge === "end") drawing.to = Math.min(last, Math.max(a + 1, b + by))
    else if (drawing.edge === "start") drawing.from = Math.max(0, Math.min(b - 1, a + by))
    else {
      const kept = Math.min(Math.max(by, -a), last - b)
      drawing.from = a + kept
      drawing.to = b + kept
      const below = document.elementsFromPoint(event.clientX, event.clientY).map((one) => one.closest<HTMLElement>(".fk-planner-row"))
      drawing.row = below.find((row) => row) ?? drawing.row
    }
  }
  show(drawing, !!drawing.block)
  event.preventDefault()
}

function drop(): void {
  if (!drawing) return
  const done = drawing
  drawing = null
  if (!done.started) return
  // The click that follows a drag opens nothing.
  document.addEventListener("click", swallow, { capture: true, once: true })
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 50)
  planner()?.removeAttribute("data-drawing")
  if (done.block) place({ ...done, block: done.block })
  else book(done)
}

function swallow(event: Event): void {
  event.preventDefault()
  event.stopPropagation()
}

function arrows(event: KeyboardEvent): void {
  const target = event.target as HTMLElement
  const line = target.closest<HTMLElement>("[data-track-new]")
  const block = target.closest<HTMLElement>(".fk-block[data-move]")
  const row = target.closest<HTMLElement>(".fk-planner-row")
  if (!row || (!line && !block)) return
  const step = { ArrowRight: isRtl() ? -1 : 1, ArrowLeft: isRtl() ? 1 : -1 }[event.key] ?? 0
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0
  if (event.key === "Escape" && chosen) {
    event.preventDefault()
    return leave()
  }
  if (event.key === "Enter" && chosen) {
    event.preventDefault()
    const done = chosen
    chosen = null
    return done.block ? place({ ...done, block: done.block }) : book(done)
  }
  if (!step && !down) return
  // A booking is moved with Alt (or made longer with Shift), so that plain arrows still scroll there.
  if (block && !event.altKey && !event.shiftKey) return
  event.preventDefault()
  if (block) choose(block, step, down, event.shiftKey)
  else if (down) {
    const lines = rows()
    const next = lines[lines.indexOf(row) + down]
    if (next) one("[data-track-new]", next)?.focus()
  } else walk(row, step, event.shiftKey)
}

function choose(block: HTMLElement, step: number, down: number, resizes: boolean): void {
  const [a, b] = placeOf(block)
  if (chosen?.block !== block) chosen = { row: block.closest<HTMLElement>(".fk-planner-row")!, from: a, to: b, block }
  const lines = rows()
  if (resizes) chosen.to = Math.min(columns(), Math.max(chosen.from + 1, chosen.to + step))
  else {
    const kept = Math.min(Math.max(step, -chosen.from), columns() - chosen.to)
    chosen.from += kept
    chosen.to += kept
    chosen.row = lines[lines.indexOf(chosen.row) + down] ?? chosen.row
  }
  block.classList.add("is-moving")
  show(chosen, true)
}

function walk(row: HTMLElement, step: number, extends_: boolean): void {
  const begin = one(".fk-closed.fk-a0", row) ? placeOf(one(".fk-closed.fk-a0", row)!)[1] : 0
  if (chosen?.block !== null || chosen.row !== row) chosen = { row, from: begin, to: begin + 4, block: null }
  else if (extends_) chosen.to = Math.min(columns(), Math.max(chosen.from + 1, chosen.to + step))
  else {
    const kept = Math.min(Math.max(step, -chosen.from), columns() - chosen.to)
    chosen.from += kept
    chosen.to += kept
  }
  show(chosen, false)
  one(".fk-ghost")?.scrollIntoView({ block: "nearest", inline: "nearest" })
}

/** In the week a booking is dropped on another day or another room, at the same time. */
function startWeeks(): void {
  let dragged: HTMLElement | null = null
  const clear = (): void => all("td.is-over").forEach((cell) => cell.classList.remove("is-over"))
  on("dragstart", ".fk-chip[data-move]", (event, chip) => {
    dragged = chip
    event.dataTransfer!.effectAllowed = "move"
  })
  on("dragend", ".fk-chip", () => {
    dragged = null
    clear()
  })
  on("dragover", "[data-week-cell]", (event, cell) => {
    if (!dragged) return
    event.preventDefault()
    clear()
    cell.classList.add("is-over")
  })
  on("drop", "[data-week-cell]", (event, cell) => {
    if (!dragged) return
    event.preventDefault()
    const { starts = "", ends = "" } = dragged.dataset
    const from = dragged.closest<HTMLElement>("[data-week-cell]")!.dataset.day!
    const days = (Date.parse(cell.dataset.day!) - Date.parse(from)) / 86_400_000
    const space = cell.closest<HTMLElement>("tr")?.dataset.space ?? ""
    send(dragged, space, shifted(starts, days * 1440), shifted(ends, days * 1440))
  })
}

function startPanel(): void {
  on("click", "[data-track-new], [data-panel]", (event, link) => {
    if (!one("#booking-panel") || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const row = link.closest<HTMLElement>(".fk-planner-row")
    if (!row || event.detail === 0) return panel((link as HTMLAnchorElement).href)
    const from = Math.min(Math.floor(columnAt(row, event.clientX) / 2) * 2, columns() - 1)
    book({ row, from, to: Math.min(from + 4, columns()) })
  })
  // In the panel the form is sent, and comes back with its errors, without leaving the planning.
  on("submit", "#booking-panel [data-booking-form]", (event, form) => {
    event.preventDefault()
    const data = new FormData(form as HTMLFormElement, (event as SubmitEvent).submitter)
    data.set("back", `?${planner()?.dataset.query ?? ""}`)
    const values: Record<string, unknown> = {}
    for (const key of new Set(data.keys())) values[key] = data.getAll(key).length > 1 ? data.getAll(key) : data.get(key)
    const address = (form as HTMLFormElement).getAttribute("action") ?? ""
    void htmx.ajax("post", address, { values, target: "#booking-panel-body", select: "#booking-form", swap: "innerHTML", source: "#booking-panel-body" })
  })
  // Another time or room that is free is put into the form, and what was typed stays.
  on("click", "[data-instead]", (event, link) => {
    const form = one<HTMLFormElement>("[data-booking-form]", link.closest("#booking-form") ?? document)
    if (!form) return
    event.preventDefault()
    for (const [name, value] of Object.entries({ day: link.dataset.day, begins: link.dataset.begins, ends: link.dataset.ends, last_day: link.dataset.last, space: link.dataset.space })) {
      const field = form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null
      if (value && field) {
        field.value = value
        ;(field as HTMLSelectElement & { tomselect?: { setValue(value: string): void } }).tomselect?.setValue(value)
      }
    }
    one<HTMLButtonElement>("[type=submit]", form)?.focus()
  })
  each("#booking-panel", (dialog) => dialog.addEventListener("close", leave))
}

export function startPlanner(): void {
  if (!planner()) return startPanel()
  document.addEventListener("pointerdown", press)
  document.addEventListener("pointermove", draw)
  document.addEventListener("pointerup", drop)
  document.addEventListener("pointercancel", leave)
  document.addEventListener("keydown", arrows)
  document.addEventListener("touchmove", (event) => drawing?.started && event.preventDefault(), { passive: false })
  document.addEventListener("contextmenu", (event) => drawing?.started && event.preventDefault())
  document.addEventListener("dragstart", (event) => {
    if ((event.target as Element).closest(".fk-track")) event.preventDefault() // a link of a track is drawn, not carried away
  })
  startWeeks()
  startPanel()
  window.setInterval(() => {
    const isBusy = drawing || chosen || document.hidden || one("dialog[open]")
    if (!isBusy && planner()) htmx.trigger(planner()!, "calendar-changed", {})
  }, POLLING)
}
