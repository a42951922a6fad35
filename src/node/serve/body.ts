/** Reads the body of a request, within limits. */
import type { IncomingMessage } from 'node:http'

/**
 * AWS takes messages and batches of 1 MiB; percent-encoded or escaped as JSON they can be several
 * times as long.
 */
export const MAX_BODY_BYTES = 8 * 1024 * 1024

/** The body as text, null when it is longer than allowed. @throws when the caller goes away */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return null
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0].toString('utf8') : Buffer.concat(chunks).toString('utf8')
}
