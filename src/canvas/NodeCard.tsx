import { Handle, Position, useConnection } from '@xyflow/react'
import type { NodeProps } from '@xyflow/react'
import { m } from 'framer-motion'
import { CircleHelp, TriangleAlert } from 'lucide-react'
import { memo, useMemo } from 'react'
import { schemas, withDefaults } from '../services/schemas.ts'
import { views } from '../services/views.ts'
import type { NodeDigest } from '../worker/protocol.ts'
import { useCanvas } from './canvasContext.ts'
import { useDigest } from './digests.ts'
import type { PartData, PartNode } from './flowModel.ts'
import { spokenId } from './flowModel.ts'
import { kindTitle, plural, spokenName } from './partNames.ts'

/** A part on the canvas: frame, heading and handles; the body is the kind's own. */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<PartNode>) {
  const digest = useDigest(id)
  const { part, rolesIn, rolesOut } = data
  const schema = schemas.get(part.kind)
  const view = views.get(part.kind)
  const heading = view?.heading?.(rolesIn, rolesOut)
  const title = heading?.title ?? kindTitle(part)
  return (
    <m.div
      className="card"
      data-family={schema?.family}
      data-tone={heading?.tone}
      data-selected={selected || undefined}
      data-target={useTargetState(id)}
      // Not its size: React Flow measures where the handles are as soon as the card is there.
      initial={{ opacity: 0 }}
      animate={{ opacity: 1 }}
      transition={{ duration: 0.18, ease: 'easeOut' }}
    >
      <span id={spokenId(id)} className="visually-hidden">
        {spokenName(part, digest, title)}
        {selected ? ', selected' : ''}
      </span>
      <div className="card-head">
        <span className="card-kind">{title}</span>
        <span className="card-name" title={part.name}>
          {part.name}
        </span>
        <Badge data={data} digest={digest} />
      </div>
      {view ? <Body data={data} digest={digest} /> : <UnknownBody kind={part.kind} />}
      {digest && digest.advice.length > 0 && <Advice texts={digest.advice} />}
      <Handles part={part} />
    </m.div>
  )
})

interface PartProps {
  readonly data: PartData
  readonly digest: NodeDigest | undefined
}

function useConfig(data: PartData): Record<string, unknown> {
  const { part, limits } = data
  return useMemo(() => {
    const schema = schemas.get(part.kind)
    return schema ? withDefaults(schema.fields, part.config, limits) : { ...part.config }
  }, [part.kind, part.config, limits])
}

function Badge({ data, digest }: PartProps) {
  const config = useConfig(data)
  const text = views.get(data.part.kind)?.badge(config, digest, data.rolesIn) ?? ''
  return text === '' ? null : <span className="card-badge">{text}</span>
}

function Body({ data, digest }: PartProps) {
  const config = useConfig(data)
  const view = views.get(data.part.kind)
  if (!view) return null
  return (
    <div className="card-body">
      <view.Card
        node={data.part}
        config={config}
        digest={digest}
        rolesIn={data.rolesIn}
        rolesOut={data.rolesOut}
      />
    </div>
  )
}

function UnknownBody({ kind }: { readonly kind: string }) {
  return (
    <div className="card-body card-unknown">
      <CircleHelp size={16} aria-hidden="true" />
      <span>“{kind}” is kept as it is; this version cannot run it.</span>
    </div>
  )
}

function Advice({ texts }: { readonly texts: readonly string[] }) {
  return (
    <span className="card-advice" title={texts.join('\n')}>
      <TriangleAlert size={13} aria-hidden="true" />
      <span className="visually-hidden">{plural(texts.length, 'warning')}</span>
    </span>
  )
}

function Handles({ part }: Pick<PartData, 'part'>) {
  const { readOnly, isDown } = useCanvas()
  const schema = schemas.get(part.kind)
  const isConnectable = schema !== undefined && !readOnly
  // Kept in its place, so that a wire that means nothing any more is still drawn.
  const isUsed = schema?.takesWires?.(part) ?? true
  return (
    <>
      <Handle
        type="target"
        position={isDown ? Position.Top : Position.Left}
        id="in"
        className={isUsed ? undefined : 'card-handle-unused'}
        isConnectable={isConnectable && isUsed}
      />
      <Handle
        type="source"
        position={isDown ? Position.Bottom : Position.Right}
        id="out"
        isConnectable={isConnectable}
      />
      {schema?.hasRedrive && (
        <>
          <Handle
            type="target"
            position={isDown ? Position.Left : Position.Top}
            id="redrive-in"
            isConnectable={isConnectable}
          />
          <Handle
            type="source"
            position={isDown ? Position.Right : Position.Bottom}
            id="redrive-out"
            isConnectable={isConnectable}
            title="Drag to a dead-letter queue"
          />
        </>
      )}
    </>
  )
}

/** While a wire is drawn: whether it may end (or begin) at this card. */
function useTargetState(id: string): 'allowed' | 'refused' | undefined {
  const { verdict } = useCanvas()
  const drawn = useConnection((connection) =>
    connection.inProgress ? `${connection.fromHandle.type}:${connection.fromNode.id}` : '',
  )
  return useMemo(() => {
    if (drawn === '') return undefined
    const [type, other] = [drawn.slice(0, 6), drawn.slice(7)]
    if (other === id) return undefined
    const { ok } = type === 'source' ? verdict(other, id) : verdict(id, other)
    return ok ? 'allowed' : 'refused'
  }, [drawn, id, verdict])
}
