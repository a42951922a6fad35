import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

/** Marks the part that axe looks at. */
const PART = 'data-axe-part'

/**
 * Nothing serious or critical in axe's eyes; `where` names the screen in the report.
 * @param rules only these, for a screen that differs from one seen before in nothing else
 * @param within only this part, where the rest of the page has been looked at before
 */
export async function expectAccessible(
  page: Page,
  where: string,
  rules: readonly string[] = [],
  within?: Locator,
): Promise<void> {
  // Half transparent text on its way in would be measured as it is at that moment.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  )
  // Otherwise each look opens a page besides, which only other origins' frames need.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (within) {
    await within.evaluate((part, name) => part.setAttribute(name, ''), PART)
    axe.include(`[${PART}]`)
  }
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
  await within?.evaluate((part, name) => part.removeAttribute(name), PART)
  expect.soft(grave, where).toEqual([])
}
