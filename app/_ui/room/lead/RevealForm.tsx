/** A hint or the solution of a lab, to be shown to all. */
'use client'
import { useState } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import { Choice } from '../../form/Field.tsx'
import type { LabHints } from '../places.ts'
import { LeadForm } from './LeadForm.tsx'

const text = roomText.lead.reveal

export function RevealForm({ cohort, labs }: { cohort: string; labs: readonly LabHints[] }) {
  const [lab, setLab] = useState(labs[0]?.id ?? '')
  const hints = labs.find(({ id }) => id === lab)?.hints ?? []
  return (
    <LeadForm
      cohort={cohort}
      deed="reveal"
      word={text.submit}
      read={(typed) => {
        const what = String(typed.get('what'))
        return { lab, hint: what === 'solution' ? null : Number(what) }
      }}
    >
      <Choice label={text.lab} value={lab} onChange={({ target }) => setLab(target.value)}>
        {labs.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Choice>
      <Choice key={lab} label={text.what} name="what" hint={text.note}>
        {hints.map((title, index) => (
          <option key={title} value={index + 1}>
            {text.hint(index + 1, title)}
          </option>
        ))}
        <option value="solution">{text.solution}</option>
      </Choice>
    </LeadForm>
  )
}
