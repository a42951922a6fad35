import { Popover } from 'radix-ui'
import { Suspense, type ComponentProps, type ReactNode } from 'react'

interface PopMenuProps {
  readonly trigger: ComponentProps<'button'> & { readonly 'data-on'?: true }
  readonly className: string
  /** May be lazy. */
  readonly children: ReactNode
}

/** A button of the transport bar, and what it opens above itself. */
export function PopMenu({ trigger, className, children }: PopMenuProps) {
  return (
    <Popover.Root>
      <Popover.Trigger {...trigger} />
      {/* Nothing rather than an empty box until it is loaded. */}
      <Suspense fallback={null}>
        <Popover.Portal>
          <Popover.Content
            className={`menu ${className}`}
            side="top"
            sideOffset={8}
            collisionPadding={8}
          >
            {children}
          </Popover.Content>
        </Popover.Portal>
      </Suspense>
    </Popover.Root>
  )
}
