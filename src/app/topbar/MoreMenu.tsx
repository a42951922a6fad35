import {
  CloudDownload,
  Download,
  Ellipsis,
  FilePlus,
  Folder,
  LayoutGrid,
  SunMoon,
  Upload,
} from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { goTo } from '../routes.ts'
import { useApp } from '../useApp.ts'
import { useFiles } from '../useFiles.ts'
import { useNewDesign } from '../useNewDesign.ts'
import { useTheme } from '../useTheme.ts'

/** On a phone: everything of the top bar that has no room there. */
export function MoreMenu() {
  const files = useFiles()
  const newDesign = useNewDesign()
  const theme = useTheme()
  const setTheme = useApp((state) => state.setTheme)
  const openDialog = useApp((state) => state.openDialog)
  const items = [
    { label: 'Scenarios', icon: LayoutGrid, run: () => goTo('scenarios') },
    { label: 'My designs', icon: Folder, run: () => goTo('designs') },
    { label: 'New design', icon: FilePlus, run: newDesign },
    { label: 'Save as JSON file', icon: Download, run: files.save },
    {
      label: 'Save as CloudFormation template…',
      icon: CloudDownload,
      run: () => openDialog('cloudFormation'),
    },
    { label: 'Open a JSON file…', icon: Upload, run: files.open },
    {
      label: theme === 'dark' ? 'Light theme' : 'Dark theme',
      icon: SunMoon,
      run: () => setTheme(theme === 'dark' ? 'light' : 'dark'),
    },
  ]
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="icon-button only-phone" aria-label="More">
        <Ellipsis size={18} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          {items.map(({ label, icon: Icon, run }) => (
            <DropdownMenu.Item key={label} className="menu-item" onSelect={run}>
              <Icon size={16} aria-hidden="true" />
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
