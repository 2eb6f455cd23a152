// A tablet at a door: draws the state of its room second by second, asks for a new one every few seconds, and goes on
// without a network from what it knew last. The clock is the server's: a tablet's own may be wrong, and its zones out of date.
import { one } from "./dom"

interface Slot {
  id: number | null
  first: number
  last: number
  starts: number
  ends: number
  from: string
  until: string
  title: string
  who: string
  comes: number | null
  gone: number | null
  goneAt: string
  come: boolean
  ours: boolean
}

interface Hours {
  first: number
  last: number
  from: string
  day: string
}

interface State {
  hours: Hours[] | null
  build: string
  at: number
  offset: number
  slots: Slot[]
  choices: { ends: string; until: string }[]
}

interface Kept {
  state: State
  skew: number
  taps: { time: number; at: number }[]
}

const EVERY = 15_000
const SOON = 10 * 60_000
const MINUTE = 60_000
const DAY = 24 * 3600_000
const body = document.body
const said = body.dataset
const address = location.pathname
const storage = `door:${address}`

let kept: Kept = read()
let asked = 0
let lostSince = 0
let isGone = false
let isSending = false
let told = 0
let drawn = ""

function read(): Kept {
  const fresh = JSON.parse(one("#door-state")?.textContent ?? "null") as State
  const known = JSON.parse(localStorage.getItem(storage) ?? "null") as Kept | null
  // A page out of the cache carries the state of the day when it was kept.
  if (known && known.state.at >= fresh.at) return known
  return { state: fresh, skew: fresh.at - Date.now(), taps: known?.taps ?? [] }
}

function keep(): void {
  localStorage.setItem(storage, JSON.stringify(kept))
}

function learn(state: State): void {
  kept.state = state
  kept.skew = state.at - Date.now()
  lostSince = 0
  keep()
  if (state.build !== said.build) location.reload()
}

function now(): number {
  return Date.now() + kept.skew
}

/** On the wall: a moment whose UTC reads as the clock there does. */
function wall(at: number): Date {
  return new Date(at + kept.state.offset * 60_000)
}

function locale(): string {
  return said.language === "ar" ? "ar-MA" : (said.language ?? "fr")
}

function clock(at: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }).format(wall(at))
}

function dayOf(at: number): number {
  return Math.floor(wall(at).getTime() / DAY)
}

function put(name: string, time: string): string {
  return (said[name] ?? "").replace("{time}", time)
}

function show(selector: string, visible: boolean): HTMLElement | null {
  const element = one(selector)
  if (element) element.hidden = !visible
  return element
}

function write(selector: string, text: string): void {
  const element = one(selector)
  if (element && element.textContent !== text) element.textContent = text
}

function draw(): void {
  const at = now()
  write("[data-clock]", clock(at))
  write("[data-day]", new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(wall(at)))
  if (isGone) return
  const slots = kept.state.slots.filter((slot) => slot.last > at)
  const current = slots.find((slot) => slot.first <= at)
  const next = slots.find((slot) => slot.first > at)
  drawState(at, current, next)
  drawActions(at, current, next)
  drawList(at, slots.filter((slot) => slot !== current))
  const lost = show("[data-lost-said]", lostSince > 0)
  if (lost && lostSince) write("[data-lost-said]", put("lost", clock(lostSince + kept.skew)))
  if (told && Date.now() > told) {
    told = 0
    write("[data-message]", "")
  }
}

function drawState(at: number, current: Slot | undefined, next: Slot | undefined): void {
  let state = "free"
  let word = said.free ?? ""
  let until = next && dayOf(next.first) === dayOf(at) ? put("until", next.from) : (said.freeAll ?? "")
  if (!current && kept.state.hours && !kept.state.hours.some((one) => one.first <= at && at < one.last)) {
    state = "closed"
    word = said.closed ?? ""
    const opening = kept.state.hours.find((one) => one.first > at)
    until = opening ? put("opens", `${dayOf(opening.first) > dayOf(at) ? `${opening.day} ` : ""}${opening.from}`) : ""
  } else if (current && (at < current.starts || at >= current.ends)) {
    state = "preparing"
    word = said.preparing ?? ""
    until = put("preparingUntil", at < current.starts ? current.from : clock(current.last))
  } else if (current?.comes && !current.come && current.gone && at < current.gone) {
    state = "awaited"
    word = said.awaited ?? ""
    until = put("awaitedUntil", current.goneAt)
  } else if (current) {
    state = "taken"
    word = said.taken ?? ""
    until = put("until", current.until)
  } else if (next && next.first - at < SOON) {
    state = "soon"
    until = put("soon", next.from)
  }
  body.dataset.state = state
  write("[data-word]", word)
  write("[data-until-said]", until)
  const meeting = current ?? (state === "soon" ? next : undefined)
  show("[data-meeting]", !!meeting)
  write("[data-title]", meeting?.title ?? "")
  write("[data-who]", meeting?.who ?? "")
}

/** Whoever may say now that they are there: of what is under way, or begins within a quarter of an hour. */
function awaited(at: number, ...slots: (Slot | undefined)[]): Slot | undefined {
  return slots.find((slot) => slot?.id && slot.comes && !slot.come && slot.comes <= at && at < slot.ends)
}

