/** Serves the built playground from a folder. */
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface SiteFile {
  readonly contentType: string
  readonly content: Buffer
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/**
 * What the playground needs and no more: everything from here; workers and pictures that it makes
 * itself; styles that its components set on elements.
 */
export const SITE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // Who could frame it could have its visitor steer the served world unknowingly.
    "frame-ancestors 'self'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/**
 * As SITE_HEADERS; a worker's script may compile WebAssembly too (the SQL engine, which comes from here as
 * well). Pages may not: of scripts that a page loads, the headers do not count.
 */
export function siteHeaders(contentType: string): Readonly<Record<string, string>> {
  if (!contentType.startsWith('text/javascript')) return SITE_HEADERS
  const policy = `${SITE_HEADERS['content-security-policy']}; script-src 'self' 'wasm-unsafe-eval'`
  return { ...SITE_HEADERS, 'content-security-policy': policy }
}

/** The file under `folder` that a request's path names; null when there is none inside it. */
export async function readSiteFile(folder: string, path: string): Promise<SiteFile | null> {
  const name = decodePath(path)
  if (name === null) return null
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, name.endsWith('/') ? `${name}index.html` : name))
    if (!file.startsWith(root + sep)) return null
    const contentType = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream'
    return { contentType, content: await readFile(file) }
  } catch (problem) {
    if (isNoFile(problem)) return null
    throw problem
  }
}

/** Null for a path that is malformed or hidden. */
function decodePath(path: string): string | null {
  try {
    const name = decodeURIComponent(path)
    return name.includes('\0') || name.includes('\\') || name.includes('/.') ? null : name
  } catch {
    return null
  }
}

const NO_FILE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'])

const isNoFile = (problem: unknown): boolean =>
  problem instanceof Error && 'code' in problem && NO_FILE.has(String(problem.code))
