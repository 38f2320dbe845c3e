/** The certificate itself: one sheet, on the screen and on paper. Knows not whether it was verified. */

import { certificateText as text } from '#/app/_text/en.ts'
import type { Certificate } from '#/classroom/certificate.ts'
import type { LabMeta } from '#/labs/schema.ts'
import { Mark } from '../frame/Mark.tsx'

interface Props {
  certificate: Certificate
  /** Of today's course: a lab that it has no more keeps its id. */
  labs: readonly Pick<LabMeta, 'id' | 'title'>[]
}

export function CertificateSheet({ certificate, labs }: Props) {
  const { name, completedOn, chapters, course } = certificate
  return (
    <article className="certificate" aria-labelledby="certificate-name">
      <p className="certificate-mark">
        <Mark />
        {text.version(course)}
      </p>
      <h2 id="certificate-name">{name}</h2>
      <p className="certificate-says">
        {text.says} {text.body(chapters, certificate.labs.length)}
      </p>
      <dl>
        <div>
          <dt>{text.on}</dt>
          <dd>
            <time dateTime={completedOn}>{text.day(completedOn)}</time>
          </dd>
        </div>
        <div>
          <dt>{text.labs}</dt>
          <dd>
            <ul>
              {certificate.labs.map((id) => (
                <li key={id}>{labs.find((lab) => lab.id === id)?.title ?? id}</li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
    </article>
  )
}
