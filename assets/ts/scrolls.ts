// A table that goes on beyond its card fades on that side: on a phone nothing else says that it can be moved.
import { each } from "./dom"

export function startScrolls(): void {
  each(".fk-scroll", (scroll) => {
    const tell = (): void => {
      const hidden = scroll.scrollWidth - scroll.clientWidth
      // From right to left the distance is counted in negative numbers.
      const gone = Math.abs(scroll.scrollLeft)
      scroll.classList.toggle("has-more-before", hidden > 1 && gone > 1)
      scroll.classList.toggle("has-more", hidden > 1 && gone < hidden - 1)
    }
    scroll.addEventListener("scroll", tell, { passive: true })
    new ResizeObserver(tell).observe(scroll)
    tell()
  })
}
