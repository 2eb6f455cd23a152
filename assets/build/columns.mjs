// Where a block of the planner stands: a class for each quarter of an hour of a day. A page may not set styles of its own
// (the Content-Security-Policy forbids it), so all places are written here once.
const QUARTERS = 96
const LANES = 12

export function columns() {
  const rules = []
  for (let n = 0; n <= QUARTERS; n++) rules.push(`.fk-a${n}{grid-column-start:${n + 1}}`, `.fk-b${n}{grid-column-end:${n + 1}}`)
  for (let n = 4; n <= QUARTERS; n += 4) rules.push(`.fk-n${n}{--fk-quarters:${n}}`)
  for (let lanes = 2; lanes <= LANES; lanes++) rules.push(`.fk-lanes-${lanes}{grid-template-rows:repeat(${lanes},minmax(32px,1fr))}`)
  for (let lane = 0; lane < LANES; lane++) rules.push(`.fk-lane-${lane}{grid-row:${lane + 1}}`)
  return rules.join("\n")
}
