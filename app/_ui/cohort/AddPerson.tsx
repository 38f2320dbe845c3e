/** Somebody is entered by hand. */
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import { Field } from '../form/Field.tsx'
import { Deed } from './Deed.tsx'

const text = cohortText.add

export const AddPerson = ({ cohort, typed }: { cohort: string; typed: Record<string, string> }) => (
  <section aria-labelledby="add">
    <h2 id="add" className="caps text-muted">
      {text.title}
    </h2>
    <Deed cohort={cohort} deed="add" word={text.submit} className="mt-4 max-w-[30rem] space-y-4">
      <Field
        label={text.name}
        name="name"
        defaultValue={typed.name}
        maxLength={80}
        autoComplete="off"
        required
      />
      <Field
        label={text.login}
        hint={text.loginHint}
        name="login"
        defaultValue={typed.login}
        maxLength={254}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </Deed>
    <p className="mt-3 text-sm text-muted">{text.note}</p>
  </section>
)
