import { ArrowRight, ChevronDown, Link2, Plus, Settings2, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { MouseEventHandler } from 'react'
import type { Command } from '../scenario/commands.ts'
import { nextNodeId } from '../scenario/names.ts'
import type { NodeId, Scenario, ScenarioNode, Wire } from '../scenario/scenario.ts'
import type { KindSchema } from '../services/schema.ts'
import { FAMILIES } from '../services/schema.ts'
import { schemas } from '../services/schemas.ts'
import type { DigestSource } from './digests.ts'
import { DigestContext, useDigest } from './digests.ts'
import type { Placeable } from './paletteDrag.ts'
import { addCommand, freePlace, placeAtEnd } from './placing.ts'
import { spokenName, spokenWire } from './partNames.ts'
import { partTitle } from './partTitle.ts'
import type { Selection } from './selection.ts'
import { removeCommand, selectNode, selectWire } from './selection.ts'
import { wireVerdict } from './wiring.ts'
import './outline.css'

export interface OutlineProps {
  readonly scenario: Scenario
  readonly digests: DigestSource
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onCommand: (command: Command) => void
  /** Shows the settings of what is selected: opens or focuses the inspector. */
  readonly onConfigure?: () => void
  readonly readOnly?: boolean
}

/** The scenario as a list: everything the canvas does by pointer, by keyboard and screen reader. */
export function Outline(props: OutlineProps) {
  const { scenario, digests, onSelect, onCommand, readOnly = false } = props
  const add = (placeable: Placeable) => {
    const id = nextNodeId(scenario)
    const at = freePlace(scenario, placeable.kind, placeAtEnd(scenario, placeable.kind))
    onCommand(addCommand(placeable, at))
    onSelect(selectNode(id))
  }
  return (
    <DigestContext value={digests}>
      <nav className="outline" aria-label="Outline of the design">
        {!readOnly && <AddMenu onAdd={add} />}
        {scenario.nodes.length === 0 && <p className="outline-empty">No parts yet.</p>}
        <ul className="outline-list">
          {scenario.nodes.map((node) => (
            <PartItem key={node.id} node={node} {...props} />
          ))}
        </ul>
      </nav>
    </DigestContext>
  )
}

function AddMenu({ onAdd }: { readonly onAdd: (placeable: Placeable) => void }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="outline-add">
        <Plus size={14} aria-hidden="true" />
        Add a part…
        <ChevronDown size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="outline-menu" align="start" sideOffset={4}>
          {inPaletteOrder().flatMap((schema) =>
            schema.presets.map((preset) => (
              <DropdownMenu.Item
                key={`${schema.kind}/${preset.id}`}
                className="outline-menu-item"
                onSelect={() => onAdd({ kind: schema.kind, preset })}
              >
                <span>{preset.label}</span>
                <small>{preset.help}</small>
              </DropdownMenu.Item>
            )),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const inPaletteOrder = (): readonly KindSchema[] =>
  FAMILIES.flatMap((family) => [...schemas.values()].filter((schema) => schema.family === family))

interface PartItemProps extends OutlineProps {
  readonly node: ScenarioNode
}

function PartItem(props: PartItemProps) {
  const { node, scenario, selection, onSelect, onCommand, onConfigure, readOnly } = props
  const digest = useDigest(node.id)
  const selected = selection.nodes.includes(node.id)
  const wires = scenario.wires.filter((wire) => wire.from === node.id)
  const select = () => onSelect(selectNode(node.id))
  const configure = () => {
    select()
    onConfigure?.()
  }
  return (
    <li className="outline-part" data-family={schemas.get(node.kind)?.family}>
      <div className="outline-row" data-selected={selected || undefined}>
        <button
          type="button"
          className="outline-name"
          aria-pressed={selected}
          aria-label={spokenName(node, digest, partTitle(scenario, node))}
          onClick={select}
        >
          <span className="outline-kind">{partTitle(scenario, node)}</span>
          <span>{node.name}</span>
        </button>
        {!readOnly && <ConnectMenu node={node} scenario={scenario} onCommand={onCommand} />}
        {onConfigure && (
          <IconButton label={`Configure ${node.name}`} icon={Settings2} onClick={configure} />
        )}
        {!readOnly && (
          <IconButton
            label={`Remove ${node.name}`}
            icon={Trash2}
            onClick={({ currentTarget }) => {
              leaveRow(currentTarget)
              onCommand(removeCommand(selectNode(node.id)))
            }}
          />
        )}
      </div>
      {wires.length > 0 && (
        <ul className="outline-wires" aria-label={`Wires from ${node.name}`}>
          {wires.map((wire) => (
            <WireItem key={wire.id} wire={wire} {...props} />
          ))}
        </ul>
      )}
    </li>
  )
}

function WireItem({ wire, ...props }: OutlineProps & { readonly wire: Wire }) {
  const { scenario, selection, onSelect, onCommand, onConfigure, readOnly } = props
  const spoken = spokenWire(scenario, wire)
  const selected = selection.wires.includes(wire.id)
  const select = () => onSelect(selectWire(wire.id))
  const configure = () => {
    select()
    onConfigure?.()
  }
  return (
    <li className="outline-row" data-selected={selected || undefined}>
      <button
        type="button"
        className="outline-name outline-wire"
        aria-pressed={selected}
        aria-label={`Wire ${spoken}`}
        onClick={select}
      >
        <ArrowRight size={13} aria-hidden="true" />
        <span>{nameOf(scenario, wire.to)}</span>
      </button>
      {onConfigure && (
        <IconButton label={`Configure wire ${spoken}`} icon={Settings2} onClick={configure} />
      )}
      {!readOnly && (
        <IconButton
          label={`Remove wire ${spoken}`}
          icon={Trash2}
          onClick={({ currentTarget }) => {
            leaveRow(currentTarget)
            onCommand(removeCommand(selectWire(wire.id)))
          }}
        />
      )}
    </li>
  )
}

/** The button goes with its row: the keyboard goes on at what stands above. */
function leaveRow(button: HTMLElement): void {
  const stops = [
    ...(button.closest('nav')?.querySelectorAll<HTMLElement>('.outline-add, .outline-name') ?? []),
  ]
  const own = button.closest('.outline-row')?.querySelector<HTMLElement>('.outline-name')
  if (own) stops[stops.indexOf(own) - 1]?.focus()
}

const nameOf = (scenario: Scenario, id: NodeId): string =>
  scenario.nodes.find((node) => node.id === id)?.name ?? id

interface ConnectMenuProps {
  readonly node: ScenarioNode
  readonly scenario: Scenario
  readonly onCommand: (command: Command) => void
}

/** Every other part as a target; those that cannot be connected say why. */
function ConnectMenu({ node, scenario, onCommand }: ConnectMenuProps) {
  const targets = scenario.nodes
    .filter((target) => target.id !== node.id)
    .map((target) => ({ target, verdict: wireVerdict(scenario, node.id, target.id) }))
    .sort((a, b) => Number(b.verdict.ok) - Number(a.verdict.ok))
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="outline-icon"
        aria-label={`Connect ${node.name} to…`}
        title="Connect to…"
      >
        <Link2 size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="outline-menu" align="start" sideOffset={4}>
          <DropdownMenu.Label className="outline-menu-label">
            Connect {node.name} to
          </DropdownMenu.Label>
          {targets.length === 0 && <p className="outline-empty">There is no other part.</p>}
          {targets.map(({ target, verdict }) => (
            <DropdownMenu.Item
              key={target.id}
              className="outline-menu-item"
              aria-disabled={!verdict.ok}
              onSelect={(event) => {
                if (verdict.ok) onCommand({ type: 'connect', from: node.id, to: target.id })
                else event.preventDefault()
              }}
            >
              <span>{target.name}</span>
              <small>
                {verdict.ok
                  ? `${partTitle(scenario, target)}, ${verdict.role}`
                  : `${verdict.reason} ${verdict.instead}`}
              </small>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface IconButtonProps {
  readonly label: string
  readonly icon: typeof Trash2
  readonly onClick: MouseEventHandler<HTMLButtonElement>
}

function IconButton({ label, icon: Icon, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className="outline-icon"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  )
}
