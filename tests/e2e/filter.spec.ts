/** A subscription's filter policy: written, explained, tried, and at work on the canvas. */
import type { Page } from '@playwright/test'
import { expectAccessible } from './lib/axe.ts'
import { choose, inspector, openScenario, pause, play, setSpeed, typeJson } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const SCENARIO = 'Filters route by type and price'
const wireTo = (page: Page, queue: string) =>
  page.getByRole('group', { name: new RegExp(`events to ${queue}`) })
const policyBox = (page: Page) =>
  inspector(page).getByRole('textbox', { name: 'Filter policy', exact: true })
const explained = (page: Page) =>
  inspector(page).getByRole('region', { name: 'What the filter policy says' })
const refusal = (page: Page, text: string) =>
  inspector(page).getByRole('alert').filter({ hasText: text })

test('a policy is typed, and what is wrong with it is marked at its place', async ({ page }) => {
  await openScenario(page, SCENARIO)
  await wireTo(page, 'large-orders').press('Enter')
  await expect(explained(page)).toContainText('amount is > 400')

  // The label takes the keyboard to the box.
  await inspector(page).getByText('Filter policy', { exact: true }).click()
  await expect(policyBox(page)).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText('{"type": ["order"],')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('"amount": [{"between": [1, 2]}]}')
  await expect(refusal(page, 'FilterPolicy: Unrecognized match type between.')).toBeVisible()
  await expect(inspector(page).getByText('What is refused above is not in force.')).toBeVisible()
  await expect(explained(page)).toContainText('amount is > 400')
  await expect(inspector(page).locator('.json-wrong')).toHaveText('{"between": [1, 2]}')
  await expectAccessible(page, 'a policy that is refused')

  // Tab is no character here; what it leads to takes the keyboard to the place.
  await page.keyboard.press('Tab')
  const place = inspector(page).getByRole('button', { name: 'Line 2, column 14' })
  await expect(place).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(policyBox(page)).toBeFocused()
  await page.keyboard.insertText('{"numeric": [">", 250]}')
  await expect(explained(page)).toContainText('amount is > 250')
  await expect(explained(page)).toContainText('2 of 5 keys, 1 of 150 combinations.')
  await expect(page.locator('.wire-label').filter({ hasText: 'filter: 2 keys' })).toHaveCount(1)
  await expect(place).toBeHidden()
  await inspector(page).getByRole('button', { name: 'Format Filter policy' }).click()
  await expect(policyBox(page)).toHaveText(/^\{\s*"type": \[\s*"order"\s*\],/)

  // What is no JSON, at the point where it ceases to be.
  await typeJson(policyBox(page), '{"type": [order]}')
  await expect(refusal(page, 'FilterPolicy: failed to parse JSON.')).toBeVisible()
  await inspector(page).getByRole('button', { name: 'Line 1, column 11' }).click()
  await expect(policyBox(page)).toBeFocused()
  await page.keyboard.type('"refund"')
  await expect(explained(page)).toContainText('type is "refund"')

  // A box that is empty becomes an editor under the hands of who types into it.
  const delivery = inspector(page).getByRole('textbox', { name: 'Delivery policy', exact: true })
  await inspector(page).getByText('Delivery policy', { exact: true }).click()
  await page.keyboard.type('{"guaranteed": false}')
  await expect(delivery).toHaveText('{"guaranteed": false}')
  await expect(delivery).toBeFocused()
  await policyBox(page).focus()

  // Undo within the box, and back out of it with the keyboard alone.
  await page.keyboard.press('Control+z')
  await expect(refusal(page, 'FilterPolicy: failed to parse JSON.')).toBeVisible()
  await page.keyboard.press('Control+y')
  await expect(explained(page)).toContainText('type is "refund"')
  await page.keyboard.press('Shift+Tab')
  await expect(policyBox(page)).not.toBeFocused()
})

test('a message is tried against a policy, clause by clause, in both scopes', async ({ page }) => {
  await openScenario(page, SCENARIO)
  await wireTo(page, 'large-orders').press('Enter')
  const body = explained(page).getByRole('textbox', { name: 'Body' })
  const verdict = explained(page).getByRole('status')
  const clauses = explained(page).getByRole('listitem')
  await body.fill('{"type": "order", "amount": 401}')
  await expect(verdict).toHaveText('Passes: a copy is delivered.')
  await body.fill('{"type": "order", "amount": 20}')
  await expect(verdict).toHaveText(
    'Filtered out. The policy asks that amount is > 400; in this message it is 20.',
  )
  await expect(clauses).toHaveText([
    'type is "order"',
    'amount is > 400',
    'type is "order" ✓ fits',
    'amount is > 400 ✗ does not fit',
  ])
  await body.fill('plain text')
  await expect(verdict).toContainText('this one is no JSON object')

  await choose(page, 'Filter looks at', 'Message attributes')
  const attributes = explained(page).getByRole('textbox', { name: /^Message attributes/ })
  await attributes.fill('{"type": "order", "amount": 500}')
  await expect(verdict).toHaveText('Passes: a copy is delivered.')
  await attributes.fill('{"amount": 500}')
  await expect(verdict).toContainText('this message has no type')

  await explained(page).getByRole('combobox', { name: 'Insert an example' }).selectOption('$or')
  await expect(policyBox(page)).toContainText('"$or"')
  await expect(explained(page)).toContainText('or all of this:')
})

test('a gate says what it made of the last message: by pointer, by keyboard, in its settings', async ({
  page,
}) => {
  await openScenario(page, SCENARIO)
  await setSpeed(page, '10 ×')
  await play(page)
  const filteredOut = page.getByRole('region', { name: 'List of API calls' })
  await expect(filteredOut.getByText('(filtered out)').first()).toBeVisible()
  await pause(page)

  const tip = page.getByRole('tooltip')
  await wireTo(page, 'archive').hover()
  await expect(tip).toHaveText(/^m-\d+ passedThere is no filter policy: every message passes\.$/)
  await page.keyboard.press('Escape')
  await expect(tip).toBeHidden()
  await wireTo(page, 'refunds').hover()
  await expect(tip).toContainText(/type is "refund"/)
  await page.mouse.move(400, 120)
  await expect(tip).toBeHidden()

  // From wire to wire with Tab; what the tip shows is said once.
  await wireTo(page, 'archive').focus()
  await page.keyboard.press('Shift+Tab')
  await expect(wireTo(page, 'large-orders')).toBeFocused()
  await expect(tip).toContainText(/(passed|was stopped)/)
  await expect(tip.getByRole('status')).toContainText(/^Message \d+ (passed|was stopped)\. /)
  await expectAccessible(page, 'the tip of a gate')
  const said = (await tip.getByRole('paragraph').last().textContent()) ?? ''
  await page.keyboard.press('Escape')
  await expect(tip).toBeHidden()

  await wireTo(page, 'large-orders').press('Enter')
  await expect(explained(page).getByRole('heading', { name: 'The last message' })).toBeVisible()
  await expect(explained(page).getByText(said, { exact: true })).toBeVisible()
})
