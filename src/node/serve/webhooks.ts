/**
 * Requests to web servers that subscribed by a call and are no part of the design: a program under test
 * gets them as it would from SNS. Only servers of this machine, as whoever can call may name any address.
 * They are sent once each and nothing of the answers comes back into the world.
 */
import type { Content } from '../../engine/messages.ts'
import { isLoopback } from './origin.ts'

export interface Webhooks {
  send(address: string, content: Content): void
  /** Ends the requests that are under way. */
  close(): void
}

/** As long as SNS waits (FACTS 4.2). */
const PATIENCE_MS = 15_000
/** Of one server; what comes while so many wait is dropped. */
const MOST_WAITING = 1_000
/** How links in what SNS sends begin; they must lead here. */
const AWS_LINK = /https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com\/\?Action=/g

/** @param ownAddress where this server is: 'http://localhost:4566' */
export function createWebhooks(ownAddress: () => string): Webhooks {
  const closing = new AbortController()
  /** By server: its requests go one after another, in the order in which they were made. */
  const queues = new Map<string, { waiting: number; last: Promise<void> }>()

  async function post(url: URL, { body, headers = {} }: Content): Promise<void> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(PATIENCE_MS)])
    const text = body.replaceAll(AWS_LINK, `${ownAddress()}/?Action=`)
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: text,
        redirect: 'manual',
        signal,
      })
      await response.body?.cancel()
    } catch {
      // Nobody is there, or does not answer: to the world it was handed over.
    }
  }

  return {
    send(address, content) {
      const url = URL.canParse(address) ? new URL(address) : null
      if (!url || !isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) return
      const queue = queues.get(url.host) ?? { waiting: 0, last: Promise.resolve() }
      queues.set(url.host, queue)
      if (queue.waiting >= MOST_WAITING) return
      queue.waiting++
      queue.last = queue.last
        .then(() => post(url, content))
        .then(() => {
          queue.waiting--
          if (queue.waiting === 0) queues.delete(url.host)
        })
    },
    close: () => closing.abort(),
  }
}
