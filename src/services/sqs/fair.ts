/**
 * Fair queues (FACTS 2.7): in a standard queue a message's group names its tenant. While a tenant is
 * noisy, receives return the messages of the others first. Its visible messages are set aside, in a
 * list of their own, as receives come upon them; so none is looked at twice.
 */
import { US_PER_MINUTE, type SimUs } from '../../base/units.ts'
import { append, createList, insertBefore, unlink, type MessageList } from '../../engine/lists.ts'
import type { MessageTable } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { FLAG } from './events.ts'

export interface Tenant {
  id: string
  /** Messages in any state, and those of them that are visible or in flight. */
  count: number
  visible: number
  inFlight: number
  /** Visible ones that were set aside. */
  aside: MessageList
  lastSentUs: SimUs
  isNoisy: boolean
}

export interface Tenants {
  /** A message's `group` is the index. */
  all: Tenant[]
  /** Indices of tenants that have nothing here. */
  free: number[]
  byId: Map<string, number>
  /** How many tenants are noisy, how many messages are set aside. */
  noisy: number
  aside: number
  /** Indices of tenants that are noisy or have messages set aside: about ten at most. */
  loud: number[]
  /** By recipe: whether its messages have a group; undefined = not known yet. */
  grouped: boolean[]
}

export const createTenants = (): Tenants => ({
  all: [],
  free: [],
  byId: new Map(),
  noisy: 0,
  aside: 0,
  loud: [],
  grouped: [],
})

/** A message comes to the queue. One without a group is its own tenant, and never noisy. */
export function joinTenant(sim: Simulation, tenants: Tenants, slot: number): void {
  const id = groupOf(sim, tenants, slot)
  if (id === undefined) return
  const { messages, nowUs } = sim.world
  const index = tenants.byId.get(id) ?? open(tenants, id)
  const tenant = tenants.all[index]
  tenant.count++
  tenant.lastSentUs = nowUs
  messages.group[slot] = index
}

/** All messages of a recipe have a group, or none has: its words are not made for each. */
function groupOf(sim: Simulation, { grouped }: Tenants, slot: number): string | undefined {
  const recipe = sim.world.messages.recipe[slot]
  if (recipe === 0) return sim.contentOf(slot).groupId
  grouped[recipe] ??= sim.contentOf(slot).groupId !== undefined
  return grouped[recipe] ? sim.contentOf(slot).groupId : undefined
}

/** A message that is in no list leaves the queue. */
export function partTenant(messages: MessageTable, tenants: Tenants, slot: number): void {
  const index = messages.group[slot]
  const tenant = tenants.all[index]
  messages.group[slot] = -1
  if (--tenant.count > 0) return
  quieten(tenants, index)
  tenants.byId.delete(tenant.id)
  tenants.free.push(index)
}

/** A message of a tenant has become visible, perhaps again. */
export function tenantShown(messages: MessageTable, tenants: Tenants, slot: number): void {
  tenantReturned(messages, tenants, slot)
  tenants.all[messages.group[slot]].visible++
}

/** A message that was visible is taken out of its list; true when it had been set aside. */
export function tenantHidden(messages: MessageTable, tenants: Tenants, slot: number): boolean {
  const tenant = tenants.all[messages.group[slot]]
  const wasAside = (messages.flags[slot] & FLAG.aside) !== 0
  if (wasAside) {
    messages.flags[slot] &= ~FLAG.aside
    unlink(messages, tenant.aside, slot)
    tenants.aside--
  }
  if (--tenant.visible === 0) quieten(tenants, messages.group[slot])
  return wasAside
}

const NOISY_IN_FLIGHT = 30
const NOISY_SHARE = 0.1

