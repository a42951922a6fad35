/** Notification rules that S3 does not take together: one event of one key would go two ways (FACTS 15.3). Pure. */

export interface Rule {
  readonly event: string
  readonly prefix: string
  readonly suffix: string
}

/** Of a wire's settings; what is not set fits everything. */
export const ruleIn = (config: Readonly<Record<string, unknown>>): Rule => ({
  event: String(config.event ?? 's3:ObjectCreated:*'),
  prefix: String(config.prefix ?? ''),
  suffix: String(config.suffix ?? ''),
})

/** Whether a key and an event exist that both rules tell of. */
export const overlap = (a: Rule, b: Rule): boolean =>
  covers(a.event, b.event) &&
  (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) &&
  (a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix))

export const anyOverlap = (rules: readonly Rule[]): boolean =>
  rules.some((a, i) => rules.slice(i + 1).some((b) => overlap(a, b)))

function covers(a: string, b: string): boolean {
  if (a === b) return true
  return family(a) === family(b) && (a.endsWith('*') || b.endsWith('*'))
}

/** 's3:ObjectCreated' of 's3:ObjectCreated:Put'. */
const family = (event: string): string => event.slice(0, event.lastIndexOf(':'))
