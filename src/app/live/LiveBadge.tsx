import { BookmarkPlus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { goTo } from '../routes.ts'
import type { LiveState } from '../store/liveSlice.ts'
import { useApp } from '../useApp.ts'
import { useWorkspace } from '../useWorkspace.ts'
import './live.css'

const LINK_WORDS = {
  connecting: 'Connecting…',
  open: 'Programs and every open page share this world. Nothing of it is kept in the browser.',
  lost: 'The connection is lost. It is tried again.',
} as const

/** Says whose world is shown; after another design was opened, leads back to it. */
export default function LiveBadge() {
  const live = useApp((state) => state.live)
  if (!live) return null
  return live.open ? <Shown live={live} /> : <Elsewhere live={live} />
}

function Shown({ live }: { readonly live: LiveState }) {
  const workspace = useWorkspace()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="live-badge" data-open aria-label={nameOf(live)}>
        <Label live={live} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu live-menu" align="start" sideOffset={6}>
          <p>{LINK_WORDS[live.link]}</p>
          <DropdownMenu.Item className="menu-item" onSelect={() => void workspace.saveCopy()}>
            <BookmarkPlus size={16} aria-hidden="true" />
            Save a copy
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Elsewhere({ live }: { readonly live: LiveState }) {
  const workspace = useWorkspace()
  return (
    <button
      type="button"
      className="live-badge"
      aria-label={nameOf(live)}
      title="Back to the server’s world"
      onClick={() => {
        goTo('editor')
        void workspace.flush().then(live.reopen)
      }}
    >
      <Label live={live} />
    </button>
  )
}

const nameOf = ({ host }: LiveState): string => `Live: ${host}`

function Label({ live: { host, link } }: { readonly live: LiveState }) {
  return (
    <>
      <span className="live-dot" data-link={link} aria-hidden="true" />
      <span>
        Live<span className="live-host">: {host}</span>
      </span>
    </>
  )
}
