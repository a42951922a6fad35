/** Makes the page work without a network once it has been loaded (public/sw.js does the keeping). */

/** What is otherwise loaded on demand: fetched when the browser has nothing better to do. */
const loadTheRest = () =>
  Promise.allSettled([
    import('./pages/GalleryPage.tsx'),
    import('./pages/DesignsPage.tsx'),
    import('./share/ShareDialog.tsx'),
    import('./commands/ShortcutSheet.tsx'),
    import('./commands/CommandPalette.tsx'),
    import('./inspector/MessagesTab.tsx'),
    import('./inspector/MetricsTab.tsx'),
    import('../canvas/autoLayout.ts'),
  ])

/** Wall time after the start before anything is fetched ahead. */
const PATIENCE_MS = 4000

/** Without service workers (an old browser, plain http) everything else works as ever. */
export async function workOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  try {
    await navigator.serviceWorker.register('./sw.js')
    const { active } = await navigator.serviceWorker.ready
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
    await loadTheRest()
    const page = window.location.href.split('#')[0]
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    const ours = loaded.filter((address) => address.startsWith(window.location.origin))
    active?.postMessage([...new Set([page, ...ours])])
  } catch {
    // The page is as good as before; it only needs the network next time.
  }
}
