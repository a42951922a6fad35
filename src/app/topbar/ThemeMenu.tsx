import { Check, Monitor, Moon, Sun, SunMoon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useApp } from '../useApp.ts'

const THEMES = [
  { id: 'light', label: 'Light', icon: Sun },
  { id: 'dark', label: 'Dark', icon: Moon },
  { id: 'system', label: 'As the system', icon: Monitor },
] as const

export function ThemeMenu() {
  const theme = useApp((state) => state.theme)
  const setTheme = useApp((state) => state.setTheme)
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="icon-button not-phone" aria-label="Theme" title="Theme">
        <SunMoon size={18} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(value) => {
              const chosen = THEMES.find(({ id }) => id === value)
              if (chosen) setTheme(chosen.id)
            }}
          >
            {THEMES.map(({ id, label, icon: Icon }) => (
              <DropdownMenu.RadioItem key={id} value={id} className="menu-item">
                <Icon size={16} aria-hidden="true" />
                {label}
                <DropdownMenu.ItemIndicator className="menu-right">
                  <Check size={14} aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
