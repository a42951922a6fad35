import { goTo } from './routes.ts'
import { useWorkspace } from './useWorkspace.ts'

/** Opens an empty design. What was open is in "My designs" already. */
export function useNewDesign(): () => void {
  const workspace = useWorkspace()
  return () => {
    goTo('editor')
    void workspace.openNew()
  }
}
