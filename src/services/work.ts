/** How long programs of people's own take for a message, and whether they can process it at all. */
import { jsonObject } from '../base/json.ts'
import { exp } from '../base/math.ts'
import {
  hash32,
  nextExponential,
  nextNormal,
  nextUnit,
  unitFrom,
  type RandomStreams,
} from '../base/random.ts'
import { fromMs, type SimUs } from '../base/units.ts'

/** What the fields of `workFields.ts` say. */
export interface WorkSettings {
  readonly serviceTime: 'constant' | 'uniform' | 'exponential' | 'lognormal'
  readonly serviceUs: SimUs
  readonly serviceMaxUs: SimUs
  readonly serviceSigma: number
  /** 0 to 1. */
  readonly failureChance: number
  readonly poison: 'none' | 'share' | 'field'
  readonly poisonShare: number
  readonly poisonField: string
  readonly poisonOperator: string
  readonly poisonValue: string
}

export function workSettingsOf(config: Readonly<Record<string, unknown>>): WorkSettings {
  const numbers = config as Readonly<Record<string, number>>
  const texts = config as Readonly<Record<string, string>>
  return {
    serviceTime: config.serviceTime as WorkSettings['serviceTime'],
    serviceUs: fromMs(numbers.serviceTimeMs),
    serviceMaxUs: fromMs(numbers.serviceTimeMaxMs),
    serviceSigma: numbers.serviceTimeSigma,
    failureChance: numbers.failureChance,
    poison: config.poison as WorkSettings['poison'],
    poisonShare: numbers.poisonShare,
    poisonField: texts.poisonField,
    poisonOperator: texts.poisonOperator,
    poisonValue: texts.poisonValue,
  }
}

/** A working time, at least 1 us: time goes on even where everything else takes none. */
export function drawServiceUs(
  settings: WorkSettings,
  random: RandomStreams,
  stream: number,
): SimUs {
  const { serviceUs } = settings
  switch (settings.serviceTime) {
    case 'constant':
      return Math.max(1, serviceUs)
    case 'uniform':
      return atLeastOne(serviceUs + nextUnit(random, stream) * (settings.serviceMaxUs - serviceUs))
    case 'exponential':
      return atLeastOne(serviceUs * nextExponential(random, stream))
    case 'lognormal': {
      // e to a normal number has the mean e^(sigma^2 / 2); taken off, the mean stays as set.
      const sigma = settings.serviceSigma
      return atLeastOne(serviceUs * exp(sigma * nextNormal(random, stream) - (sigma * sigma) / 2))
    }
  }
}

const atLeastOne = (us: number): SimUs => Math.max(1, Math.round(us))

/** Whether something of this chance happens. Draws only when there is a chance at all. */
export const happens = (random: RandomStreams, stream: number, chance: number): boolean =>
  chance > 0 && nextUnit(random, stream) < chance

const POISON = 0x706f6973

/** The same answer for every copy of a message and every fleet of the scenario. */
export const isPoisonByShare = (seed: number, origin: number, share: number): boolean =>
  unitFrom(hash32(seed ^ POISON, origin)) < share

export const isPoisonByField = (
  body: string,
  { poisonField, poisonOperator, poisonValue }: WorkSettings,
): boolean => holds(body, { field: poisonField, operator: poisonOperator, value: poisonValue })

/** What is asked of a field; `conditionFields` of `workFields.ts` are its settings. */
export interface Condition {
  readonly field: string
  readonly operator: string
  readonly value: string
}

/** Whether a body, read as JSON, has the field and it compares as asked. */
export function holds(body: string, { field, operator, value }: Condition): boolean {
  const parsed = jsonObject(body)
  if (!parsed || !Object.hasOwn(parsed, field)) return false
  if (operator === 'exists') return true
  const found = parsed[field]
  const text = typeof found === 'string' ? found : JSON.stringify(found)
  return compare(text, operator, value)
}

function compare(a: string, operator: string, b: string): boolean {
  const bothNumbers = isNumber(a) && isNumber(b)
  const difference = bothNumbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0
  switch (operator) {
    case '<':
      return difference < 0
    case '<=':
      return difference <= 0
    case '=':
      return difference === 0
    case '>=':
      return difference >= 0
    case '>':
      return difference > 0
    default:
      return difference !== 0
  }
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text))
