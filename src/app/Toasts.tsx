import { AnimatePresence, m } from 'framer-motion'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import type { Toast } from './store/viewSlice.ts'
import { useApp } from './useApp.ts'

/** Long enough to read and to reach the button. */
const SHOWN_MS = 8000

/** Short news at the lower edge; they leave by themselves. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts)
  return (
    <div className="toasts" role="status">
      <AnimatePresence>
        {toasts.map((toast) => (
          <Item key={toast.id} toast={toast} />
        ))}
      </AnimatePresence>
    </div>
  )
}

function Item({ toast }: { readonly toast: Toast }) {
  const dismiss = useApp((state) => state.dismissToast)
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [dismiss, toast.id])
  return (
    <m.div
      className="toast"
      data-tone={toast.tone}
      initial={{ opacity: 0, y: 12 }}
      animate={{ opacity: 1, y: 0 }}
      exit={{ opacity: 0 }}
    >
      <span>{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          onClick={() => {
            toast.action?.run()
            dismiss(toast.id)
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss"
        onClick={() => dismiss(toast.id)}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </m.div>
  )
}
