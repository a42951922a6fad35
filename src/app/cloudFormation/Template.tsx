import type { TakenAway } from '../../infrastructure/cloudFormation.ts'

/** What the template leaves open, and below it the template itself. */
export function Template({ yaml, notes }: TakenAway) {
  return (
    <>
      {notes.length > 0 && (
        <div className="template-notes" tabIndex={0} role="region" aria-label="Notes">
          {notes.map(({ heading, lines }) => (
            <section key={heading}>
              <h3>{heading}</h3>
              <ul>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      {yaml === null ? (
        <p className="template-none">This design has no part that CloudFormation makes.</p>
      ) : (
        <pre className="template-text" tabIndex={0} role="region" aria-label="Template">
          {yaml}
        </pre>
      )}
    </>
  )
}
