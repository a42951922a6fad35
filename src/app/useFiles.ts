import { download } from './download.ts'
import { goTo } from './routes.ts'
import { exportFile, FILE_TYPES } from './storage/files.ts'
import { useAppStore } from './useApp.ts'
import { useWorkspace } from './useWorkspace.ts'

/** Saving the design as a file, and opening one. */
export function useFiles(): { readonly save: () => void; readonly open: () => void } {
  const store = useAppStore()
  const workspace = useWorkspace()
  return {
    save() {
      const scenario = store.getState().history.present
      const { name, blob } = exportFile({ scenario, interventions: [] })
      download(name, blob)
    },
    open() {
      const input = document.createElement('input')
      input.type = 'file'
      input.accept = FILE_TYPES
      input.addEventListener('change', () => {
        const [file] = input.files ?? []
        if (!file) return
        goTo('editor')
        void workspace.openFile(file)
      })
      input.click()
    },
  }
}
