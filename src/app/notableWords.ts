/** What notable things are called, wherever the screen speaks of them. */
import type { NotableType } from '../worker/protocol.ts'

interface Words {
  /** When it happens. */
  readonly one: string
  /** Behind a number. */
  readonly many: string
  /** Behind "there is". */
  readonly none: string
}

export const NOTABLE_WORDS: Readonly<Record<NotableType, Words>> = {
  deadLettered: {
    one: 'moved to a dead-letter queue',
    many: 'moved to a dead-letter queue',
    none: 'no move to a dead-letter queue',
  },
  throttled: { one: 'throttled', many: 'throttled', none: 'nothing throttled' },
  denied: {
    one: 'access denied',
    many: 'refused: access denied',
    none: 'no refused access',
  },
  duplicate: { one: 'delivered twice', many: 'delivered twice', none: 'nothing delivered twice' },
  expired: { one: 'expired', many: 'expired', none: 'nothing expired' },
  lost: { one: 'lost', many: 'lost', none: 'nothing lost' },
  crashed: { one: 'crash', many: 'crashes', none: 'no crash' },
  filtered: { one: 'filtered out', many: 'filtered', none: 'nothing filtered out' },
  alarm: { one: 'alarm changed state', many: 'alarms', none: 'no alarm' },
  scaled: { one: 'scaled', many: 'scaled', none: 'no scaling' },
  purged: { one: 'purged', many: 'purged', none: 'nothing purged' },
  edited: { one: 'edited', many: 'edits', none: 'no edit' },
}
