/** Event notifications: at least once, after a while, in no certain order (FACTS 15.3). */
import { isoTime } from '../../base/calendar.ts'
import { md5Hex } from '../../base/hash.ts'
import { nextExponential, nextUnit } from '../../base/random.ts'
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import { utf8Length } from '../../base/utf8.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT, REGION, epochMs } from '../aws.ts'
import { OWN_USER } from '../callers.ts'
import { COUNTER, EVENT, NEWS } from './books.ts'
import { bucketArn, configurationId } from './names.ts'
import { WAYS } from './schema.ts'
import { bucketOf, type StoredObject } from './state.ts'

export type EventName = 'ObjectCreated:Put' | 'ObjectRemoved:Delete'

/** Plans a notification along each wire whose event and key filter fit. */
export function notify(sim: Simulation, node: number, event: EventName, about: StoredObject): void {
  const bucket = bucketOf(sim, node)
  const { config } = sim.world.nodes[node]
  const sequencer = (++bucket.sequence).toString(16).toUpperCase().padStart(18, '0')
  for (const wire of notifyWires(sim, node)) {
    if (!fits(sim.world.wires[wire].config, event, about.key)) continue
    const body = JSON.stringify({ Records: [recordOf(sim, node, wire, event, about, sequencer)] })
    const { random } = sim.world
    const chance = Number(config.eventDuplicateChance)
    const times = chance > 0 && nextUnit(random, bucket.duplicates) < chance ? 2 : 1
    for (let n = 0; n < times; n++) {
      const meanUs = fromMs(Number(config.eventDelayMs))
      plan(
        sim,
        node,
        wire,
        body,
        about.hue,
        Math.round(meanUs * nextExponential(random, bucket.delay)),
      )
    }
  }
}

/** Sends s3:TestEvent along wires that are new. */
export function testNewWires(sim: Simulation, node: number): void {
  const { tested } = bucketOf(sim, node)
  const { name } = sim.world.nodes[node]
  for (const wire of notifyWires(sim, node)) {
    if (tested.includes(wire)) continue
    tested.push(wire)
    const body = JSON.stringify({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: isoTime(epochMs(sim.nowUs)),
      Bucket: name,
      RequestId: requestId(`${name}/${wire}`),
      HostId: md5Hex(name),
    })
    plan(sim, node, wire, body, 0, 0)
  }
}

const notifyWires = (sim: Simulation, node: number): number[] =>
  sim.world.nodes[node].out.filter((wire) => sim.world.wires[wire].role === 'notify')

function fits(config: Readonly<Record<string, unknown>>, event: EventName, key: string): boolean {
  const wanted = String(config.event).replace('s3:', '')
  const isWanted = wanted.endsWith('*') ? event.startsWith(wanted.slice(0, -1)) : event === wanted
  return isWanted && key.startsWith(String(config.prefix)) && key.endsWith(String(config.suffix))
}

function plan(
  sim: Simulation,
  node: number,
  wire: number,
  body: string,
  hue: number,
  delayUs: SimUs,
): void {
  const bucket = bucketOf(sim, node)
  const { messages, nodes } = sim.world
  const bytes = utf8Length(body)
  const slot = newLiteralMessage(messages, { body, attributes: {} }, bytes, hue)
  messages.node[slot] = node
  nodes[node].counters[COUNTER.events]++
  bucket.underway++
  wait(sim, node, slot, wire, delayUs)
}

function wait(sim: Simulation, node: number, slot: number, wire: number, delayUs: SimUs): void {
  bucketOf(sim, node).waiting.push(slot)
  sim.at(sim.nowUs + delayUs, node, EVENT.notify, slot, wire)
}

/** A notification is due: SendMessage, Publish or Invoke at the wire's end. */
export function send(sim: Simulation, node: number, slot: number, wire: number): void {
  const { calls, messages, nodes, wires } = sim.world
  const { waiting } = bucketOf(sim, node)
  const place = waiting.indexOf(slot)
  if (place < 0) return
  waiting.splice(place, 1)
  const { to, alive } = wires[wire]
  const isThere = alive && nodes[to].alive
  const operations = isThere ? WAYS.map((way) => sim.operationIndex(to, way)) : []
  const operation = operations.find((one) => one >= 0)
  if (operation === undefined) {
    lose(sim, node, slot)
    return
  }
  messages.node[slot] = -1
  const call = sim.call(node, to, operation, wire)
  addItem(calls, call, slot, 0)
  calls.arg[call] = -1
  sim.send(call)
}

/** Ours; S3 tries again for a while, AWS does not say how long. */
const WAITS_S = [1, 2, 4, 8, 16]

export function answered(sim: Simulation, node: number, call: number): void {
  const { calls, messages, nodes } = sim.world
  const slot = calls.slots[call * ITEMS_PER_CALL]
  if (calls.code[call] === CODE.ok) {
    nodes[node].counters[COUNTER.eventsDelivered]++
    bucketOf(sim, node).underway--
    return
  }
  const error = sim.errorOf(call)
  const isPassing = error !== null && (error.status >= 500 || error.status === 429)
  const tries = messages.receives[slot]
  if (!isPassing || tries >= WAITS_S.length) {
    lose(sim, node, slot)
    return
  }
  messages.node[slot] = node
  messages.receives[slot] = tries + 1
  sim.news(node, NEWS.retrying, slot)
  wait(sim, node, slot, calls.wire[call], fromSeconds(WAITS_S[tries]))
}

export function lose(sim: Simulation, node: number, slot: number): void {
  sim.world.nodes[node].counters[COUNTER.eventsLost]++
  bucketOf(sim, node).underway--
  sim.news(node, NEWS.lost, slot)
  sim.mark(node, 'lost', sim.world.messages.serial[slot])
  sim.release(slot)
}

/** As AWS writes such ids. */
const requestId = (of: string): string => md5Hex(of).slice(0, 16).toUpperCase()

/** One record of AWS's event, version 2.1; what the account is called there is not modelled, so its number stands for it. */
function recordOf(
  sim: Simulation,
  node: number,
  wire: number,
  event: EventName,
  about: StoredObject,
  sequencer: string,
) {
  const { name } = sim.world.nodes[node]
  const { id, config } = sim.world.wires[wire]
  const isCreated = event === 'ObjectCreated:Put'
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: REGION,
    eventTime: isoTime(epochMs(sim.nowUs)),
    eventName: event,
    userIdentity: { principalId: `AWS:${ACCOUNT}` },
    requestParameters: { sourceIPAddress: OWN_USER.address },
    responseElements: {
      'x-amz-request-id': requestId(`${name}/${sequencer}`),
      'x-amz-id-2': md5Hex(sequencer),
    },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: configurationId(id, config),
      bucket: { name, ownerIdentity: { principalId: ACCOUNT }, arn: bucketArn(name) },
      object: {
        key: encodeURIComponent(about.key).replaceAll('%2F', '/').replaceAll('%20', '+'),
        ...(isCreated && { size: about.sizeBytes, eTag: about.eTag }),
        sequencer,
      },
    },
  }
}
