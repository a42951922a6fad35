import type { LogFilter } from '../../worker/protocol.ts'
import { useApp, useScenario } from '../useApp.ts'

/** Which calls are listed. */
export function LogFilters() {
  const { nodes } = useScenario()
  const operations = useApp((state) => state.operations)
  const filter = useApp((state) => state.logFilter)
  const setFilter = useApp((state) => state.setLogFilter)
  const change = (part: LogFilter) => setFilter({ ...filter, ...part })
  return (
    <div className="log-filters">
      <select
        className="input"
        aria-label="Part"
        value={filter.node ?? ''}
        onChange={(event) => change({ node: event.target.value || undefined })}
      >
        <option value="">All parts</option>
        {nodes.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label="Operation"
        value={filter.operation ?? ''}
        onChange={(event) => change({ operation: event.target.value || undefined })}
      >
        <option value="">All operations</option>
        {operations.map((operation) => (
          <option key={operation}>{operation}</option>
        ))}
      </select>
      <label>
        <input
          type="checkbox"
          checked={filter.failedOnly ?? false}
          onChange={(event) => change({ failedOnly: event.target.checked || undefined })}
        />
        failed only
      </label>
      <label>
        <input
          type="checkbox"
          checked={filter.hideEmpty ?? false}
          onChange={(event) => change({ hideEmpty: event.target.checked || undefined })}
        />
        hide empty receives
      </label>
    </div>
  )
}
