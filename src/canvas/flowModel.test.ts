import { describe, expect, it } from 'vitest'
import { applyCommand } from '../scenario/commands.ts'
import { emptyScenario } from '../scenario/scenario.ts'
import { shop } from './fixtures.ts'
import { toFlowEdges, toFlowNodes } from './flowModel.ts'
import { NOTHING, selectNode } from './selection.ts'

const nodes = toFlowNodes([], shop, NOTHING)
const edges = toFlowEdges([], shop, NOTHING)
const at = <T extends { id: string }>(list: readonly T[], id: string): T => {
  const found = list.find((item) => item.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

describe('flow nodes', () => {
  it('know the roles of the wires that come and go', () => {
    expect(at(nodes, 'orders').data.rolesIn).toEqual(['send'])
    expect(at(nodes, 'orders').data.rolesOut).toEqual(['redrive', 'poll'])
    expect(at(nodes, 'failed').data.rolesIn).toEqual(['redrive'])
  })

  it('stay the same objects where nothing changed, so that their cards do not render', () => {
    const moved = applyCommand(shop, { type: 'moveNodes', nodes: ['orders'], dx: 20, dy: 0 })
    const next = toFlowNodes(nodes, moved, selectNode('workers'))
    const changed = next.filter((node) => node !== at(nodes, node.id)).map((node) => node.id)
    expect(changed).toEqual(['orders', 'workers'])
    expect(at(next, 'orders').position).toEqual({ x: 20, y: 0 })
    expect(at(next, 'workers').selected).toBe(true)
    expect(at(next, 'workers').data).toBe(at(nodes, 'workers').data)
  })

  it('stay where the pointer has them while they are dragged', () => {
    const dragged = nodes.map((node) =>
      node.id === 'orders' ? { ...node, dragging: true, position: { x: 7, y: 9 } } : node,
    )
    const renamed = applyCommand(shop, { type: 'renameNode', node: 'orders', name: 'purchases' })
    expect(at(toFlowNodes(dragged, renamed, NOTHING), 'orders').position).toEqual({ x: 7, y: 9 })
  })
})

describe('flow edges', () => {
  it('carry role, label and a spoken name', () => {
    const redrive = at(edges, 'orders-failed')
    expect(redrive.data).toEqual({ role: 'redrive', label: 'maxReceiveCount 5', isDenied: false })
    expect(redrive.ariaLabel).toBe('orders to failed, redrive, maxReceiveCount 5')
    expect([redrive.sourceHandle, redrive.targetHandle]).toEqual(['redrive-out', 'redrive-in'])
    expect(at(edges, 'orders-workers').sourceHandle).toBe('out')
  })

  it('say that a policy refuses them', () => {
    const parts = [
      { id: 'p', kind: 'producer', name: 'p', x: 0, y: 0, config: { account: '111122223333' } },
      { id: 'q', kind: 'sqs', name: 'q', x: 0, y: 0, config: {} },
    ]
    const wires = [{ id: 'w', from: 'p', to: 'q', config: {} }]
    const [edge] = toFlowEdges([], { ...emptyScenario(), nodes: parts, wires }, NOTHING)
    expect(edge.data).toEqual({ role: 'send', label: 'access denied', isDenied: true })
    expect(edge.ariaLabel).toBe('p to q, send, access denied')
  })

  it('are drawn without meaning to parts of unknown kind', () => {
    expect(at(edges, 'checkout-clicks').data).toEqual({ role: '', label: '', isDenied: false })
  })

  it('stay the same objects until their settings or ends change', () => {
    const config = { maxReceiveCount: 9 }
    const next = applyCommand(shop, { type: 'configureWire', wire: 'orders-failed', config })
    const changed = toFlowEdges(edges, next, NOTHING).filter((edge) => edge !== at(edges, edge.id))
    expect(changed.map((edge) => edge.data?.label)).toEqual(['maxReceiveCount 9'])
  })
})
