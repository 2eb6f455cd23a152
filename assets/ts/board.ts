// A card of the board is dragged to another lane: what its menu does, done with the pointer.
import { all, on, one } from "./dom"

const CARD = ".fk-lane-card"
const OVER = "fk-lane-over"

export function startBoards(): void {
  let dragged: HTMLElement | null = null
  const target = (lane: HTMLElement): HTMLButtonElement | null =>
    dragged && lane.dataset.lane ? one<HTMLButtonElement>(`button[value="${CSS.escape(lane.dataset.lane)}"]`, dragged) : null
  const leave = (): void => all(`.${OVER}`).forEach((lane) => lane.classList.remove(OVER))

  for (const card of all(CARD)) if (one("form button[name]", card)) card.draggable = true
  on("dragstart", CARD, (event, card) => {
    dragged = card
    event.dataTransfer!.effectAllowed = "move"
  })
  on("dragend", CARD, () => {
    dragged = null
    leave()
  })
  on("dragover", "[data-lane]", (event, lane) => {
    if (!target(lane)) return
    event.preventDefault()
    leave()
    lane.classList.add(OVER)
  })
  on("drop", "[data-lane]", (event, lane) => {
    const button = target(lane)
    if (!button) return
    event.preventDefault()
    button.form?.requestSubmit(button)
  })
}
