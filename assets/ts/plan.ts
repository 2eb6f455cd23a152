// The editor of a plan: outlines are drawn over the picture, their corners dragged. What it does stands in the fields of the
// form, which work without it: it reads them, and writes them.
import { all, each, one } from "./dom"

const SPACE = "http://www.w3.org/2000/svg"
const STEP = 10
/** Below that a press is a choice and no drawing, in pixels. */
const MOVED = 4

type Point = [number, number]

interface Hand {
  kind: "draw" | "move" | "corner"
  from: Point
  points: Point[]
  corner: number
  moved: boolean
}

class Editor {
  private chosen = ""
  private hand: Hand | null = null

  constructor(
    private readonly form: HTMLElement,
    private readonly canvas: SVGSVGElement,
  ) {
    form.addEventListener("change", (event) => this.choose((event.target as HTMLInputElement).matches("[data-plan-choice]") ? (event.target as HTMLInputElement).value : this.chosen))
    form.addEventListener("input", () => this.paint())
    canvas.addEventListener("pointerdown", (event) => this.press(event))
    canvas.addEventListener("pointermove", (event) => this.drag(event))
    canvas.addEventListener("pointerup", () => this.leave())
    canvas.addEventListener("pointercancel", () => this.leave())
    canvas.addEventListener("keydown", (event) => this.key(event))
    this.paint()
  }

  private fields(): HTMLInputElement[] {
    return all<HTMLInputElement>("[data-plan-part]", this.form)
  }

  private field(part: string): HTMLInputElement | null {
    return one<HTMLInputElement>(`[data-plan-part="${CSS.escape(part)}"]`, this.form)
  }

  private choose(part: string): void {
    this.chosen = part
    const radio = all<HTMLInputElement>("[data-plan-choice]", this.form).find((each) => each.value === part)
    if (radio) radio.checked = true
    this.paint()
  }

  private at(event: PointerEvent): Point {
    const there = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.canvas.getScreenCTM()!.inverse())
    return this.within([Math.round(there.x / STEP) * STEP, Math.round(there.y / STEP) * STEP])
  }

  private within([x, y]: Point): Point {
    const width = Number(this.canvas.dataset.width)
    const height = Number(this.canvas.dataset.height)
    return [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))]
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return
    const target = event.target as SVGElement
    const part = target.closest<SVGElement>("[data-part]")?.dataset.part
    const from = this.at(event)
    if (target.dataset.corner !== undefined) {
      this.hand = { kind: "corner", from, points: read(this.field(this.chosen)!.value), corner: Number(target.dataset.corner), moved: false }
    } else if (part) {
      this.choose(part)
      this.hand = { kind: "move", from, points: read(this.field(part)!.value), corner: -1, moved: false }
    } else if (this.chosen) {
      this.hand = { kind: "draw", from, points: [], corner: -1, moved: false }
    }
    if (this.hand) {
      this.canvas.setPointerCapture(event.pointerId)
      event.preventDefault()
      this.canvas.focus()
    }
  }

  private drag(event: PointerEvent): void {
    const hand = this.hand
    if (!hand) return
    const [x, y] = this.at(event)
    const scale = this.canvas.getScreenCTM()!.a
    if (!hand.moved && Math.hypot(x - hand.from[0], y - hand.from[1]) * scale < MOVED) return
    hand.moved = true
    if (hand.kind === "draw") this.write(rectangle(hand.from, [x, y]))
    else if (hand.kind === "move") this.write(this.shifted(hand.points, x - hand.from[0], y - hand.from[1]))
    else this.write(pulled(hand.points, hand.corner, [x, y]))
  }

  private leave(): void {
    this.hand = null
  }

  /** All of it, as far as the edge of the drawing lets it. */
  private shifted(points: Point[], dx: number, dy: number): Point[] {
    const xs = points.map(([x]) => x)
    const ys = points.map(([, y]) => y)
    const width = Number(this.canvas.dataset.width)
    const height = Number(this.canvas.dataset.height)
    const right = Math.max(-Math.min(...xs), Math.min(width - Math.max(...xs), dx))
    const down = Math.max(-Math.min(...ys), Math.min(height - Math.max(...ys), dy))
    return points.map(([x, y]) => [x + right, y + down])
  }

  private key(event: KeyboardEvent): void {
    const field = this.chosen ? this.field(this.chosen) : null
    const steps: Record<string, Point> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }
    const step = steps[event.key]
    if (!field) return
    const points = read(field.value)
    if (step && points.length) {
      event.preventDefault()
      const far = event.ctrlKey ? 10 : 1
      if (event.shiftKey) this.write(grown(points, step[0] * far, step[1] * far).map((each) => this.within(each)))
      else this.write(this.shifted(points, step[0] * far, step[1] * far))
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault()
      this.write([])
    }
  }

  private write(points: Point[]): void {
    const field = this.field(this.chosen)
    if (!field) return
    field.value = written(points)
    this.paint()
  }

  private paint(): void {
    for (const drawn of all<SVGElement>("[data-part], [data-corner]", this.canvas)) drawn.remove()
    for (const field of this.fields()) {
      const points = read(field.value)
      if (points.length < 3) continue
      const part = field.dataset.planPart!
      const group = element("g", { "data-part": part, class: part === this.chosen ? "fk-plan-space fk-plan-chosen" : "fk-plan-space" })
      group.append(element("polygon", { points: points.map((point) => point.join(",")).join(" ") }))
      const [x, y] = middle(points)
      const word = element("text", { x: String(x), y: String(y), class: "fk-plan-code" })
      word.textContent = field.dataset.code ?? ""
      group.append(word)
      this.canvas.append(group)
    }
    const own = this.chosen ? read(this.field(this.chosen)?.value ?? "") : []
    const size = Number(this.canvas.dataset.width) / 100
    own.forEach(([x, y], corner) => this.canvas.append(element("circle", { "data-corner": String(corner), cx: String(x), cy: String(y), r: String(size), class: "fk-plan-corner" })))
  }
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SPACE, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

