/** On a submission's own page: judge it again, or set its grade, which is folded away until it is wanted. */
'use client'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { disputeText as text } from '#/app/_text/en/people/dispute.ts'
import { Link } from '../control/Link.tsx'
import { OverrideForm } from './GradeForms.tsx'

interface Props {
  submission: string
  assignment: string
  judged: { id: string; score: number; maxScore: number } | null
}

export function SetGrade({ submission, assignment, judged }: Props) {
  const router = useRouter()
  const folded = useRef<HTMLDetailsElement>(null)
  return (
    <div className="mt-5 flex flex-wrap items-baseline gap-x-6 gap-y-3 text-sm">
      <Link href={`/assignments/${assignment}/regrade?submission=${submission}`} className="link">
        {text.again}
      </Link>
      <details ref={folded} className="open:basis-full">
        <summary className="link inline-block">{text.set}</summary>
        <div className="mt-4 max-w-[34rem]">
          <OverrideForm
            key={judged?.id ?? 'none'}
            of={{ submission }}
            share={judged ? judged.score / judged.maxScore : null}
            onDone={() => {
              if (folded.current) folded.current.open = false
              router.refresh()
            }}
          />
        </div>
      </details>
    </div>
  )
}
