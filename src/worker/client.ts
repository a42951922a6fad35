/**
 * The screen side of the border: turns the worker's messages into promises, one run at a time.
 * Answers that belong to an older run are dropped; their promises settle with null.
 */
import type { SimUs } from '../base/units.ts'
import type { Intervention, Scenario } from '../scenario/scenario.ts'
import type {
  Answer,
  Breakpoint,
  BreakpointHit,
  CallAnswer,
  Frame,
  FromWorker,
  Question,
  RunId,
  Saved,
  ToWorker,
} from './protocol.ts'

/** What a worker, or a stand-in for one in tests, must be able to do. */
export interface WorkerLike {
  postMessage(message: ToWorker): void
  terminate(): void
}

/** Starts a worker that says what it has to say to `hear`, and to `broke` when it has crashed. */
export type StartWorker = (
  hear: (message: FromWorker) => void,
  broke: (message: string) => void,
) => WorkerLike

/** A frame with the wires list its hops point into. */
export interface Shot {
  readonly frame: Frame
  readonly wires: readonly string[]
  /** A breakpoint held at its end. */
  readonly hit?: BreakpointHit
}

export interface Intervened {
  readonly intervention: Intervention
  /** See 'intervened' in protocol.ts. */
  readonly done?: number
  readonly error?: { readonly code: string; readonly message: string }
  /** Of an API call: AWS's answer, at once or after a long poll. Null when the run ended before. */
  readonly answered?: Promise<CallAnswer | null>
}

export interface Failure {
  readonly message: string
  /** When the world stopped being trustworthy; null when the worker itself died. */
  readonly atUs: SimUs | null
  /** A moment of the run before, to go on from. */
  readonly kept?: Saved
}

export interface EngineClient {
  /**
   * Begins a run at time 0, in a new worker if there is none. Null: replaced by another load, or failed.
   * @param kept of this very run, when its engine died: `seek` goes on from there
   */
  load(
    scenario: Scenario,
    interventions: readonly Intervention[],
    kept?: Saved,
  ): Promise<Shot | null>
  /** Only one of `advance`, `step`, `seek` and `stepBack` may be in the air; throws otherwise. */
  advance(toUs: SimUs, wantDigests: boolean): Promise<Shot | null>
  step(): Promise<Shot | null>
  /** To another moment, or on the way there; like `advance`, one at a time. */
  seek(toUs: SimUs): Promise<Shot | null>
  stepBack(): Promise<Shot | null>
  /** Holds for this run until set again. */
  breakAt(breakpoints: readonly Breakpoint[]): void
  intervene(intervention: Intervention): Promise<Intervened | null>
  /** 'refused' when the run ended before the answer. */
  ask(question: Question): Promise<Answer>
  /** One of those has not been answered yet. */
  readonly busy: boolean
  /** Ends the worker; the next `load` starts another. */
  close(): void
}

type Settle<T> = (value: T | null) => void

/**
 * @param startWorker called at the first load and again after a failure.
 * @param onFailure the worker crashed, could not start, or reported a broken world. It is ended
 *   already; the caller decides whether to `load` again.
 * @param onDocument the document changed in the engine: `live` by an API call, or by interventions that
 *   were replayed or gone back before. Comes before the promise of what brought it settles.
 */
