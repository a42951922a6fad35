/** Calls and messages as people and programs read them, made from columns when somebody looks. */
import type { CallView, ItemView, Operation } from './behaviour.ts'
import { ITEMS_PER_CALL, OUTSIDE, type CallTable, type OutsideCall } from './calls.ts'
import type { LogCall, LogFilter, LogRow, MessageInfo } from './frame.ts'
import {
  NAMED,
  NEWS,
  oldestRow,
  readItem,
  readRow,
  ticketOf,
  wordsOf,
  type LoggedRow,
} from './log.ts'
import type { Content } from './messages.ts'
import type { Simulation } from './simulation.ts'

/** A call that is alive: not to be kept beyond its answer. */
export const viewCall = (sim: Simulation, call: number): CallView => new LiveCall(sim, call)

/** Most answers need little of it: the columns are read when somebody asks. */
class LiveCall implements CallView {
  private readonly sim: Simulation
  private readonly calls: CallTable
  private readonly call: number
  private found: readonly ItemView[] | null = null

  constructor(sim: Simulation, call: number) {
    this.sim = sim
    this.calls = sim.world.calls
    this.call = call
  }

  get outside(): OutsideCall | undefined {
    return this.calls.outside[this.call]
  }
  get from(): number {
    return this.calls.from[this.call]
  }
  get operation(): number {
    return this.calls.operation[this.call]
  }
  get arg(): number {
    return this.calls.arg[this.call]
  }
  get arg2(): number {
    return this.calls.arg2[this.call]
  }
  get arg3(): number {
    return this.calls.arg3[this.call]
  }
  get code(): number {
    return this.calls.code[this.call]
  }
  get items(): readonly ItemView[] {
    return (this.found ??= itemsOn(this.sim, this.call))
  }
}

function itemsOn(sim: Simulation, call: number): ItemView[] {
  const { calls, messages } = sim.world
  const items: ItemView[] = []
  for (let n = 0; n < calls.count[call]; n++) {
    const place = call * ITEMS_PER_CALL + n
    const slot = calls.slots[place]
    const known = calls.serials[place]
    const present = slot >= 0 && (known === 0 || messages.serial[slot] === known)
    items.push(new LiveItem(sim, slot, present, present ? messages.serial[slot] : known, place))
  }
  return items
}

/** Its words are made when somebody asks; a class, as getters of literals cost much to make. */
class LiveItem implements ItemView {
  readonly message: number
  readonly receipt: number
  readonly receives: number
  readonly sentUs: number
  readonly code: number
  readonly slot: number
  private readonly sim: Simulation | null

  constructor(sim: Simulation, slot: number, present: boolean, message: number, place: number) {
    const { calls, messages } = sim.world
    this.message = message
    this.receipt = calls.receipts[place]
    this.receives = present ? messages.receives[slot] : 0
    this.sentUs = present ? messages.sentUs[slot] : 0
    this.code = calls.codes[place]
    this.slot = slot
    this.sim = present ? sim : null
  }

  get content(): Content {
    return this.sim ? this.sim.contentOf(this.slot) : NOTHING
  }
}

const NOTHING: Content = { body: '', attributes: {} }

/** A call from the log. */
function viewRow(sim: Simulation, logged: LoggedRow, outside?: OutsideCall): CallView {
  const { log } = sim.records
  const items: ItemView[] = []
  for (let n = 0; n < logged.itemCount; n++) {
    const serial = logged.firstItem + n
    const item = readItem(log, serial)
    if (!item) continue
    const { recipe, ordinal, ...rest } = item
    items.push({
      ...rest,
      // A call may have hundreds of items, and a table shows but one line of it.
      get content() {
        const words = recipe > 0 ? sim.render(recipe, ordinal) : wordsOf(log, rest.message)
        return words ?? NOTHING
      },
    })
  }
  const { from, operation, arg, arg2, arg3, code } = logged
  return { ...(outside && { outside }), from, operation, arg, arg2, arg3, code, items }
}

