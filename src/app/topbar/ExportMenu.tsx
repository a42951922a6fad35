import { CloudDownload, Download, Upload } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useApp } from '../useApp.ts'
import { useFiles } from '../useFiles.ts'

/** The design as a file or as infrastructure code, and a file as a design. */
export function ExportMenu() {
  const { save, open } = useFiles()
  const openDialog = useApp((state) => state.openDialog)
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button not-phone">Export</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.Item className="menu-item" onSelect={save}>
            <Download size={16} aria-hidden="true" />
            Save as JSON file
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => openDialog('cloudFormation')}>
            <CloudDownload size={16} aria-hidden="true" />
            Save as CloudFormation template…
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={open}>
            <Upload size={16} aria-hidden="true" />
            Open a JSON file…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
