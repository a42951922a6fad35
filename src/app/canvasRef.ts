/** The canvas, for shortcuts and commands; null while the outline or another page is shown. */
import { createContext, useContext, type RefObject } from 'react'
import type { CanvasHandle } from '../canvas/useCanvasHandle.ts'

export const CanvasRefContext = createContext<RefObject<CanvasHandle | null>>({ current: null })

export const useCanvasRef = (): RefObject<CanvasHandle | null> => useContext(CanvasRefContext)
