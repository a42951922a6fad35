/** The scripts' decisions, on made-up machines: what they would do there, without doing it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tableOf } from '../scripts/lib/benches.mjs'
import { explainInstallFailure, packagesAreInstalled } from '../scripts/lib/ensurePackages.mjs'
import { ensureChromium, findChromium } from '../scripts/lib/findChromium.mjs'
import { measure } from '../scripts/lib/measure.mjs'
import { isSupportedNode } from '../scripts/lib/requireNode.mjs'
import { readOptions } from '../scripts/lib/serve.mjs'
import { runSteps } from '../scripts/lib/steps.mjs'
import { read } from './lib/source.ts'

/** A machine with these browsers, on which each command that starts with a key adds browsers. */
function machine(browsers: string[], installs: Record<string, string[]> = {}, env = {}) {
  const commands: string[] = []
  return {
    commands,
    env: { PATH: '/bin:/usr/bin', ...env },
    isRoot: false,
    say: () => undefined,
    works: (path: string) => browsers.includes(path),
    playwrights: () => '/cache/playwright/chrome',
    run(program: string, args: string[]) {
      const command = [program, ...args].join(' ')
      commands.push(command)
      const installer = Object.keys(installs).find((words) => command.includes(words))
      if (installer !== undefined) browsers.push(...installs[installer])
      return installer !== undefined
    },
  }
}

const names = (files: { file: string }[]) => files.map(({ file }) => file).sort()

describe('Node', () => {
  test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '26.1.0'])(
    '%s is new enough',
    (version) => {
      expect(isSupportedNode(version)).toBe(true)
    },
  )

  test.each(['12.22.12', '18.20.0', '20.18.9', '21.7.0', '22.11.0'])('%s is too old', (version) => {
    expect(isSupportedNode(version)).toBe(false)
  })

  test('package.json states the same range', () => {
    expect(JSON.parse(read('package.json')).engines.node).toBe('^20.19.0 || >=22.12.0')
  })
})

