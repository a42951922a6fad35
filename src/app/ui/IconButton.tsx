import type { LucideIcon } from 'lucide-react'
import { Tooltip } from 'radix-ui'
import type { ComponentProps } from 'react'

interface IconButtonProps extends ComponentProps<'button'> {
  readonly icon: LucideIcon
  /** Read out and shown as a tooltip. */
  readonly label: string
  /** Shown behind the label in the tooltip: "Ctrl+Z". */
  readonly keys?: string
}

/** A button that is only a picture; its name is in the tooltip and for screen readers. */
export function IconButton({ icon: Icon, label, keys, className, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        className={`icon-button ${className ?? ''}`}
        {...rest}
      >
        <Icon size={18} aria-hidden="true" />
      </button>
    </Tip>
  )
}

interface TipProps {
  readonly label: string
  readonly keys?: string
  readonly children: React.ReactNode
}

export function Tip({ label, keys, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {label}
          {keys && <kbd>{keys}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
