import { describe, expect, it } from 'vitest'
import { keysText, shortcutOf, SHORTCUTS, type KeyPress } from './shortcuts.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

describe('shortcuts', () => {
  it('tell undo from redo, on any keyboard', () => {
    expect(shortcutOf(press('z', { ctrlKey: true }))).toBe('undo')
    expect(shortcutOf(press('z', { metaKey: true }))).toBe('undo')
    expect(shortcutOf(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('redo')
    expect(shortcutOf(press('y', { ctrlKey: true }))).toBe('redo')
    expect(shortcutOf(press('z'))).toBeNull()
  })

  it('find keys that need Shift on some keyboards', () => {
    expect(shortcutOf(press('?', { shiftKey: true }))).toBe('help')
    expect(shortcutOf(press('/', { shiftKey: true }))).toBe('search')
    expect(shortcutOf(press('+', { shiftKey: true }))).toBe('zoomIn')
  })

  it('leave the browser its own', () => {
    expect(shortcutOf(press('f', { ctrlKey: true }))).toBeNull()
    expect(shortcutOf(press('s', { ctrlKey: true }))).toBeNull()
    expect(shortcutOf(press('.', { altKey: true }))).toBeNull()
  })

  it('do not claim a key twice', () => {
    const claims = SHORTCUTS.flatMap((shortcut) =>
      shortcut.keys.map((key) => `${shortcut.mod ?? false} ${shortcut.shift ?? ''} ${key}`),
    )
    expect(new Set(claims).size).toBe(claims.length)
  })

  it('are written as people say them', () => {
    expect(SHORTCUTS.map(keysText)).toContain('Ctrl+Shift+Z')
    expect(SHORTCUTS.map(keysText)).toContain('Space')
  })
})
