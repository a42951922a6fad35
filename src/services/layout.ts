/** Where a part goes that a program adds, and its id: nobody is there to place it. */
import type { Simulation } from '../engine/simulation.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** Room for one part and the wires around it, canvas units. */
const CELL = { width: 360, height: 220 }
const COLUMNS = 4

/** The first free place of a simple grid, row by row. */
export function freePlace(scenario: Scenario): { readonly x: number; readonly y: number } {
  const taken = new Set<number>()
  for (const { x, y } of scenario.nodes) {
    // A part that does not stand on the grid takes every cell that it may reach into.
    const left = Math.floor(x / CELL.width)
    const top = Math.floor(y / CELL.height)
    const right = Math.ceil(x / CELL.width)
    const bottom = Math.ceil(y / CELL.height)
    for (const row of [top, bottom]) {
      for (const column of [left, right]) {
        if (row >= 0 && column >= 0 && column < COLUMNS) taken.add(row * COLUMNS + column)
      }
    }
  }
  let cell = 0
  while (taken.has(cell)) cell++
  return {
    x: (cell % COLUMNS) * CELL.width,
    y: Math.floor(cell / COLUMNS) * CELL.height,
  }
}

/** 'queue-7'. Ids are never used twice in a run: receipt handles and the like name them. */
export function freeId(sim: Simulation, stem: string): string {
  const { nodes, scenario } = sim.world
  let n = nodes.length + 1
  const isTaken = (id: string) =>
    nodes.some((node) => node.id === id) || scenario.nodes.some((node) => node.id === id)
  while (isTaken(`${stem}-${n}`)) n++
  return `${stem}-${n}`
}
