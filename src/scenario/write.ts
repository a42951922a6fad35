/** A document as the text of a file: the counterpart of `parseText`. */
import type { Recording, SharedDocument } from './scenario.ts'

/** The key that marks a file as ours; its value is `FILE_VERSION`. */
export const FILE_MARK = 'switchyard'
/** How the file is arranged around the scenario, which has a number of its own (`format`). */
export const FILE_VERSION = 1

/** JSON, indented so that people can read and compare it; keys always in the same order. */
export function writeText(document: SharedDocument): string {
  const { momentUs, view, reference } = document
  const file = {
    [FILE_MARK]: FILE_VERSION,
    ...inOrder(document),
    momentUs,
    view,
    reference: reference && inOrder(reference),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

function inOrder({ scenario, interventions }: Recording): Recording {
  const { format, title, description, seed, settings, nodes, wires } = scenario
  return {
    scenario: {
      format,
      title,
      description,
      seed,
      settings: { network: settings.network, limits: settings.limits },
      nodes: nodes.map(({ id, kind, name, x, y, config }) => ({ id, kind, name, x, y, config })),
      wires: wires.map(({ id, from, to, config }) => ({ id, from, to, config })),
    },
    interventions,
  }
}
