/** A design as a CloudFormation template: asks each part's kind, and puts together what they write. */
import type { NodeId, Scenario, ScenarioNode } from '../scenario/scenario.ts'
import type {
  CloudFormation,
  Draft,
  Grant,
  Link,
  NoteGroup,
  Parameter,
  Part,
  Properties,
  Resource,
  Value,
} from '../services/cloudFormation.ts'
import type { Field } from '../services/schema.ts'
import { connectionOf, schemas, withDefaults } from '../services/schemas.ts'
import { hasDynamicReference, withoutDynamicReferences } from './dynamicReferences.ts'
import { idFrom, LogicalIds } from './logicalIds.ts'

export interface Note {
  readonly group: NoteGroup
  /** Name of the part that it is about; '' for the whole. */
  readonly part: string
  readonly text: string
}

export interface Written extends Omit<Resource, 'afterGrantsOf' | 'properties'> {
  readonly id: string
  readonly properties: Readonly<Record<string, Value>>
}

export interface Output {
  readonly id: string
  readonly description: string
  readonly value: Value
}

export interface Template {
  readonly title: string
  /** By their logical ids, as are the resources; in the order of the design. */
  readonly parameters: readonly (Parameter & { readonly id: string })[]
  readonly resources: readonly Written[]
  readonly outputs: readonly Output[]
  readonly notes: readonly Note[]
}

/** CloudFormation's quotas. */
const MOST_RESOURCES = 500
const MOST_OUTPUTS = 200

type Drafted = Resource & Pick<Written, 'id' | 'properties'>

/** What one part has written. */
interface Section {
  readonly resources: Drafted[]
  /** Logical ids of what lets others in. */
  readonly policies: string[]
}

/** @param kinds by their names; what is not among them is noted as missing */
export function templateOf(
  scenario: Scenario,
  kinds: ReadonlyMap<string, CloudFormation>,
): Template {
  const notes: Note[] = []
  const parts = partsOf(scenario, kinds, notes)
  const sections = new Map<Part, Section>()
  for (const part of parts) sections.set(part, { resources: [], policies: [] })
  const grants = new Map<Part, Grant[]>()
  const parameters: (Parameter & { readonly id: string })[] = []
  const draft: Draft = {
    add(part, suffix, resource) {
      const id = part.idOf(suffix)
      const properties = harmless(resource.properties ?? {}, () =>
        draft.note(
          part,
          'otherwise',
          `A text in ${id} by which CloudFormation would fetch a secret (“resolve:” in braces): it has a blank now.`,
        ),
      )
      sections.get(part)!.resources.push({ ...resource, properties, id })
      return id
    },
    parameter(part, suffix, parameter) {
      const id = part.idOf(suffix)
      if (parameters.every((other) => other.id !== id)) parameters.push({ ...parameter, id })
      return { Ref: id }
    },
    grant(from, to, call) {
      const given = grants.get(to) ?? []
      if (given.some((other) => other.from === from && other.call === call)) return
      grants.set(to, [...given, { from, call }])
    },
    note: (part, group, text) => void notes.push({ group, part: part.node.name, text }),
    named: (name) => parts.find(({ node }) => node.name === name),
    at: (arn) => valueAt(arn, parts),
  }
  for (const part of parts) {
    if (part.kind.outside !== undefined) draft.note(part, 'outside', part.kind.outside)
    part.kind.write?.(part, draft)
  }
  for (const part of parts) {
    const { resources, policies } = sections.get(part)!
    const before = resources.length
    if (part.arn !== null) part.kind.allow?.(part, grants.get(part) ?? [], draft)
    policies.push(...resources.slice(before).map(({ id }) => id))
  }
  // What AWS makes comes before what programs may do with it.
  const inOrder = parts.toSorted((a, b) => Number(isProgram(a)) - Number(isProgram(b)))
  const resources = inOrder
    .flatMap((part) => sections.get(part)!.resources)
    .map((resource) => finished(resource, sections))
  const outputs = outputsOf(parts)
  for (const { id, description } of parameters.filter((one) => one.default === undefined)) {
    notes.push({ group: 'toDo', part: '', text: `Parameter ${id}: ${description}` })
  }
  if (resources.length > MOST_RESOURCES) {
    const text = `It has ${resources.length} resources; CloudFormation takes ${MOST_RESOURCES} in one stack: divide it.`
    notes.push({ group: 'toDo', part: '', text })
  }
  return { title: scenario.title, parameters, resources, outputs, notes }
}

/** Who calls as a service is meant as the caller; others as what is called. */
function valueAt(arn: string, parts: readonly DesignPart[]): Value | undefined {
  for (const part of parts) {
    const { node, schema, caller } = part
    if (part.arn === null) continue
    if (caller && schema.callsAs?.(node).arn === arn) return caller.sourceArn
    if (schema.policy?.arn(node) === arn) return part.arn
  }
  return undefined
}

const isProgram = ({ kind }: DesignPart): boolean => kind.outside !== undefined

