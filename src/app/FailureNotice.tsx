import { lazy, Suspense } from 'react'
import { useApp } from './useApp.ts'

const FailureDialog = lazy(() => import('./FailureDialog.tsx'))

/** The report of an engine that failed, loaded when one did. */
export function FailureNotice() {
  const failure = useApp((state) => state.failure)
  if (!failure) return null
  return (
    <Suspense>
      <FailureDialog failure={failure} />
    </Suspense>
  )
}
