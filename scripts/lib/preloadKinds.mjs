// @ts-check
/** @param {string} file */
const attrsOf = (file) => ({
  ...(file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' }),
  crossorigin: true,
  href: `./${file}`,
})

/**
 * A plugin of the build: the page names the files of the given kinds among those that it will need,
 * so that a browser fetches them with the entry instead of after it.
 * @param {readonly string[]} kinds
 * @returns {import('vite').Plugin}
 */
export function preloadKinds(kinds) {
  return {
    name: 'preload-kinds',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const views = Object.values(bundle).filter(
          (file) =>
            file.type === 'chunk' &&
            kinds.some((kind) => file.facadeModuleId?.endsWith(`/services/${kind}/view.tsx`)),
        )
        const files = new Set(views.map(({ fileName }) => fileName))
        for (const name of files) {
          const file = bundle[name]
          if (file?.type !== 'chunk') continue
          for (const next of file.imports) files.add(next)
          for (const style of file.viteMetadata?.importedCss ?? []) files.add(style)
        }
        return [...files]
          .filter((file) => !html.includes(file))
          .map((file) => ({ tag: 'link', attrs: attrsOf(file), injectTo: 'head' }))
      },
    },
  }
}
