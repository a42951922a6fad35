/** Does what the page around asks, and tells it what happens; knows nothing of windows. */
import { US_PER_MS } from '../../base/units.ts'
import { selectNode, NOTHING } from '../../canvas/selection.ts'
import { parse } from '../../scenario/parse.ts'
import type { SharedDocument } from '../../scenario/scenario.ts'
import { decodeLink } from '../../scenario/share.ts'
import { isNotable } from '../../worker/protocol.ts'
import { checked } from '../checked.ts'
import { scenarioOf } from '../store/documentSlice.ts'
import type { App } from '../store/store.ts'
import { EMBED_VERSION, hear, type FromEmbed, type Source, type State } from './protocol.ts'

/** Wall time between two states while the run plays. */
const STATE_EVERY_MS = 100

export interface Controller {
  /** A message from the page around, whatever it holds; done after what came before it. */
  receive(data: unknown): Promise<void>
  /**
   * Opens the first design, in turn too, and then does what is to be done with it. When it cannot be
   * opened, `problem` of the store says why.
   */
  begin(source: Source, opened: () => void): Promise<void>
  close(): void
}

export function createController(
  { store, run, onMarks }: App,
  post: (message: FromEmbed) => void,
): Controller {
  const { getState, setState } = store
  const { player } = run
  let timer: ReturnType<typeof setInterval> | undefined
  let turn: Promise<void> = Promise.resolve()

  /** One after another, in the order in which it was asked for. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work)
    return turn
  }

  const msOf = (us: number) => (us - player.originUs()) / US_PER_MS

  function stateNow(): State {
    const { title, nodes } = scenarioOf(getState())
    const { status, speed, nothingLeft } = player.state()
    return {
      status,
      title,
      atMs: msOf(player.shownUs()),
      untilMs: msOf(player.frontierUs()),
      speed,
      ended: nothingLeft,
      parts: nodes.map(({ name }) => name),
    }
  }

  const nameOf = (id: string) => scenarioOf(getState()).nodes.find((node) => node.id === id)?.name

  const tellState = () => post({ switchyard: EMBED_VERSION, type: 'state', state: stateNow() })

  /** In place of what is shown; what cannot be opened changes nothing. */
  async function open(source: Source): Promise<string | null> {
    const opened = await documentOf(source)
    if (typeof opened === 'string') return opened
    setState({ problem: null })
    await getState().openDocument(opened, null)
    return null
  }

  /** Why it could not be done; null when it was. */
  async function obey(request: Extract<ReturnType<typeof hear>, { ok: true }>['request']) {
    switch (request.type) {
      case 'load':
        return open(request.source)
      case 'play':
        run.play()
        return null
      case 'pause':
        player.pause()
        return null
      case 'seek':
        await getState().seek(player.originUs() + Math.round(request.atMs * US_PER_MS))
        return null
      case 'step':
        await (request.direction === 'back' ? getState().stepBack() : getState().step())
        return null
      case 'setSpeed':
        player.setSpeed(request.speed)
        return null
      case 'select':
        return select(request.part)
      case 'getState':
        return null
    }
  }

  function select(part: string | null): string | null {
    const node = scenarioOf(getState()).nodes.find(({ name }) => name === part)
    if (part !== null && !node) return `No part is named “${part}”.`
    getState().select(node ? selectNode(node.id) : NOTHING)
    return null
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.play === before.play && state.moment === before.moment) return
    tellState()
    clearInterval(timer)
    if (state.play.status === 'playing') timer = setInterval(tellState, STATE_EVERY_MS)
  })
  const stopMarks = onMarks((marks) => {
    for (const mark of marks) {
      if (!isNotable(mark)) continue
      const { type: what, node, atUs, count } = mark
      const notable = { what, part: nameOf(node) ?? '', atMs: msOf(atUs), count }
      post({ switchyard: EMBED_VERSION, type: 'notable', notable })
    }
  })

  return {
    receive: (data) =>
      inTurn(async () => {
        const heard = hear(data)
        if (!heard) return
        const id = heard.ok ? heard.request.id : heard.id
        const problem = heard.ok
          ? await obey(heard.request).catch((error: unknown) => String(error))
          : heard.problem
        if (problem === null) {
          post({ switchyard: EMBED_VERSION, type: 'done', id, state: stateNow() })
        } else {
          post({ switchyard: EMBED_VERSION, type: 'failed', id, problem })
        }
      }),
    begin: (source, opened) =>
      inTurn(async () => {
        const problem = await open(source).catch((error: unknown) => String(error))
        if (problem === null) opened()
        else setState({ problem: { title: 'This design cannot be shown', detail: problem } })
      }),
    close() {
      clearInterval(timer)
      unsubscribe()
      stopMarks()
    },
  }
}

/** Or why there is none. */
async function documentOf(source: Source): Promise<SharedDocument | string> {
  if ('example' in source) {
    const { gallery } = await import('../../lessons/gallery.ts')
    const entry = gallery.find(({ id }) => id === source.example)
    if (!entry) return `There is no built-in scenario “${source.example}”.`
    return { scenario: entry.scenario, interventions: [] }
  }
  const opened = await checked(
    'link' in source
      ? decodeLink(source.link.slice(Math.max(0, source.link.indexOf('#'))))
      : parse(source.document),
  )
  if (!opened.ok) return `${opened.problem.title}. ${opened.problem.detail}`
  // Two pictures have no room in a frame.
  const { reference: _, ...document } = opened.document
  return document
}