export function createEngineClient(
  startWorker: StartWorker,
  onFailure: (failure: Failure) => void,
  onDocument: (scenario: Scenario, live: boolean) => void,
): EngineClient {
  let worker: WorkerLike | null = null
  let run: RunId = 0
  let nextAsk = 1
  let wires: readonly string[] = []
  let kept: Saved | undefined
  let loading: Settle<Shot> | null = null
  let framing: Settle<Shot> | null = null
  let intervening: Settle<Intervened>[] = []
  const asking = new Map<number, Settle<Answer>>()
  const calling = new Map<number, Settle<CallAnswer>>()

  function settleAll(): void {
    const settles = [loading, framing, ...intervening, ...asking.values(), ...calling.values()]
    loading = null
    framing = null
    intervening = []
    asking.clear()
    calling.clear()
    for (const settle of settles) settle?.(null)
  }

  function end(): void {
    worker?.terminate()
    worker = null
    settleAll()
  }

  function fail(failure: Failure): void {
    end()
    onFailure(failure)
  }

  function receive(message: FromWorker): void {
    if (message.run !== run) return
    switch (message.type) {
      case 'loaded': {
        wires = message.wires
        const settle = loading
        loading = null
        settle?.({ frame: message.frame, wires })
        return
      }
      case 'frame': {
        wires = message.wires ?? wires
        if (message.scenario) onDocument(message.scenario, false)
        const settle = framing
        framing = null
        settle?.({ frame: message.frame, wires, ...(message.hit && { hit: message.hit }) })
        return
      }
      case 'intervened': {
        const { intervention, done, error, call } = message
        wires = message.wires
        // Of a future that is another one now.
        if (kept && kept.world.nowUs >= intervention.atUs) kept = undefined
        if (message.scenario) onDocument(message.scenario, true)
        const answered = call === undefined ? undefined : answerTo(call)
        intervening.shift()?.({ intervention, done, error, answered })
        return
      }
      case 'called': {
        const settle = calling.get(message.call)
        calling.delete(message.call)
        settle?.(message.answer)
        return
      }
      case 'answer': {
        const settle = asking.get(message.id)
        asking.delete(message.id)
        settle?.(message.answer)
        return
      }
      case 'kept':
        kept = message.saved
        return
      case 'failed':
        fail({ message: message.message, atUs: message.atUs })
    }
  }

  const answerTo = (call: number): Promise<CallAnswer | null> =>
    new Promise((settle) => void calling.set(call, settle))

  function start(): WorkerLike {
    const started = startWorker(
      (message) => {
        if (worker === started) receive(message)
      },
      (message) => {
        if (worker === started) fail({ message, atUs: null, ...(kept && { kept }) })
      },
    )
    return started
  }

  function frameOf(message: ToWorker): Promise<Shot | null> {
    if (framing) throw new Error('A frame is already in the air')
    const at = worker
    if (!at) return Promise.resolve(null)
    return new Promise((settle) => {
      framing = settle
      at.postMessage(message)
    })
  }

  return {
    load(scenario, interventions, resumeFrom) {
      settleAll()
      run += 1
      kept = resumeFrom
      return new Promise((settle) => {
        loading = settle
        try {
          worker ??= start()
          worker.postMessage({ type: 'load', run, scenario, interventions, ...(kept && { kept }) })
        } catch (error) {
          fail({ message: error instanceof Error ? error.message : String(error), atUs: null })
        }
      })
    },
    advance: (toUs, wantDigests) => frameOf({ type: 'advance', run, toUs, wantDigests }),
    step: () => frameOf({ type: 'step', run }),
    seek: (toUs) => frameOf({ type: 'seek', run, toUs }),
    stepBack: () => frameOf({ type: 'stepBack', run }),
    breakAt: (breakpoints) => worker?.postMessage({ type: 'breakAt', run, breakpoints }),
    intervene(intervention) {
      const at = worker
      if (!at) return Promise.resolve(null)
      return new Promise((settle) => {
        intervening.push(settle)
        at.postMessage({ type: 'intervene', run, intervention })
      })
    },
    async ask(question) {
      const at = worker
      const answer = at
        ? await new Promise<Answer | null>((settle) => {
            const id = nextAsk
            nextAsk += 1
            asking.set(id, settle)
            at.postMessage({ type: 'ask', run, id, question })
          })
        : null
      return answer ?? { about: 'refused', reason: 'The run has ended.' }
    },
    get busy() {
      return framing !== null
    },
    close: end,
  }
}
