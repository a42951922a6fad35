/**
 * For tests: a queue as a plain array of objects that is looked through every time. Independent of
 * the product: no lists, no timers, no table. Only queues without chance, one server.
 */

interface Message {
  id: string
  sentAt: number
  /** Hidden until then: by its delay, or since it was received. */
  visibleAt: number
  receivedAt: number
  receives: number
  /** Name of the newest receive. */
  handle: string
  wasReceived: boolean
}

interface Settings {
  visibility: number
  retention: number
  /** 0 = no dead-letter queue. */
  maxReceiveCount: number
}

/** Times in seconds; ids and handles are the caller's names for what the product answered. */
export class ReferenceQueue {
  private readonly settings: Settings
  messages: Message[] = []
  dead: string[] = []
  now = 0

  constructor(settings: Settings) {
    this.settings = settings
  }

  advance(seconds: number): void {
    this.now += seconds
    this.messages = this.messages.filter((m) => m.sentAt + this.settings.retention > this.now)
  }

  send(id: string, delay: number): void {
    const { now } = this
    this.messages.push({
      id,
      sentAt: now,
      visibleAt: now + delay,
      receivedAt: now,
      receives: 0,
      handle: '',
      wasReceived: false,
    })
  }

  /** Ids that a receive may bring: those that are visible, apart from those that move on instead. */
  receivable(): string[] {
    return this.visible()
      .filter((m) => !this.isSpent(m))
      .map((m) => m.id)
  }

  /**
   * Takes over what a receive brought; what was spent may have moved on, but no message that was not.
   * @param moved ids that left for the dead-letter queue meanwhile
   */
  receive(
    brought: readonly { id: string; handle: string }[],
    moved: readonly string[],
    timeout: number | undefined,
  ): void {
    for (const id of moved) {
      const message = this.messages.find((m) => m.id === id)
      if (!message || !this.isSpent(message)) throw new Error(`${id} moved too early`)
      this.messages = this.messages.filter((m) => m !== message)
      this.dead.push(id)
    }
    for (const { id, handle } of brought) {
      const message = this.messages.find((m) => m.id === id)!
      message.receives++
      message.wasReceived = true
      message.handle = handle
      message.receivedAt = this.now
      message.visibleAt = this.now + (timeout ?? this.settings.visibility)
    }
  }

  delete(handle: string): void {
    this.messages = this.messages.filter((m) => m.handle !== handle)
  }

  /** By whichever handle the message had. False when AWS refuses it. */
  change(id: string, timeout: number): boolean {
    const message = this.messages.find((m) => m.id === id)
    if (!message) return false
    if (message.visibleAt <= this.now) return true
    if (this.now + timeout > message.receivedAt + 43_200) return false
    message.visibleAt = this.now + timeout
    return true
  }

  /** Visible, in flight, delayed. */
  counts(): number[] {
    const hidden = this.messages.filter((m) => m.visibleAt > this.now)
    const inFlight = hidden.filter((m) => m.wasReceived).length
    return [this.messages.length - hidden.length, inFlight, hidden.length - inFlight]
  }

  private visible(): Message[] {
    return this.messages.filter((m) => m.visibleAt <= this.now)
  }

  private isSpent(message: Message): boolean {
    const { maxReceiveCount } = this.settings
    return maxReceiveCount > 0 && message.receives >= maxReceiveCount
  }
}
