/** ProcessingConfiguration: which function transforms records, to and from the wire of the design. */
import type { Simulation } from '../../../engine/simulation.ts'
import type { Config, Wire } from '../../../scenario/scenario.ts'
import { arn } from '../../aws.ts'
import type { Input } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import { invalidArgument } from '../errors.ts'
import { stateOf } from '../state.ts'

interface Processing {
  /** Index of the function, or -1: records are delivered as they are. */
  readonly lambda: number
  readonly config: Config
}

/** What an input says about it; null when nothing. @throws Refusal */
export function processingIn(sim: Simulation, value: Input): Processing | null {
  const given = value.ProcessingConfiguration as Input | undefined
  if (given === undefined) return null
  const processors = Array.isArray(given.Processors) ? (given.Processors as Input[]) : []
  const processor = processors.find(({ Type }) => Type === 'Lambda')
  if (given.Enabled !== true || !processor) return { lambda: -1, config: {} }
  const parameters = new Map(
    (Array.isArray(processor.Parameters) ? (processor.Parameters as Input[]) : []).map(
      ({ ParameterName, ParameterValue }) => [String(ParameterName), String(ParameterValue)],
    ),
  )
  return { lambda: functionIn(sim, parameters.get('LambdaArn')), config: hintsIn(parameters) }
}

/** A function that is not in the design cannot be invoked, and is only told back. @throws Refusal */
function functionIn(sim: Simulation, arnText: string | undefined): number {
  if (arnText === undefined) {
    throw new Refusal(invalidArgument('LambdaArn must be specified for the Lambda processor.'))
  }
  const name = /function:([A-Za-z0-9_-]+)/.exec(arnText)?.[1]
  return sim.world.nodes.findIndex(
    (node) => node.alive && node.name === name && sim.operationIndex(node.index, 'Invoke') >= 0,
  )
}

/** AWS's parameters with the range of each. */
const HINTS: readonly (readonly [name: string, min: number, max: number])[] = [
  ['BufferSizeInMBs', 0.2, 3],
  ['BufferIntervalInSeconds', 0, 900],
  ['NumberOfRetries', 0, 300],
]

/** @throws Refusal */
function hintsIn(parameters: ReadonlyMap<string, string>): Config {
  const config: Record<string, number> = {}
  for (const [name, min, max] of HINTS) {
    const text = parameters.get(name)
    if (text === undefined) continue
    const value = Number(text)
    if (!(value >= min && value <= max)) {
      throw new Refusal(invalidArgument(`${name} must be between ${min} and ${max}, not ${text}.`))
    }
    config[name] = value
  }
  return config
}

/** The edit of wires that makes the design say so. @param id the delivery stream's */
export function transformWires(
  sim: Simulation,
  id: string,
  processing: Processing | null,
): Readonly<Record<string, Wire | null>> {
  if (!processing) return {}
  const { nodes, wires } = sim.world
  const old = wires.filter(
    ({ alive, role, from }) => alive && role === 'transform' && nodes[from].id === id,
  )
  const removed = Object.fromEntries(old.map((wire) => [wire.id, null]))
  if (processing.lambda < 0) return removed
  const wire = `transform-${id}`
  const to = nodes[processing.lambda].id
  return { ...removed, [wire]: { id: wire, from: id, to, config: processing.config } }
}

/** What DescribeDeliveryStream tells of it. */
export function describeProcessing(sim: Simulation, node: number, given: Input): Input {
  const { transform } = stateOf(sim, node)
  const asGiven = given.ProcessingConfiguration as Input | undefined
  if (!transform) return asGiven ?? { Enabled: false, Processors: [] }
  const { nodes, wires } = sim.world
  const { config } = wires[transform.wire]
  const parameters = {
    LambdaArn: arn('lambda', `function:${nodes[transform.lambda].name}`),
    ...Object.fromEntries(HINTS.map(([name]) => [name, String(config[name])])),
  }
  return {
    Enabled: true,
    Processors: [
      {
        Type: 'Lambda',
        Parameters: Object.entries(parameters).map(([ParameterName, ParameterValue]) => ({
          ParameterName,
          ParameterValue,
        })),
      },
    ],
  }
}
