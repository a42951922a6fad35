import { lazy, Suspense, useEffect } from 'react'
import { withEveryKind } from '../services/views.ts'
import { Editor } from './Editor.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import { LiveRegion } from './LiveRegion.tsx'
import { useRoute } from './routes.ts'
import { Toasts } from './Toasts.tsx'
import { useApp, useScenario } from './useApp.ts'
import { usePageTheme } from './useTheme.ts'
import './ui/ui.css'
import './app.css'

const GalleryPage = lazy(() => withEveryKind(import('./pages/GalleryPage.tsx')))
const ProblemPage = lazy(() => import('./pages/ProblemPage.tsx'))
const DesignsPage = lazy(() => import('./pages/DesignsPage.tsx'))

export function App() {
  const route = useRoute()
  const problem = useApp((state) => state.problem)
  usePageTheme()
  usePageTitle()
  return (
    <>
      <Suspense fallback={<div className="page" aria-busy="true" />}>
        {route === 'scenarios' && <GalleryPage />}
        {route === 'designs' && <DesignsPage />}
        {route === 'editor' && (problem ? <ProblemPage problem={problem} /> : <Editor />)}
      </Suspense>
      <FailureNotice />
      <Toasts />
      <LiveRegion />
    </>
  )
}

const PAGE_TITLES = { scenarios: 'Scenarios', designs: 'My designs' } as const

/** Tells tabs and bookmarks apart. */
function usePageTitle(): void {
  const route = useRoute()
  const { title } = useScenario()
  const page = route === 'editor' ? title : PAGE_TITLES[route]
  useEffect(() => {
    document.title = `${page} · Switchyard`
  }, [page])
}
