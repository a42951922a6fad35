/** A run may bring in parts of any kind (CreateQueue): the screen hears of it when it knows all kinds. */
import { loadKinds } from '../services/views.ts'
import type { StartWorker } from '../worker/client.ts'

/** Loads the rest of the kinds as the engine starts; what the engine says meanwhile comes after. */
export const kindsFirst =
  (start: StartWorker): StartWorker =>
  (hear, broke) => {
    let loading: Promise<void> | null = loadKinds().then(() => {
      loading = null
    })
    loading.catch((error: unknown) => broke(String(error)))
    return start((message) => {
      if (loading) void loading.then(() => hear(message))
      else hear(message)
    }, broke)
  }