/** One row of the log's table; null when the ring has moved on. */
export function logRow(sim: Simulation, row: number): LogRow | null {
  const { log } = sim.records
  const logged = readRow(log, row)
  if (!logged) return null
  const { nodes } = sim.world
  const { operation, from, to, token, code } = logged
  const service = sim.behaviours[to]
  const base = { row, atUs: logged.atUs, to: nodes[to]?.name ?? '' }
  if (operation <= NEWS) {
    const item = logged.itemCount > 0 ? readItem(log, logged.firstItem) : null
    return {
      ...base,
      from: token > 0 ? callerName(sim, from, token) : '',
      operation: service?.news[NEWS - operation] ?? '',
      input: item ? `m-${item.message}` : '',
      output: item && item.receives > 0 ? `receive count ${item.receives}` : '',
      status: 0,
      error: '',
      isCall: false,
    }
  }
  const named = operation === NAMED ? ticketOf(log, row) : undefined
  if (named) return { ...base, ...namedRow(sim, named), from: callerName(sim, from, token) }
  const asked = service?.operations[operation]
  const error = sim.errorFor(to, code)
  const gist = asked?.gist(sim, viewRow(sim, logged, ticketOf(log, row))) ?? {
    input: '',
    output: '',
  }
  return {
    ...base,
    from: callerName(sim, from, token),
    operation: asked?.name ?? '',
    input: gist.input,
    output: error ? error.code : gist.output,
    status: error ? error.status : 200,
    error: error ? error.code : '',
    isCall: true,
  }
}

/** A call that never reached a node, or is about none. */
const namedRow = (sim: Simulation, { service, operation, input, error }: OutsideCall) => ({
  operation,
  input: sim.kinds.service(service)?.subject?.(input) ?? '',
  output: error ? error.code : '',
  status: error ? error.status : 200,
  error: error ? error.code : '',
  isCall: true,
})

/** What the first message of a row says, as it was then; null for none. */
export function wordsOfRow(sim: Simulation, row: number): Content | null {
  const logged = readRow(sim.records.log, row)
  return logged && logged.itemCount > 0 ? (viewRow(sim, logged).items[0]?.content ?? null) : null
}

/** One call whole. */
export function logEntry(sim: Simulation, row: number): LogCall | null {
  const { log } = sim.records
  const logged = readRow(log, row)
  const line = logRow(sim, row)
  if (!logged || !line) return null
  if (!line.isCall) return { row: line, request: null, response: null }
  const outside = ticketOf(log, row)
  if (outside)
    return { row: line, request: outside.input, response: outside.error ?? outside.output }
  const node = logged.to
  const operation = sim.behaviours[node]!.operations[logged.operation]
  const view = viewRow(sim, logged)
  const error = sim.errorFor(node, logged.code, view)
  return {
    row: line,
    request: operation.request(sim, node, view),
    response: error
      ? { __type: error.code, message: error.message }
      : operation.response(sim, node, view),
  }
}

/** How many rows a filtered page may look through, so that a rare filter cannot stall the worker. */
const ROWS_SCANNED = 20_000

/** Newest first, beginning before row `before` (0 = the newest). */
export function logPage(
  sim: Simulation,
  before: number,
  limit: number,
  filter: LogFilter,
): { rows: LogRow[]; total: number } {
  const { log } = sim.records
  const rows: LogRow[] = []
  const start = before > 0 ? Math.min(before, log.rows) : log.rows
  const oldest = Math.max(oldestRow(log), start - ROWS_SCANNED)
  const wanted = Math.min(limit, 200)
  for (let row = start - 1; row >= oldest && rows.length < wanted; row--) {
    if (!passes(sim, row, filter)) continue
    const line = logRow(sim, row)
    if (line) rows.push(line)
  }
  return { rows, total: log.rows }
}