/** Without what is undefined, and without dynamic references. @param say is told of some */
function harmless(properties: Properties, say: () => void): Readonly<Record<string, Value>> {
  const set = Object.entries(properties).filter(([, value]) => value !== undefined)
  const given = Object.fromEntries(set) as Readonly<Record<string, Value>>
  if (!hasDynamicReference(given)) return given
  say()
  return withoutDynamicReferences(given) as Readonly<Record<string, Value>>
}

function finished(
  { afterGrantsOf = [], ...resource }: Drafted,
  sections: ReadonlyMap<Part, Section>,
): Written {
  const waits = new Set([
    ...(resource.dependsOn ?? []),
    ...afterGrantsOf.flatMap((part) => sections.get(part)!.policies),
  ])
  return { ...resource, dependsOn: [...waits] }
}

/** What programs outside have to know, of the parts that they are wired to. */
function outputsOf(parts: readonly DesignPart[]): readonly Output[] {
  const ids = new LogicalIds()
  return parts
    .flatMap((part): Output[] => {
      const address = part.arn === null ? undefined : part.kind.address?.(part)
      const users = [...part.into, ...part.out]
        .map(({ other }) => other as DesignPart)
        .filter(isProgram)
        .map(({ node }) => node.name)
      if (!address || users.length === 0) return []
      const description = `For ${[...new Set(users)].join(', ')}`
      return [{ id: ids.take(part.id + address.label), description, value: address.value }]
    })
    .slice(0, MOST_OUTPUTS)
}

/** Parts of known kinds, with their wires; the others are noted. */
function partsOf(
  { nodes, wires, settings }: Scenario,
  kinds: ReadonlyMap<string, CloudFormation>,
  notes: Note[],
): readonly DesignPart[] {
  const ids = new LogicalIds()
  const parts = new Map<NodeId, DesignPart>()
  for (const node of nodes) {
    const schema = schemas.get(node.kind)
    const kind = kinds.get(node.kind)
    if (schema && kind) {
      const config = withDefaults(schema.fields, node.config, settings.limits)
      parts.set(node.id, new DesignPart(node, schema, kind, config, ids))
    } else {
      const text = schema
        ? `${schema.titleOf?.(node) ?? schema.title}: not written yet.`
        : `This version does not know “${node.kind}”.`
      notes.push({ group: 'missing', part: node.name, text })
    }
  }
  for (const { from, to, config } of wires) {
    const [source, target] = [parts.get(from), parts.get(to)]
    if (!source || !target) continue
    const connection = connectionOf(source.node, target.node)
    if (!connection.ok) {
      const text = `The wire to “${target.node.name}”: ${connection.reason}`
      notes.push({ group: 'missing', part: source.node.name, text })
      continue
    }
    const settled = withDefaults(connection.fields, config, settings.limits)
    source.out.push({ role: connection.role, config: settled, other: target })
    target.into.push({ role: connection.role, config: settled, other: source })
  }
  return [...parts.values()]
}

class DesignPart implements Part {
  readonly into: Link[] = []
  readonly out: Link[] = []
  readonly #ids = new Map<string, string>()

  constructor(
    readonly node: ScenarioNode,
    readonly schema: Part['schema'],
    readonly kind: CloudFormation,
    readonly config: Readonly<Record<string, unknown>>,
    readonly taken: LogicalIds,
  ) {
    // Before any that are made of it, so that parts' ids do not depend on what is wired to them.
    if (kind.arn ?? kind.address) this.idOf('')
  }

  get id(): string {
    return this.idOf('')
  }

  idOf(suffix: string): string {
    const known = this.#ids.get(suffix)
    if (known !== undefined) return known
    const wanted =
      suffix === '' ? idFrom(this.node.name, idFrom(this.schema.title, 'Part')) : this.id + suffix
    const id = this.taken.take(wanted)
    this.#ids.set(suffix, id)
    return id
  }

  changed(...names: readonly string[]): Properties {
    const fields = names.map((name) => this.schema.fields.find(({ id }) => id === name)!)
    return Object.fromEntries(
      fields
        .filter((field) => this.#matters(field) && this.config[field.id] !== field.default)
        .map(({ id }) => [id, this.config[id] as Value]),
    )
  }

  #matters({ when }: Field): boolean {
    return when === undefined || when.is.includes(this.config[when.field])
  }

  get arn(): Value | null {
    return this.kind.arn?.(this) ?? null
  }

  metric(name: string): ReturnType<Part['metric']> {
    const { metrics } = this.kind
    // Metrics of our own begin with a lower-case letter.
    if (!metrics || this.arn === null || !/^[A-Z]/.test(name)) return null
    return { Namespace: metrics.namespace, MetricName: name, Dimensions: metrics.dimensions(this) }
  }

  access(use: string): ReturnType<Part['access']> {
    const { arn, kind } = this
    if (arn === null) return { actions: [], resources: [] }
    return { actions: kind.actions?.[use] ?? [], resources: kind.resources?.(this) ?? [arn] }
  }

  get caller(): Part['caller'] {
    return this.kind.caller?.(this) ?? null
  }
}
