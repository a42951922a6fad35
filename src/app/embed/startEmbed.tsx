/** Shows one design to the page around and listens to it; the visitor's own designs are not touched. */
import { LazyMotion, MotionConfig } from 'framer-motion'
import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadMotion } from '../../canvas/loadMotion.ts'
import { isLink } from '../../scenario/isLink.ts'
import type { App } from '../store/store.ts'
import { AppContext } from '../useApp.ts'
import { welcome } from '../welcome.ts'
import { createController } from './controller.ts'
import { EmbedScreen } from './EmbedScreen.tsx'
import type { EmbedOptions } from './options.ts'
import { EMBED_VERSION, type FromEmbed, type Source } from './protocol.ts'

export function startEmbed(app: App, options: EmbedOptions, root: HTMLElement): void {
  app.store.getState().setTheme(options.theme)
  /** Who asked first is who is told; nobody else ever is. */
  let host: string | null = null
  // A page of no origin (a file, a sandboxed frame) cannot be told anything by name.
  const target = () => (host === 'null' ? '*' : host)
  const post = (message: FromEmbed, origin = target()): void => {
    if (origin !== null && window.parent !== window) window.parent.postMessage(message, origin)
  }
  const controller = createController(app, post)
  void controller.begin(sourceOf(options), () => {
    app.store.getState().setSpeed(options.speed)
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    if (options.autoplay && !still) app.run.play()
  })
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || (host !== null && event.origin !== host)) return
    host ??= event.origin
    void controller.receive(event.data)
  })
  post({ switchyard: EMBED_VERSION, type: 'ready' }, '*')

  createRoot(root).render(
    <StrictMode>
      <AppContext value={app}>
        <LazyMotion features={loadMotion} strict>
          <MotionConfig reducedMotion="user">
            <Tooltip.Provider delayDuration={500}>
              <EmbedScreen options={options} />
            </Tooltip.Provider>
          </MotionConfig>
        </LazyMotion>
      </AppContext>
    </StrictMode>,
  )
}

/** What the address asks for. */
function sourceOf({ example }: EmbedOptions): Source {
  const { hash } = window.location
  if (isLink(hash)) return { link: hash }
  return example === '' ? { document: welcome } : { example }
}
