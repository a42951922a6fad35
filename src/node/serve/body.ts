/** Reads the body of a request, within limits. */
import type { Request } from './listen.ts'

/**
 * AWS takes messages and batches of 1 MiB, percent-encoded or escaped as JSON several times as long,
 * and 10 MiB of records for a stream, in Base64 and with their keys.
 */
export const MAX_BODY_BYTES = 16 * 1024 * 1024

/** Tells the body as text, null when it is longer than allowed; nothing when the caller goes away. */
export function readBody(
  request: Request,
  encoding: 'utf8' | 'latin1',
  done: (body: string | null) => void,
): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    done(null)
    return
  }
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk)
    else if (bytes - chunk.length <= MAX_BODY_BYTES) done(null)
  })
  request.on('end', () => {
    if (bytes <= MAX_BODY_BYTES) done(textOf(chunks, encoding))
  })
}

const textOf = (chunks: readonly Buffer[], encoding: BufferEncoding): string =>
  chunks.length === 1 ? chunks[0].toString(encoding) : Buffer.concat(chunks).toString(encoding)
