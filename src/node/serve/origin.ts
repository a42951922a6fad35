/**
 * Whether a WebSocket's opening request comes from a page that this server served. Browsers let any
 * page of any site open one, so a site that is merely visited could steer the world otherwise.
 */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** @param boundTo the address that the server listens on, as it was given */
export function isOwnPage(
  {
    headers,
    socket,
  }: Pick<IncomingMessage, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string }
  },
  boundTo: string,
): boolean {
  const asked = hostOf(`http://${headers.host ?? ''}`)
  if (!asked) return false
  // A foreign name that was made to point here would send the same Origin and Host.
  if (isLoopback(boundTo) && !isLoopback(asked.name)) return false
  // Programs send no Origin; only those on this machine are let in.
  if (headers.origin === undefined) return isLoopback(socket.remoteAddress ?? '')
  return hostOf(headers.origin)?.host === asked.host
}

function hostOf(address: string): { readonly host: string; readonly name: string } | null {
  try {
    const { host, hostname } = new URL(address)
    return host === '' ? null : { host, name: hostname.replace(/^\[|\]$/g, '') }
  } catch {
    return null
  }
}

/** Of this machine alone. */
export const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name === '::1' ||
  (isIP(name.replace(/^::ffff:/, '')) === 4 && name.replace(/^::ffff:/, '').startsWith('127.'))
