/** How large cards are before they are measured. */
import { schemas } from '../services/schemas.ts'

/** Where the kind is unknown, canvas units. */
const UNKNOWN_SIZE = { width: 220, height: 120 }

/** A kind's card, canvas units; it is as wide, and about as tall as that. */
export const sizeOfKind = (kind: string): { readonly width: number; readonly height: number } =>
  schemas.get(kind)?.size ?? UNKNOWN_SIZE
