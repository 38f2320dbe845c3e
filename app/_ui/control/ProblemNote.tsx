/** What happened, what it means for the learner's work, what to do: one shape for every error on a page. */
import type { ReactNode } from 'react'
import { problemShown } from '#/app/_text/en.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { ShapeFail } from './Shape.tsx'

export function ProblemNote({
  problem,
  children,
  className = '',
}: {
  problem: Problem
  children?: ReactNode
  className?: string
}) {
  const { message, remedy } = problemShown(problem)
  return (
    <div role="alert" className={`border-l-2 border-red-mark py-1 pl-4 text-sm ${className}`}>
      <p className="flex items-baseline gap-2 font-medium">
        <ShapeFail className="translate-y-px text-red" />
        {message}
      </p>
      <p className="mt-1 text-muted">{remedy}</p>
      {children && <div className="mt-3 flex flex-wrap gap-2">{children}</div>}
    </div>
  )
}
