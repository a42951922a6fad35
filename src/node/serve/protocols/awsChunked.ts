/** What SDKs wrap an object's content in when they sign or sum it up while they send it. */
import type { HttpRequest } from './protocol.ts'

/**
 * The content of a body, as text. Of `aws-chunked` ones: `SIZE;chunk-signature=...` in hexadecimal, a line
 * end, so many bytes, a line end; a chunk of no bytes and trailing headers end it.
 * @param request its body is bytes as Latin-1
 */
export function withoutChunks({ headers, body }: HttpRequest): string {
  const isChunked = (headers['content-encoding'] ?? '').includes('aws-chunked')
  return Buffer.from(isChunked ? unchunked(body) : body, 'latin1').toString('utf8')
}

function unchunked(body: string): string {
  let content = ''
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\r\n', at)
    const size = lineEnd < 0 ? 0 : Number.parseInt(body.slice(at, lineEnd), 16)
    if (!(size > 0)) return content
    content += body.slice(lineEnd + 2, lineEnd + 2 + size)
    at = lineEnd + 2 + size + 2
  }
}
