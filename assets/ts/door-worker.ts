// Keeps the page of a door, and what it needs, for the hours without a network. What happens in the room is never kept here:
// the page remembers that itself, and says how old it is.

interface Extended extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetched extends Extended {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Told extends Extended {
  data: { page: string; needed: string[] }
}
interface Scope {
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
  addEventListener(type: "install" | "activate", listen: (event: Extended) => void): void
  addEventListener(type: "fetch", listen: (event: Fetched) => void): void
  addEventListener(type: "message", listen: (event: Told) => void): void
}

const worker = self as unknown as Scope
const SHELF = "door"

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener("message", (event) => {
  event.waitUntil(keep(event.data.page, event.data.needed))
})

async function keep(page: string, needed: string[]): Promise<void> {
  const shelf = await caches.open(SHELF)
  const wanted = new Set([page, ...needed])
  for (const known of await shelf.keys()) {
    // Scripts of a former version; the pages of other doors on this tablet stay.
    if (known.url.includes("/static/") && !wanted.has(known.url)) await shelf.delete(known)
  }
  await shelf.addAll([...wanted])
}

worker.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url)
  const isOurs = address.origin === worker.location.origin
  if (event.request.method !== "GET" || !isOurs || address.pathname.endsWith("/state/")) return
  event.respondWith(fresh(event.request))
})

/** From the network; from the shelf where there is none. A page that is there no more leaves the shelf. */
async function fresh(request: Request): Promise<Response> {
  const shelf = await caches.open(SHELF)
  try {
    const answer = await fetch(request)
    if (answer.status === 404 || answer.status === 410) await shelf.delete(request, { ignoreVary: true })
    if (answer.status < 500) return answer
    return (await shelf.match(request, { ignoreVary: true })) ?? answer
  } catch (error) {
    const known = await shelf.match(request, { ignoreVary: true })
    if (known) return known
    throw error
  }
}
