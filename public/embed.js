// @ts-check
// Steers a Switchyard design in an <iframe>: see docs/embed.md. Needs nothing else; may be copied.
/** @import { Embedded, FromEmbed, Request, State } from './embed.d.ts' */

const VERSION = 1
/** How often a frame is asked until it listens. */
const ASK_EVERY_MS = 200
const GIVE_UP_MS = 20_000

/**
 * @param {HTMLIFrameElement} frame
 * @param {{ giveUpMs?: number }} [options]
 * @returns {Promise<Embedded>}
 */
export function connect(frame, { giveUpMs = GIVE_UP_MS } = {}) {
  const { origin } = new URL(frame.src, document.baseURI)
  /** @type {Map<number, { done: (state: State) => void, failed: (error: Error) => void }>} */
  const waiting = new Map()
  /** @type {{ state: Set<(value: any) => void>, notable: Set<(value: any) => void> }} */
  const hearers = { state: new Set(), notable: new Set() }
  let nextId = 1

  /** @param {MessageEvent} event */
  function receive(event) {
    if (event.source !== frame.contentWindow || event.origin !== origin) return
    if (event.data?.switchyard !== VERSION) return
    /** @type {FromEmbed} */
    const message = event.data
    if (message.type === 'state') for (const hear of hearers.state) hear(message.state)
    if (message.type === 'notable') for (const hear of hearers.notable) hear(message.notable)
    if (message.type !== 'done' && message.type !== 'failed') return
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.type === 'done') asked?.done(message.state)
    else asked?.failed(new Error(message.problem))
  }

  /**
   * @param {Request} request
   * @returns {Promise<State>}
   */
  function ask(request) {
    return new Promise((done, failed) => {
      const id = nextId++
      waiting.set(id, { done, failed })
      frame.contentWindow?.postMessage({ ...request, switchyard: VERSION, id }, origin)
    })
  }

  /** @type {Embedded} */
  const embedded = {
    load: (source) => ask({ type: 'load', source }),
    play: () => ask({ type: 'play' }),
    pause: () => ask({ type: 'pause' }),
    seek: (atMs) => ask({ type: 'seek', atMs }),
    step: (direction = 'on') => ask({ type: 'step', direction }),
    setSpeed: (speed) => ask({ type: 'setSpeed', speed }),
    select: (part) => ask({ type: 'select', part }),
    getState: () => ask({ type: 'getState' }),
    on(/** @type {'state' | 'notable'} */ event, /** @type {(value: any) => void} */ hear) {
      hearers[event].add(hear)
      return () => void hearers[event].delete(hear)
    },
    close() {
      window.removeEventListener('message', receive)
      for (const { failed } of waiting.values()) failed(new Error('The connection was closed.'))
      waiting.clear()
    },
  }

  window.addEventListener('message', receive)
  // Until the frame's page has started, messages to it are lost: so it is asked again.
  return new Promise((ready, failed) => {
    const asking = setInterval(hello, ASK_EVERY_MS)
    const givingUp = setTimeout(() => {
      embedded.close()
      giveUp(new Error(`The frame did not answer within ${giveUpMs} ms.`))
    }, giveUpMs)
    function stop() {
      clearInterval(asking)
      clearTimeout(givingUp)
    }
    /** @param {Error} problem */
    function giveUp(problem) {
      stop()
      failed(problem)
    }
    function hello() {
      void embedded.getState().then(() => {
        stop()
        ready(embedded)
      }, giveUp)
    }
  })
}
