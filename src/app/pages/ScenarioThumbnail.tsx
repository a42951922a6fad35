import type { Scenario } from '../../scenario/scenario.ts'
import { schemas } from '../../services/schemas.ts'

const UNKNOWN = { width: 220, height: 120 }
const MARGIN = 50

/** A scenario as a small picture: its parts where they stand, in their families' colours. */
export function ScenarioThumbnail({ scenario }: { readonly scenario: Scenario }) {
  const boxes = new Map(
    scenario.nodes.map((node) => {
      const schema = schemas.get(node.kind)
      return [node.id, { ...node, ...(schema?.size ?? UNKNOWN), family: schema?.family }]
    }),
  )
  const all = [...boxes.values()]
  if (all.length === 0) return <div className="thumbnail" aria-hidden="true" />
  const left = Math.min(...all.map(({ x }) => x)) - MARGIN
  const top = Math.min(...all.map(({ y }) => y)) - MARGIN
  const width = Math.max(...all.map((box) => box.x + box.width)) - left + MARGIN
  const height = Math.max(...all.map((box) => box.y + box.height)) - top + MARGIN
  return (
    <svg className="thumbnail" viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      {scenario.wires.map(({ id, from, to }) => {
        const a = boxes.get(from)
        const b = boxes.get(to)
        if (!a || !b) return null
        const below = b.y > a.y + a.height && Math.abs(a.x - b.x) < a.width
        const start = below
          ? [a.x + a.width / 2, a.y + a.height]
          : [a.x + a.width, a.y + a.height / 2]
        const end = below ? [b.x + b.width / 2, b.y] : [b.x, b.y + b.height / 2]
        const bend = below ? 0 : Math.max(40, (end[0] - start[0]) / 2)
        return (
          <path
            key={id}
            className="thumbnail-wire"
            strokeDasharray={below ? '14 10' : undefined}
            d={`M${start} C${start[0] + bend} ${start[1]} ${end[0] - bend} ${end[1]} ${end}`}
          />
        )
      })}
      {all.map(({ id, x, y, family, ...size }) => (
        <g key={id}>
          <rect
            className="thumbnail-card"
            x={x}
            y={y}
            width={size.width}
            height={size.height}
            rx={14}
          />
          <rect
            x={x}
            y={y}
            width={14}
            height={size.height}
            rx={7}
            style={{ fill: `var(--family-${family ?? 'store'})` }}
          />
          <rect
            x={x + 36}
            y={y + 30}
            width={size.width * 0.5}
            height={16}
            rx={8}
            style={{ fill: `var(--family-${family ?? 'store'})`, opacity: 0.35 }}
          />
        </g>
      ))}
    </svg>
  )
}
