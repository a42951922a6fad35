import { Unplug } from 'lucide-react'
import type { Problem } from '../../scenario/parse.ts'
import { goTo } from '../routes.ts'
import { useWorkspace } from '../useWorkspace.ts'
import './pages.css'

/** A link or design that could not be opened. Whatever was open before is as it was. */
export default function ProblemPage({ problem }: { readonly problem: Problem }) {
  const workspace = useWorkspace()
  return (
    <main className="problem">
      <Unplug size={40} strokeWidth={1.5} aria-hidden="true" />
      <h1>{problem.title}</h1>
      <p>{problem.detail}</p>
      <p>Your own designs are untouched.</p>
      <div className="page-actions">
        <button
          type="button"
          className="button"
          data-primary
          onClick={() => {
            goTo('editor')
            void workspace.openLast()
          }}
        >
          Open my last design
        </button>
        <a className="button" href="#/scenarios">
          Browse scenarios
        </a>
      </div>
    </main>
  )
}
