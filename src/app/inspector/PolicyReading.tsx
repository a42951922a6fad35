import { readStatements } from '../../services/policy.ts'
import { sayStatement } from '../../services/policyWords.ts'

/** What a policy says, statement by statement, in plain English. */
export default function PolicyReading({ policy }: { readonly policy: string }) {
  const statements = readStatements(policy)
  if (statements.length === 0) return null
  return (
    <section className="policy-reading" aria-label="What the policy says">
      <h3 className="form-section">What the policy says</h3>
      <ul>
        {statements.map((statement, index) => (
          // Statements have no identity but their place.
          // oxlint-disable-next-line no-array-index-key
          <li key={index} data-effect={statement.Effect}>
            {sayStatement(statement)}
          </li>
        ))}
      </ul>
    </section>
  )
}
