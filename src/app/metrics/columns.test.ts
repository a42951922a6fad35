import { expect, test } from 'vitest'
import { sideBySide, toCsv } from './columns.ts'

const visible = { label: 'orders visible', timesS: [0, 1, 2], values: [5, 6, 7] }
const alarm = { label: '=orders "deleted"', timesS: [1, 3], values: [0, 9] }

test('metrics of different times stand in one table', () => {
  expect(sideBySide([visible, alarm])).toEqual({
    timesS: [0, 1, 2, 3],
    values: [
      [5, 6, 7, null],
      [null, 0, null, 9],
    ],
  })
})

test('a CSV has a heading and a row for each time, and no cell that a spreadsheet would run', () => {
  expect(toCsv([visible, alarm]).split('\r\n')).toEqual([
    '"second of the run","orders visible","\'=orders ""deleted"""',
    '0,5,',
    '1,6,0',
    '2,7,',
    '3,,9',
    '',
  ])
})
