/** Names of resources at AWS, where the template has to give one. */
import type { Part } from './cloudFormation.ts'
import { checkName } from './validate.ts'

/** The part's own name where AWS takes it, else one made of its logical id. @param ending '.fifo', or '' */
export function physicalName({ node, schema, id }: Part, ending = ''): string {
  return checkName(schema, node.name, node.config) === null ? node.name : id + ending
}