/** A message was received; `inFlight` counts those of the whole queue. */
export function tenantServed(
  messages: MessageTable,
  tenants: Tenants,
  slot: number,
  inFlight: number,
  nowUs: SimUs,
): void {
  const tenant = tenants.all[messages.group[slot]]
  messages.flags[slot] |= FLAG.served
  tenant.inFlight++
  if (tenant.isNoisy || tenant.visible === 0 || isSilent(tenant, nowUs)) return
  if (tenant.inFlight < NOISY_IN_FLIGHT || tenant.inFlight <= inFlight * NOISY_SHARE) return
  tenant.isNoisy = true
  tenants.noisy++
  const index = messages.group[slot]
  if (!tenants.loud.includes(index)) tenants.loud.push(index)
}

/** A message is no longer in flight. */
export function tenantReturned(messages: MessageTable, tenants: Tenants, slot: number): void {
  if ((messages.flags[slot] & FLAG.served) === 0) return
  messages.flags[slot] &= ~FLAG.served
  tenants.all[messages.group[slot]].inFlight--
}

export const isNoisy = (messages: MessageTable, tenants: Tenants, slot: number): boolean =>
  messages.group[slot] >= 0 && tenants.all[messages.group[slot]].isNoisy

/** Puts a noisy tenant's message, which is in no list, behind those of the others. */
export function setAside(messages: MessageTable, tenants: Tenants, slot: number): void {
  messages.flags[slot] |= FLAG.aside
  append(messages, tenants.all[messages.group[slot]].aside, slot)
  tenants.aside++
}

/** The next message among those set aside: of the tenant that has the fewest in flight. -1 = none. */
export function nextAside({ all, loud }: Tenants): number {
  let best: Tenant | undefined
  for (const index of loud) {
    const tenant = all[index]
    if (tenant.aside.count === 0) continue
    if (!best || tenant.inFlight < best.inFlight) best = tenant
  }
  return best ? best.aside.head : -1
}

const SILENT_US: SimUs = 5 * US_PER_MINUTE
const isSilent = ({ lastSentUs }: Tenant, nowUs: SimUs): boolean => nowUs - lastSentUs >= SILENT_US

/** Who has sent nothing for five minutes is noisy no more: its messages go back to the others'. */
export function forgiveSilent(
  messages: MessageTable,
  tenants: Tenants,
  fresh: MessageList,
  nowUs: SimUs,
): void {
  const silent = tenants.loud.filter((index) => isSilent(tenants.all[index], nowUs))
  for (const index of silent) {
    const tenant = tenants.all[index]
    while (tenant.aside.tail >= 0) giveBack(messages, tenants, tenant, fresh)
    quieten(tenants, index)
  }
}

/** The newest of those set aside, to the front: it came before whatever is there. */
function giveBack(
  messages: MessageTable,
  tenants: Tenants,
  { aside }: Tenant,
  fresh: MessageList,
): void {
  const slot = aside.tail
  messages.flags[slot] &= ~FLAG.aside
  unlink(messages, aside, slot)
  tenants.aside--
  if (fresh.head < 0) append(messages, fresh, slot)
  else insertBefore(messages, fresh, slot, fresh.head)
}

function quieten(tenants: Tenants, index: number): void {
  const place = tenants.loud.indexOf(index)
  if (place < 0) return
  const tenant = tenants.all[index]
  if (tenant.isNoisy) tenants.noisy--
  tenant.isNoisy = false
  if (tenant.aside.count === 0) tenants.loud.splice(place, 1)
}

function open(tenants: Tenants, id: string): number {
  const index = tenants.free.pop() ?? tenants.all.length
  tenants.all[index] = {
    id,
    count: 0,
    visible: 0,
    inFlight: 0,
    aside: createList(),
    lastSentUs: 0,
    isNoisy: false,
  }
  tenants.byId.set(id, index)
  return index
}

/** Sums over noisy tenants, which the metrics of quiet groups leave out. */
export function noisySums({ all, loud }: Tenants) {
  const sums = { visible: 0, inFlight: 0, count: 0 }
  for (const index of loud) {
    const tenant = all[index]
    if (!tenant.isNoisy) continue
    sums.visible += tenant.visible
    sums.inFlight += tenant.inFlight
    sums.count += tenant.count
  }
  return sums
}
