/** Breaks machines of a cohort in a new way, and says how far that is. A plain form. */
import { injectText as text } from '#/app/_text/en/people/inject.ts'
import type { FaultChoice, InjectionView } from '#/classroom/looking/injections.ts'
import type { LookView } from '#/classroom/looking/looks.ts'
import { AskFirst } from '../form/AskFirst.tsx'
import { Choice } from '../form/Field.tsx'

interface Props {
  cohort: string
  choices: (FaultChoice & { title: string })[]
  machines: (LookView & { title: string })[]
}

export function InjectForm({ cohort, choices, machines }: Props) {
  return (
    <section className="mt-14 max-w-[44rem]">
      <h2 className="font-serif text-xl">{text.title}</h2>
      <p className="mt-2 text-sm text-muted">{text.lead}</p>
      {choices.length === 0 ? (
        <p className="mt-4 text-sm text-muted">{text.none}</p>
      ) : (
        <form method="post" action={`/api/cohorts/${cohort}/inject`} className="mt-4 space-y-4">
          <Choice label={text.fault} hint={text.faultHint} name="lab" required>
            {choices.map(({ lab, title, machines: fitting }) => (
              <option key={lab} value={lab}>
                {text.fits(title, fitting)}
              </option>
            ))}
          </Choice>
          <Choice label={text.whom} name="attempt" defaultValue="">
            <option value="">{text.all}</option>
            {machines
              .filter(({ graded }) => !graded)
              .map(({ attempt, learner, title }) => (
                <option key={attempt} value={attempt}>
                  {text.one(learner.name, title)}
                </option>
              ))}
          </Choice>
          <AskFirst word={text.submit} question={text.ask} yes={text.yes} />
        </form>
      )}
    </section>
  )
}

export function InjectionList({ all }: { all: (InjectionView & { title: string })[] }) {
  if (all.length === 0) return null
  return (
    <section className="mt-8 max-w-[44rem]">
      <h3 className="text-sm font-medium">{text.list}</h3>
      <ul className="mt-2 border-t border-rule">
        {all.map(({ id, learner, title, state, problem }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-6 border-b border-rule py-2 text-sm">
            <span className="font-medium">
              <bdi>{learner}</bdi>
            </span>
            <span className="text-muted">{title}</span>
            <span className={`ml-auto ${state === 'refused' ? 'text-red' : ''}`}>{text.states[state]}</span>
            {problem && (
              <span className="basis-full text-muted">
                {problem.message} {problem.remedy}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