/** "10,20 100x70" or "10,20 110,20 110,90": nothing where it is neither. */
export function read(text: string): Point[] {
  const box = /^\s*(\d+)\s*,\s*(\d+)\s+(\d+)\s*[x×*]\s*(\d+)\s*$/.exec(text)
  if (box) {
    const [x, y, width, height] = box.slice(1).map(Number) as [number, number, number, number]
    return rectangle([x, y], [x + width, y + height])
  }
  const points = text.trim().split(/\s+/).map((corner) => corner.split(",").map(Number))
  return points.every((point) => point.length === 2 && point.every(Number.isFinite)) && points.length > 2 ? (points as Point[]) : []
}

function written(points: Point[]): string {
  if (!points.length) return ""
  const xs = [...new Set(points.map(([x]) => x))].sort((a, b) => a - b)
  const ys = [...new Set(points.map(([, y]) => y))].sort((a, b) => a - b)
  if (points.length === 4 && xs.length === 2 && ys.length === 2) return `${xs[0]},${ys[0]} ${xs[1]! - xs[0]!}x${ys[1]! - ys[0]!}`
  return points.map((point) => point.join(",")).join(" ")
}

function rectangle([x, y]: Point, [a, b]: Point): Point[] {
  const [left, right] = [Math.min(x, a), Math.max(x, a)]
  const [top, bottom] = [Math.min(y, b), Math.max(y, b)]
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
}

/** A corner moved: that of a rectangle takes its sides along. */
function pulled(points: Point[], corner: number, to: Point): Point[] {
  const isBox = /x/.test(written(points))
  const opposite = points[(corner + 2) % points.length]
  if (isBox && opposite) return rectangle(opposite, to)
  return points.map((point, place) => (place === corner ? to : point))
}

/** The right and lower edge moved. */
function grown(points: Point[], dx: number, dy: number): Point[] {
  const right = Math.max(...points.map(([x]) => x))
  const bottom = Math.max(...points.map(([, y]) => y))
  return points.map(([x, y]) => [x === right ? x + dx : x, y === bottom ? y + dy : y])
}

function middle(points: Point[]): Point {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
}

export function startPlans(): void {
  each("[data-plan]", (form) => {
    const canvas = one<SVGSVGElement>("[data-plan-canvas]", form)
    if (canvas) new Editor(form, canvas)
  })
}
