import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * Nothing serious or critical in axe's eyes; `where` names the screen in the report.
 * @param rules only these, for a screen that differs from one seen before in nothing else
 */
export async function expectAccessible(
  page: Page,
  where: string,
  rules: readonly string[] = [],
): Promise<void> {
  // Half transparent text on its way in would be measured as it is at that moment.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  )
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
  expect.soft(grave, where).toEqual([])
}
