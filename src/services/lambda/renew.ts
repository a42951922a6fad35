/** A mapping's settings as they are now, and when they last became others: AWS's LastModified. */
import type { SimUs } from '../../base/units.ts'

export function renew<Settings extends object>(
  mapping: { settings: Settings; modifiedUs: SimUs },
  settings: Settings,
  nowUs: SimUs,
): void {
  const before = new Map<string, unknown>(Object.entries(mapping.settings))
  const isSame = Object.entries(settings).every(([name, value]) => before.get(name) === value)
  if (isSame) return
  mapping.settings = settings
  mapping.modifiedUs = nowUs
}
