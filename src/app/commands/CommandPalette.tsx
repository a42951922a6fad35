import { Command } from 'cmdk'
import { views } from '../../services/views.ts'
import { selectNode } from '../../canvas/selection.ts'
import { useCanvasRef } from '../canvasRef.ts'
import { paletteEntries } from '../palette/palette.ts'
import { goTo } from '../routes.ts'
import { useApp, useScenario } from '../useApp.ts'
import { useFiles } from '../useFiles.ts'
import { useNewDesign } from '../useNewDesign.ts'
import { useTheme } from '../useTheme.ts'
import { useFocusReturn } from '../ui/useFocusReturn.ts'
import { keysText, SHORTCUTS } from './shortcuts.ts'
import type { EditorCommands } from './useEditorCommands.ts'
import './commands.css'

/** Everything that can be done, by name. */
export default function CommandPalette({ commands }: { readonly commands: EditorCommands }) {
  const { nodes } = useScenario()
  const canvas = useCanvasRef()
  const openDialog = useApp((state) => state.openDialog)
  const select = useApp((state) => state.select)
  const setPlacing = useApp((state) => state.setPlacing)
  const setTheme = useApp((state) => state.setTheme)
  const act = useApp((state) => state.act)
  const compareWith = useApp((state) => state.compareWith)
  const theme = useTheme()
  const files = useFiles()
  const newDesign = useNewDesign()
  useFocusReturn()

  /** The dialog is gone before the command runs, so that another may open or take the focus. */
  const then = (run: () => void) => () => {
    openDialog(null)
    requestAnimationFrame(run)
  }
  const offered = SHORTCUTS.filter(
    ({ id }, i) => id !== 'commands' && SHORTCUTS.findIndex((other) => other.id === id) === i,
  )
  return (
    <Command.Dialog
      open
      loop
      label="Commands"
      overlayClassName="scrim"
      contentClassName="palette-dialog"
      onOpenChange={(open) => !open && openDialog(null)}
    >
      <Command.Input className="palette-input" placeholder="What do you want to do?" />
      <Command.List className="palette-list">
        <Command.Empty className="empty">Nothing is called that.</Command.Empty>
        <Command.Group heading="Add a part">
          {paletteEntries().map(({ kind, preset }) => (
            <Command.Item
              key={`${kind}/${preset.id}`}
              value={`add ${preset.label}`}
              keywords={[...preset.keywords]}
              onSelect={then(() => setPlacing({ kind, preset }))}
            >
              Add {preset.label}
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="Commands">
          {offered.map((shortcut) => (
            <Command.Item key={shortcut.id} onSelect={then(commands[shortcut.id])}>
              {shortcut.label}
              <kbd>{keysText(shortcut)}</kbd>
            </Command.Item>
          ))}
          <Command.Item onSelect={then(() => setTheme(theme === 'dark' ? 'light' : 'dark'))}>
            {theme === 'dark' ? 'Light theme' : 'Dark theme'}
          </Command.Item>
          <Command.Item onSelect={then(() => canvas.current?.tidy())}>
            Arrange automatically
          </Command.Item>
          <Command.Item onSelect={then(() => void compareWith(null))}>
            Compare with a variant
          </Command.Item>
          <Command.Item onSelect={then(newDesign)}>New design</Command.Item>
          <Command.Item onSelect={then(() => goTo('designs'))}>My designs</Command.Item>
          <Command.Item onSelect={then(files.save)}>Save as JSON file</Command.Item>
          <Command.Item onSelect={then(() => openDialog('cloudFormation'))}>
            Save as CloudFormation template…
          </Command.Item>
          <Command.Item onSelect={then(files.open)}>Open a JSON file…</Command.Item>
        </Command.Group>
        {nodes.length > 0 && (
          <Command.Group heading="Parts">
            {nodes.map(({ id, name }) => (
              <Command.Item
                key={id}
                value={`go to ${name}`}
                onSelect={then(() => {
                  select(selectNode(id))
                  canvas.current?.reveal(id)
                })}
              >
                Go to {name}
              </Command.Item>
            ))}
            {nodes.flatMap(({ id, name, kind }) =>
              (views.get(kind)?.actions ?? []).map((action) => (
                <Command.Item
                  key={`${id}/${action.label}`}
                  value={`${name} ${action.label}`}
                  onSelect={then(() => void act(id, action.id, action.args))}
                >
                  {name}: {action.label}
                </Command.Item>
              )),
            )}
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  )
}
