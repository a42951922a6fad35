/**
 * The messages between a page and a Switchyard design that it embeds (docs/embed.md), and the client
 * that sends them (embed.js). This file stands alone: copy it with embed.js.
 */

/** What every message carries, so that others' messages are left alone; raised when their meaning changes. */
export type Version = 1

/** What to show: one of these. */
export type Source =
  /** A share link, whole or from its `#` on. */
  | { readonly link: string }
  /** A document as *Save as JSON file* writes it, or only its scenario. */
  | { readonly document: unknown }
  /** The id of a built-in scenario: `encoder`. */
  | { readonly example: string }

/** What may be asked. Each is answered by `done` or `failed` with the same `id`. */
export type Request =
  | { readonly type: 'load'; readonly source: Source }
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  /** To a simulated time, milliseconds from the start, back or on; pauses. */
  | { readonly type: 'seek'; readonly atMs: number }
  /** One event on, or back; pauses. */
  | { readonly type: 'step'; readonly direction: 'on' | 'back' }
  /** Simulated seconds a second: 0.1 to 10 000. */
  | { readonly type: 'setSpeed'; readonly speed: number }
  /** Selects the part of this name; null: nothing. */
  | { readonly type: 'select'; readonly part: string | null }
  /** Asks for nothing but the state in its answer. */
  | { readonly type: 'getState' }

export type ToEmbed = Request & { readonly switchyard: Version; readonly id: number }

export interface State {
  readonly status: 'idle' | 'playing' | 'paused' | 'catchingUp'
  readonly title: string
  /** Simulated milliseconds from the start, of the moment that is shown. */
  readonly atMs: number
  /** How far the run was ever seen. */
  readonly untilMs: number
  readonly speed: number
  /** Nothing is left to happen. */
  readonly ended: boolean
  /** Names of the parts. */
  readonly parts: readonly string[]
}

/** Something that is marked on the timeline. */
export interface Notable {
  readonly what:
    | 'deadLettered'
    | 'throttled'
    | 'denied'
    | 'duplicate'
    | 'expired'
    | 'lost'
    | 'crashed'
    | 'filtered'
    | 'alarm'
    | 'scaled'
    | 'purged'
    | 'edited'
  /** Name of the part; '' for the design as a whole. */
  readonly part: string
  readonly atMs: number
  /** How many at that moment. */
  readonly count: number
}

export type FromEmbed =
  /** It listens. Sent once to whoever embeds it; says nothing of the design. */
  | { readonly switchyard: Version; readonly type: 'ready' }
  | {
      readonly switchyard: Version
      readonly type: 'done'
      readonly id: number
      readonly state: State
    }
  | {
      readonly switchyard: Version
      readonly type: 'failed'
      readonly id: number
      /** Why, for people. */
      readonly problem: string
    }
  /** After every change, and about ten times a second while it plays. */
  | { readonly switchyard: Version; readonly type: 'state'; readonly state: State }
  /** As the run comes to it. */
  | { readonly switchyard: Version; readonly type: 'notable'; readonly notable: Notable }

/** An embedded design, as the page around it sees it. */
export interface Embedded {
  load(source: Source): Promise<State>
  play(): Promise<State>
  pause(): Promise<State>
  seek(atMs: number): Promise<State>
  step(direction?: 'on' | 'back'): Promise<State>
  setSpeed(speed: number): Promise<State>
  select(part: string | null): Promise<State>
  getState(): Promise<State>
  /** Returns how to stop listening. */
  on(event: 'state', hear: (state: State) => void): () => void
  on(event: 'notable', hear: (notable: Notable) => void): () => void
  /** Stops listening to the frame; what was asked and not answered is rejected. */
  close(): void
}

/**
 * Connects to a frame whose address is a Switchyard page with `?embed`. Settles when the page listens.
 * Requests that are refused reject with an Error that says why.
 */
export function connect(
  frame: HTMLIFrameElement,
  options?: { readonly giveUpMs?: number },
): Promise<Embedded>