function drawActions(at: number, current: Slot | undefined, next: Slot | undefined): void {
  const coming = awaited(at, current, next)
  const button = show("[data-come]", !!coming)
  if (button) button.dataset.time = String(coming?.id ?? "")
  const leave = show("[data-leave]", !!current?.ours && current.last - at > MINUTE && !lostSince)
  if (leave) leave.dataset.time = String(current?.id ?? "")
  const choices = current || lostSince || coming ? [] : kept.state.choices
  show("[data-take]", choices.length > 0)
  const box = one("[data-choices]")
  const wanted = JSON.stringify(choices)
  if (box && box.dataset.drawn !== wanted) {
    box.dataset.drawn = wanted
    box.replaceChildren(...choices.map((choice) => {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "btn fk-door-choice"
      button.dataset.ends = choice.ends
      button.textContent = put("until", choice.until)
      return button
    }))
  }
}

function drawList(at: number, slots: Slot[]): void {
  const shown = slots.slice(0, 5)
  show("[data-nothing]", shown.length === 0)
  const wanted = JSON.stringify([dayOf(at), shown])
  if (wanted === drawn) return
  drawn = wanted
  one("[data-list]")?.replaceChildren(...shown.map((slot) => {
    const line = document.createElement("li")
    const when = document.createElement("span")
    const what = document.createElement("span")
    const days = dayOf(slot.starts) - dayOf(at)
    when.className = "fk-door-when"
    when.textContent = `${slot.from} – ${slot.until}`
    when.dir = "ltr"
    what.append(bdi(slot.title))
    if (slot.who) what.append(" · ", bdi(slot.who))
    if (days > 0) {
      const day = document.createElement("span")
      day.className = "fk-door-later"
      day.textContent = (days === 1 ? said.tomorrow : said.later) ?? ""
      line.append(day)
    }
    line.append(when, what)
    return line
  }))
}

function bdi(text: string): HTMLElement {
  const element = document.createElement("bdi")
  element.textContent = text
  return element
}

function tell(text: string): void {
  write("[data-message]", text)
  told = Date.now() + 8_000
}

/** What the server answers, or null where there is no network. */
async function send(path: string, facts: Record<string, string>): Promise<{ status: number; message: string } | null> {
  try {
    const answer = await fetch(address + path, { method: "POST", body: new URLSearchParams(facts) })
    if (answer.status >= 500) return null
    const found = (await answer.json()) as { message: string; state: State }
    learn(found.state)
    return { status: answer.status, message: found.message }
  } catch {
    return null
  }
}

async function ask(): Promise<void> {
  asked = Date.now()
  try {
    const answer = await fetch(`${address}state/`, { cache: "no-store" })
    if (answer.status === 404) {
      isGone = true
      body.dataset.state = "gone"
      localStorage.removeItem(storage)
      location.reload()
      return
    }
    if (!answer.ok) throw new Error(String(answer.status))
    learn((await answer.json()) as State)
    await deliver()
  } catch {
    lostSince ||= Date.now()
  }
  draw()
}

/** Sends what was tapped while there was no network. */
async function deliver(): Promise<void> {
  if (isSending) return
  isSending = true
  try {
    while (kept.taps.length) {
      const tap = kept.taps[0]!
      const answer = await send("check-in/", { time: String(tap.time), at: String(tap.at) })
      if (!answer) return
      kept.taps.shift()
      keep()
      if (answer.status !== 200) tell(answer.message)
    }
  } finally {
    isSending = false
  }
}

async function come(time: number): Promise<void> {
  const slot = kept.state.slots.find((one) => one.id === time)
  if (slot) slot.come = true
  kept.taps.push({ time, at: Math.round(now()) })
  keep()
  if (lostSince) tell(said.kept ?? "")
  draw()
  await ask()
  if (lostSince) tell(said.kept ?? "")
}

async function act(path: string, facts: Record<string, string>): Promise<void> {
  const answer = await send(path, facts)
  tell(answer?.message ?? said.failed ?? "")
  if (!answer) await ask()
  draw()
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element | null)?.closest<HTMLButtonElement>("button")
  if (!button || button.disabled) return
  if (button.matches("[data-come]")) void come(Number(button.dataset.time))
  else if (button.matches("[data-leave]")) void act("end/", { time: button.dataset.time ?? "" })
  else if (button.dataset.ends) void act("booking/", { ends: button.dataset.ends, key: crypto.randomUUID?.() ?? String(Math.random()) })
  else return
  // One tap is one act.
  button.disabled = true
  setTimeout(() => (button.disabled = false), 2_000)
})

async function stayAwake(): Promise<void> {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen")
  } catch {
    // The machine keeps its own hours.
  }
}

/** Hands the page and what it needs to the worker, which keeps it for the hours without a network. */
async function keepPage(): Promise<void> {
  if (!("serviceWorker" in navigator)) return
  await navigator.serviceWorker.register("/door/worker.js")
  const ready = await navigator.serviceWorker.ready
  await document.fonts.ready
  const needed = performance.getEntriesByType("resource").map((entry) => entry.name)
  const ours = needed.filter((name) => name.startsWith(location.origin) && name.includes("/static/"))
  ready.active?.postMessage({ page: location.href, needed: ours })
}

keep()
draw()
setInterval(() => {
  const at = now()
  const turned = kept.state.slots.some((slot) =>
    [slot.first, slot.starts, slot.ends, slot.last, slot.gone ?? 0].some((turn) => turn <= at && turn > asked + kept.skew))
  if (Date.now() - asked > (turned ? 3_000 : EVERY)) void ask()
  draw()
}, 1_000)
window.addEventListener("online", () => void ask())
document.addEventListener("visibilitychange", () => void stayAwake())
void stayAwake()
void keepPage().catch(() => undefined)
void ask()
