/** Takes a design away as a CloudFormation template: the one door for the screen and the command line. */
import type { Scenario } from '../scenario/scenario.ts'
import { cloudFormationOf } from '../services/cloudFormations.ts'
import { noteLines, type NoteSection } from './notes.ts'
import { templateOf } from './template.ts'
import { toYaml } from './yaml.ts'

export interface TakenAway {
  /** Null when the design has nothing that CloudFormation makes. */
  readonly yaml: string | null
  /** What is not in it, and what is left to do. */
  readonly notes: readonly NoteSection[]
}

/** The schemas of the design's parts are known already. Rejects when code cannot be fetched. */
export async function toCloudFormation(scenario: Scenario): Promise<TakenAway> {
  const kinds = await cloudFormationOf(scenario.nodes.map(({ kind }) => kind))
  const template = templateOf(scenario, kinds)
  const notes = noteLines(template.notes)
  return { yaml: template.resources.length > 0 ? toYaml(template) : null, notes }
}
