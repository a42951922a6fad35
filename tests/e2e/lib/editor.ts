/** The editor as people handle it: parts, wires, fields and the transport bar. */
import { expect, type Locator, type Page } from '@playwright/test'

/** The welcome gives way to an empty design. */
export async function openEmpty(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await expect(page.getByText('Drag a part from the palette')).toBeVisible()
}

export async function openScenario(page: Page, title: string): Promise<void> {
  await page.goto('/#/scenarios')
  await page.getByRole('button', { name: title }).click()
  await expect(page.getByLabel('Title of the design')).toHaveValue(title)
}

/** A part on the canvas, by its name. */
export const card = (page: Page, name: string): Locator =>
  page.locator('.react-flow__node').filter({ has: page.getByText(name, { exact: true }) })

/** The dot of a card where wires begin or end. */
export const dot = (part: Locator, side: 'in' | 'out' | 'redrive-in' | 'redrive-out'): Locator =>
  part.locator(`[data-handleid="${side}"]`)

export const paletteEntry = (page: Page, label: string): Locator =>
  page
    .getByRole('complementary', { name: 'Parts' })
    .getByRole('button', { name: label, exact: true })

export interface Point {
  readonly x: number
  readonly y: number
}

async function centre(target: Locator): Promise<Point> {
  const box = await target.boundingBox()
  if (!box) throw new Error(`${target} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Presses at one point and moves to another in steps, as a hand would; does not let go. */
export async function dragTo(page: Page, from: Locator, to: Point | Locator): Promise<void> {
  const start = await centre(from)
  const end = 'x' in to ? to : await centre(to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 })
  await page.mouse.move(end.x, end.y, { steps: 4 })
}

/** From the palette to a point of the screen. */
export async function dragPart(page: Page, label: string, to: Point): Promise<void> {
  const cards = page.locator('.react-flow__node')
  const before = await cards.count()
  await paletteEntry(page, label).scrollIntoViewIfNeeded()
  await dragTo(page, paletteEntry(page, label), to)
  await page.mouse.up()
  await expect(cards).toHaveCount(before + 1)
}

/** A wire from one card to the next; from the bottom it is a redrive. */
export async function drawWire(
  page: Page,
  from: string,
  to: string,
  side: 'out' | 'redrive-out' = 'out',
) {
  const wires = page.locator('.react-flow__edge')
  const before = await wires.count()
  const end = dot(card(page, to), side === 'out' ? 'in' : 'redrive-in')
  await dragTo(page, dot(card(page, from), side), end)
  await page.mouse.up()
  await expect(wires).toHaveCount(before + 1)
}

export const inspector = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Settings' })

/**
 * Puts a text in place of all that a JSON field says, by keys. `fill` selects what is there behind the
 * editor's back, which on a busy machine inserts the text before it.
 */
export async function typeJson(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a')
  await field.page().keyboard.insertText(text)
}

/** Selects a card by its heading, where there are no messages to hit. */
export async function select(page: Page, name: string): Promise<void> {
  await card(page, name).getByText(name, { exact: true }).click()
  await expect(inspector(page).getByLabel('Name', { exact: true })).toHaveValue(name)
}

/** Types into a field of the inspector and applies it. */
export async function setField(page: Page, label: string, value: string): Promise<void> {
  const field = inspector(page).getByRole('textbox', { name: label, exact: true })
  await field.fill(value)
  await field.press('Enter')
}

export async function choose(page: Page, label: string, option: string): Promise<void> {
  await inspector(page).getByRole('combobox', { name: label, exact: true }).selectOption(option)
}

export async function setSpeed(page: Page, speed: string): Promise<void> {
  await page.getByRole('button', { name: /^Speed/ }).click()
  await page.getByRole('button', { name: speed, exact: true }).click()
  await expect(page.getByRole('button', { name: `Speed, ${speed}` })).toBeVisible()
}

export async function play(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true }).click()
}

export async function pause(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause', exact: true }).first().click()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
}

export const clock = (page: Page): Locator => page.getByRole('timer', { name: 'Simulated time' })

/** The inspector's figure of this name for the selected part. */
export const figure = (page: Page, name: string): Locator =>
  inspector(page)
    .locator('.right-now div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd')

/** All figures of a part, by their names. */
export async function figuresOf(page: Page, part: string): Promise<Record<string, string>> {
  await select(page, part)
  await inspector(page).getByRole('tab', { name: 'Configure' }).click()
  const rows = inspector(page).locator('.right-now dl div')
  await expect(rows.first()).toBeVisible()
  const texts = await rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent)),
  )
  return Object.fromEntries(texts)
}

/** Until a queue holds at least so many visible messages, as its card tells a screen reader. */
export async function waitForVisible(page: Page, queue: string, atLeast = 1): Promise<void> {
  const visible = async () => {
    const text = await card(page, queue).locator('.visually-hidden').first().textContent()
    return Number(/([\d\s]+) visible/.exec(text ?? '')?.[1].replace(/\s/g, '') ?? 0)
  }
  await expect.poll(visible, { timeout: 20_000 }).toBeGreaterThanOrEqual(atLeast)
}
