import { schemas } from '../../services/schemas.ts'
import { useScenario } from '../useApp.ts'

interface PartNamesProps {
  /** Of the list, for the box that offers it. */
  readonly id: string
  readonly kind: string
  /** What the field says now. */
  readonly name: string
}

/** For a field that names a part: the names there are, and a word when it is none of them. */
export default function PartNames({ id, kind, name }: PartNamesProps) {
  const names = useScenario()
    .nodes.filter((node) => node.kind === kind)
    .map((node) => node.name)
  return (
    <>
      <datalist id={id}>
        {names.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {name !== '' && !names.includes(name) && (
        <p className="field-error" role="status">
          No {schemas.get(kind)?.title} of this design is called “{name}”.
        </p>
      )}
    </>
  )
}
