import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Logo } from '../topbar/Logo.tsx'
import './pages.css'

interface PageProps {
  readonly title: string
  readonly intro: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page beside the editor; the run behind it waits. */
export function Page({ title, intro, actions, children }: PageProps) {
  return (
    <div className="page">
      <header className="page-top">
        <a className="logo" href="#/" aria-label="Switchyard, back to the design">
          <Logo />
          <span>Switchyard</span>
        </a>
        <a className="button" href="#/">
          <ArrowLeft size={16} aria-hidden="true" />
          Back to the design
        </a>
      </header>
      <main className="page-body">
        <div className="page-head">
          <div>
            <h1>{title}</h1>
            <p>{intro}</p>
          </div>
          {actions}
        </div>
        {children}
      </main>
    </div>
  )
}
