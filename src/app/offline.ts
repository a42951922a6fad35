/** Makes the page work without a network once it has been loaded (public/sw.js does the keeping). */

/** Wall time after the start before anything is fetched ahead. */
const PATIENCE_MS = 4000

/** Without service workers (an old browser, plain http) everything else works as ever. */
export async function workOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  try {
    await navigator.serviceWorker.register('./sw.js')
    const { active } = await navigator.serviceWorker.ready
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
    const page = window.location.href.split('#')[0]
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    const ours = loaded.filter((address) => address.startsWith(window.location.origin))
    active?.postMessage([...new Set([page, ...ours, ...(await everyFile())])])
  } catch {
    // The page is as good as before; it only needs the network next time.
  }
}

/** Vite's list of what the page is built of (vite.config.ts says its name). */
interface BuiltFile {
  readonly file: string
  readonly css?: readonly string[]
}

/** Addresses of all code and styles, also of what is otherwise loaded on demand. */
async function everyFile(): Promise<string[]> {
  const response = await fetch(new URL('files.json', document.baseURI))
  const built = (await response.json()) as Readonly<Record<string, BuiltFile>>
  const files = Object.values(built).flatMap(({ file, css = [] }) => [file, ...css])
  return files.map((file) => new URL(file, document.baseURI).href)
}
