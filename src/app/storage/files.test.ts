import { describe, expect, test } from 'vitest'
import { everything, shop } from '../../scenario/fixtures.ts'
import { documentChecks } from '../../services/validate.ts'
import { MAX_FILE_BYTES, exportFile, importFile } from './files.ts'

describe('export', () => {
  test('gives a file that imports as the same document', async () => {
    const { blob } = exportFile(everything)
    expect(blob.type).toBe('application/json')
    expect(await importFile(blob, documentChecks)).toEqual({ ok: true, document: everything })
  })
  test.each([
    ['Orders & payments!', 'orders-payments.switchyard.json'],
    ['../../etc/passwd', 'etc-passwd.switchyard.json'],
    ['Überlauf 2', 'überlauf-2.switchyard.json'],
    ['', 'design.switchyard.json'],
    ['🚉', 'design.switchyard.json'],
    ['x'.repeat(200), `${'x'.repeat(60)}.switchyard.json`],
  ])('%j is saved as %s', (title, name) => {
    expect(exportFile({ scenario: { ...shop, title }, interventions: [] }).name).toBe(name)
  })
})

async function titleOf(file: Blob): Promise<string> {
  const opened = await importFile(file)
  return opened.ok ? 'it opened' : opened.problem.title
}

describe('import', () => {
  test('a bare scenario, and a file with a byte order mark', async () => {
    expect(await titleOf(new Blob([JSON.stringify(shop)]))).toBe('it opened')
    expect(await titleOf(new Blob([`\uFEFF${JSON.stringify(shop)}`]))).toBe('it opened')
  })
  test('another kind of file says so', async () => {
    expect(await titleOf(new Blob(['\x89PNG\r\n']))).toBe('Not a Switchyard document')
    expect(await titleOf(new Blob(['{"Resources":{}}']))).toBe('Not a Switchyard document')
  })
  test('a file that is too large is not read', async () => {
    const huge = new Blob([' '.repeat(MAX_FILE_BYTES + 1)])
    huge.text = () => Promise.reject(new Error('it was read'))
    expect(await titleOf(huge)).toBe('The file is too large')
  })
  test('a file that has gone says so', async () => {
    const gone = new Blob(['{}'])
    gone.text = () => Promise.reject(new DOMException('', 'NotFoundError'))
    expect(await titleOf(gone)).toBe('The file could not be read')
  })
  test('values outside AWS’s ranges are named', async () => {
    const nodes = [{ ...shop.nodes[4], config: { DelaySeconds: 901 } }]
    const file = new Blob([JSON.stringify({ ...shop, nodes, wires: [] })])
    expect(await importFile(file, documentChecks)).toMatchObject({
      problem: { detail: '“orders”: Invalid value for the parameter DelaySeconds.' },
    })
  })
})
