/** The one running app, for components: `useApp(selector)`, `useAppRun()`. */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Scenario } from '../scenario/scenario.ts'
import type { Run } from './run.ts'
import type { App, AppState } from './store/store.ts'

export const AppContext = createContext<App | null>(null)

export function useTheApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('No App around this component')
  return app
}

export const useApp = <T>(selector: (state: AppState) => T): T =>
  useStore(useTheApp().store, selector)

/** For event handlers that need the state of that moment. */
export const useAppStore = (): App['store'] => useTheApp().store

export const useAppRun = (): Run => useTheApp().run

export const useScenario = (): Scenario => useApp((state) => state.history.present)
