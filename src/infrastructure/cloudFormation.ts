/** Takes a design away as a CloudFormation template: the one door for the screen and the command line. */
import { utf8Length } from '../base/utf8.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { cloudFormationOf } from '../services/cloudFormations.ts'
import { noteLines, type NoteSection } from './notes.ts'
import { templateOf, type Note } from './template.ts'
import { toYaml } from './yaml.ts'

/** CloudFormation takes a larger one only from a bucket. */
const MOST_DIRECT_BYTES = 51_200
const LARGE: Note = {
  group: 'toDo',
  part: '',
  text: 'The template is larger than 51 200 bytes: deploy it with --s3-bucket and a bucket of yours.',
}

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
  const yaml = template.resources.length > 0 ? toYaml(template) : null
  const isLarge = yaml !== null && utf8Length(yaml) > MOST_DIRECT_BYTES
  return { yaml, notes: noteLines(isLarge ? [...template.notes, LARGE] : template.notes) }
}
