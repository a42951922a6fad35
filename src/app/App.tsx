import { lazy, Suspense, useEffect } from 'react'
import { Editor } from './Editor.tsx'
import { FailureDialog } from './FailureDialog.tsx'
import { ProblemPage } from './pages/ProblemPage.tsx'
import { useRoute } from './routes.ts'
import { Toasts } from './Toasts.tsx'
import { useApp, useScenario } from './useApp.ts'
import { useTheme } from './useTheme.ts'
import './ui/ui.css'
import './app.css'

const GalleryPage = lazy(() => import('./pages/GalleryPage.tsx'))
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
      <FailureDialog />
      <Toasts />
      <LiveRegion />
    </>
  )
}

/** Everything that screen readers are told, politely. */
function LiveRegion() {
  const { text, count } = useApp((state) => state.announcement)
  return (
    <div className="visually-hidden" aria-live="polite">
      <span key={count}>{text}</span>
    </div>
  )
}

/** Keeps the page's theme and the browser's bar in step with the choice (see public/theme.js). */
function usePageTheme(): void {
  const theme = useTheme()
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
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