describe('Chromium', () => {
  test('the one that is named comes first, then the path, then Playwright', () => {
    const all = [
      '/my/chrome',
      '/usr/bin/google-chrome',
      '/usr/bin/chromium',
      '/cache/playwright/chrome',
    ]
    const named = machine(all, {}, { SWITCHYARD_CHROMIUM: '/my/chrome' })
    expect(findChromium(named)).toBe('/my/chrome')
    expect(findChromium(machine(all))).toBe('/usr/bin/chromium')
    expect(findChromium(machine(['/cache/playwright/chrome']))).toBe('/cache/playwright/chrome')
    expect(findChromium(machine([]))).toBeUndefined()
  })

  test('a named one that does not start is an error, not a reason to take another', () => {
    const wrong = machine(['/usr/bin/chromium'], {}, { SWITCHYARD_CHROMIUM: '/nope' })
    expect(() => findChromium(wrong)).toThrow('SWITCHYARD_CHROMIUM is "/nope"')
  })

  test('nothing is installed where there is one', () => {
    const ready = machine(['/usr/bin/chromium'])
    expect(ensureChromium(ready)).toBe('/usr/bin/chromium')
    expect(ready.commands).toEqual([])
  })

  test("Playwright's download is tried before the package manager", () => {
    const empty = machine([], { 'playwright install': ['/cache/playwright/chrome'] })
    expect(ensureChromium(empty)).toBe('/cache/playwright/chrome')
    expect(empty.commands).toHaveLength(1)
  })

  test('the package manager follows, without ever asking for a password', () => {
    const offline = machine([], { 'apt-get update': [], 'apt-get install': ['/usr/bin/chromium'] })
    expect(ensureChromium(offline)).toBe('/usr/bin/chromium')
    expect(offline.commands.slice(1)).toEqual([
      'sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update -q',
      expect.stringMatching(/^sudo -n env .* apt-get install .*\bchromium$/),
    ])
  })

  test('root needs no sudo, and no download is tried where it is forbidden', () => {
    const installs = { 'apt-get update': [], 'apt-get install': ['/usr/bin/chromium'] }
    const ci = { ...machine([], installs, { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' }), isRoot: true }
    expect(ensureChromium(ci)).toBe('/usr/bin/chromium')
    expect(ci.commands[0]).toBe('env DEBIAN_FRONTEND=noninteractive apt-get update -q')
    expect(ci.commands).toHaveLength(2)
  })

  test('when nothing helps, the message says what would', () => {
    expect(() => ensureChromium(machine([]))).toThrow(
      /apt-get install chromium.*SWITCHYARD_CHROMIUM=/s,
    )
  })
})

describe('with a folder', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (path: string, content: unknown) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  }

  test('packages are installed when every locked version is there', () => {
    const wanted = { '': {}, 'node_modules/a': { version: '1.0.0' } }
    const elsewhere = { 'node_modules/b-darwin': { version: '1.0.0', optional: true } }
    write('package-lock.json', { packages: { ...wanted, ...elsewhere } })
    expect(packagesAreInstalled(folder)).toBe(false)

    write('node_modules/.package-lock.json', {
      packages: { 'node_modules/a': { version: '1.0.0' } },
    })
    expect(packagesAreInstalled(folder)).toBe(true)

    write('node_modules/.package-lock.json', {
      packages: { 'node_modules/a': { version: '0.9.0' } },
    })
    expect(packagesAreInstalled(folder)).toBe(false)
  })

  test('a build is sorted into initial, lazy and worker by what imports what, and what the page preloads', () => {
    write('dist/files.json', {
      'index.html': { file: 'assets/main.js', imports: ['_shared.js'], css: ['assets/main.css'] },
      '_shared.js': { file: 'assets/shared.js' },
      'src/app/chart.ts': { file: 'assets/chart.js', imports: ['_shared.js'] },
      'src/services/sqs/view.tsx': { file: 'assets/sqs.js', imports: ['_shared.js'] },
    })
    write('dist/index.html', '<link rel="modulepreload" crossorigin href="./assets/sqs.js">')
    for (const name of [
      'main.js',
      'shared.js',
      'sqs.js',
      'chart.js',
      'engine.worker.js',
      'main.css',
    ]) {
      write(`dist/assets/${name}`, name.repeat(100))
    }
    const measured = measure(join(folder, 'dist'))
    expect(names(measured.initial)).toEqual(['assets/main.js', 'assets/shared.js', 'assets/sqs.js'])
    expect(names(measured.lazy)).toEqual(['assets/chart.js'])
    expect(names(measured.workers)).toEqual(['assets/engine.worker.js'])
    expect(names(measured.styles)).toEqual(['assets/main.css'])
    expect(measured.initial.every(({ gzipBytes }) => gzipBytes > 0)).toBe(true)
  })

  test('without a build there is nothing to measure, and the message says so', () => {
    expect(() => measure(join(folder, 'dist'))).toThrow('npm run build')
  })
})

describe('options and messages', () => {
  test('npm start takes its port from --port, then PORT, then its own', () => {
    expect(readOptions(['--port', '8080'], { PORT: '9090' })).toMatchObject({
      port: 8080,
      chosen: true,
    })
    expect(readOptions([], { PORT: '9090' })).toMatchObject({ port: 9090, chosen: true })
    expect(readOptions([], {})).toMatchObject({ port: 5173, chosen: false })
  })

  test.each(['abc', '0', '70000', '80.5'])('%s is no port', (port) => {
    expect(() => readOptions(['--port', port], {})).toThrow(`"${port}" is not a port`)
  })

  test('an unknown option shows the usage', () => {
    expect(() => readOptions(['--prot', '80'], {})).toThrow('Usage: npm start')
  })

  test('npm without a network is explained', () => {
    expect(explainInstallFailure('npm error code EAI_AGAIN')).toContain('could not reach')
    expect(explainInstallFailure('npm error code EUSAGE')).toContain('does not fit package.json')
    expect(explainInstallFailure('npm error code EWEIRD')).toContain('EWEIRD')
  })

  test('an unknown step is refused with those there are', async () => {
    await expect(runSteps(['tests'])).rejects.toThrow('Steps: types, lint, format:check, unit')
  })

  test('a table shows figures in four digits and each target', () => {
    const table = tableOf({
      name: 'engine',
      rows: [{ label: 'messages a second', value: 1_234_567.8, unit: 'msg/s' }],
      ratios: [{ label: 'against naive', value: 9.8765, target: 8, bound: 'atLeast', pass: true }],
    })
    expect(table.split('\n').slice(1)).toEqual([
      'engine',
      '  messages a second  1 234 568  msg/s',
      '  against naive          9.877  at least 8: met',
    ])
  })
})
