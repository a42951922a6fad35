/** How the kinds' readers of AWS's inputs say no. */
import type { ApiError } from '../engine/calls.ts'

/** Thrown while an input is read; carries what AWS would answer. `reading` turns it into the answer. */
export class Refusal extends Error {
  readonly error: ApiError
  constructor(error: ApiError) {
    super(error.message)
    this.error = error
  }
}

/** The error that `read` refused the input with, or null. */
export function reading(read: () => unknown): ApiError | null {
  try {
    read()
    return null
  } catch (problem) {
    if (problem instanceof Refusal) return problem.error
    throw problem
  }
}