function passes(sim: Simulation, row: number, filter: LogFilter): boolean {
  const { log } = sim.records
  const logged = readRow(log, row)
  if (!logged) return false
  const { nodes } = sim.world
  const { operation, from, to, itemCount } = logged
  if (filter.failedOnly && logged.code === 0) return false
  if (filter.node) {
    const caller = from >= 0 ? nodes[from].id : ''
    if (caller !== filter.node && nodes[to]?.id !== filter.node) return false
  }
  if (operation > NEWS) {
    const asked = operation === NAMED ? undefined : sim.behaviours[to]?.operations[operation]
    const name = asked?.name ?? ticketOf(log, row)?.operation
    if (filter.operation && name !== filter.operation) return false
    if (filter.hideEmpty && isReading(asked) && itemCount === 0) return false
  } else if (filter.operation) {
    return false
  }
  if (filter.message) {
    for (let n = 0; n < itemCount; n++) {
      if (readItem(log, logged.firstItem + n)?.message === filter.message) return true
    }
    const touches =
      operation > NEWS ? sim.behaviours[to]?.operations[operation]?.touches : undefined
    return touches?.(sim, to, viewRow(sim, logged), filter.message) ?? false
  }
  return true
}

const isReading = (operation: Operation | undefined): boolean =>
  operation?.carries === 'answer' || operation?.carries === 'records'

/** Whoever calls without being in the picture. */
const callerOutside = 'console'

function callerName(sim: Simulation, from: number, token: number): string {
  if (from === OUTSIDE) return callerOutside
  const worker = sim.behaviours[from]?.workerName?.(token) ?? ''
  const { name } = sim.world.nodes[from]
  return worker ? `${name}/${worker}` : name
}

/** A message's card. */
export function messageInfo(sim: Simulation, slot: number): MessageInfo {
  const { messages, nodes } = sim.world
  const content = sim.contentOf(slot)
  const holder = messages.node[slot]
  const source = messages.deadLetterSource[slot]
  const state = messages.state[slot]
  const expiresUs = holder < 0 ? undefined : sim.behaviours[holder]?.expiresUs?.(sim, holder, slot)
  return {
    message: messages.serial[slot],
    messageId: sim.messageId(messages.serial[slot]),
    node: holder < 0 ? '' : nodes[holder].id,
    list: STATE_NAMES[state],
    hue: messages.hue[slot],
    body: content.body,
    sizeBytes: messages.sizeBytes[slot],
    attributes: Object.fromEntries(
      Object.entries(content.attributes).map(([name, attribute]) => [
        name,
        {
          DataType: attribute.DataType,
          Value: attribute.StringValue ?? attribute.BinaryValue ?? '',
        },
      ]),
    ),
    sentUs: messages.sentUs[slot],
    receives: messages.receives[slot],
    ...(messages.firstReceivedUs[slot] > 0 && {
      firstReceivedUs: messages.firstReceivedUs[slot],
    }),
    ...((STATE_NAMES[state] === 'inFlight' || STATE_NAMES[state] === 'delayed') && {
      dueUs: messages.dueUs[slot],
    }),
    ...(expiresUs !== undefined && { expiresUs }),
    ...(content.groupId && { groupId: content.groupId }),
    ...(source > 0 && { deadLetterSource: nodes[source - 1].id }),
  }
}

/** A message's card by its serial, wherever the message is; null when it is gone. */
export function findMessage(sim: Simulation, serial: number): MessageInfo | null {
  const slot = slotOf(sim, serial)
  if (slot >= 0) return messageInfo(sim, slot)
  for (const { index, alive } of sim.world.nodes) {
    const found = alive ? sim.behaviours[index]?.stored?.find(sim, index, serial) : null
    if (found) return found
  }
  return null
}

const STATE_NAMES = ['', 'travelling', 'visible', 'inFlight', 'delayed'] as const

/** The slot of a message by its serial, or -1. Looks through the table: for a click, not for a loop. */
export function slotOf(sim: Simulation, serial: number): number {
  const { messages } = sim.world
  return messages.serial.subarray(0, messages.top).indexOf(serial)
}
