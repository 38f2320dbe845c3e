/** Joining by a link: a name and one is in. Who is signed in only confirms. */
import type { Metadata } from 'next'
import { readPath, withPath } from '#/app/_server/back-to.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { personOrNull } from '#/app/_server/person.ts'
import { providerName } from '#/app/_server/provider.ts'
import { entranceText } from '#/app/_text/en/people/entrance.ts'
import { Button, buttonClass } from '#/app/_ui/control/Button.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { ProblemNote } from '#/app/_ui/control/ProblemNote.tsx'
import { Field } from '#/app/_ui/form/Field.tsx'
import { Once } from '#/app/_ui/form/Once.tsx'
import { Sheet } from '#/app/_ui/form/Sheet.tsx'
import { PlainHeader } from '#/app/_ui/frame/PlainHeader.tsx'
import { Refusal } from '#/classroom/index.ts'

const text = entranceText.join

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ code: string }>
  searchParams: Query
}

export default async function JoinByLink({ params, searchParams }: Props) {
  requireClassroomMode()
  const { code } = await params
  const typed = decodeURIComponent(code)
  const to = readPath((await searchParams).to)
  const here = withPath(`/join/${encodeURIComponent(typed)}`, to)
  const provider = providerName()
  const [cohort, person, note] = await Promise.all([cohortOf(typed), personOrNull(), noteNow(searchParams)])
  if (cohort instanceof Refusal) {
    return (
      <>
        <PlainHeader />
        <Sheet title={text.title}>
          <ProblemNote problem={cohort.problem} />
          <Link href="/join" className="link">
            {text.again}
          </Link>
        </Sheet>
      </>
    )
  }
  return (
    <>
      <PlainHeader />
      <Sheet title={text.titleOf(cohort)} note={note}>
        <form
          method="post"
          action={withPath(`/api/entrance/join?code=${encodeURIComponent(typed)}`, to)}
          className="space-y-5"
        >
          <Once />
          {person ? (
            <p>{text.as(person.name)}</p>
          ) : (
            <Field
              label={text.name}
              hint={text.nameHint}
              name="name"
              defaultValue={note?.fields.name}
              autoComplete="name"
              maxLength={80}
              required
            />
          )}
          <Button type="submit" look="primary">
            {text.submit}
          </Button>
        </form>
        {!person && provider && (
          <a href={withPath('/signin/oidc/start', here)} className={buttonClass('plain')}>
            {entranceText.signIn.with(provider)}
          </a>
        )}
        {!person && (
          <p className="text-sm text-muted">
            <Link href={withPath('/signin', here)} className="link">
              {entranceText.signIn.title}
            </Link>
            {': '}
            {text.known}
          </p>
        )}
      </Sheet>
    </>
  )
}

async function cohortOf(code: string): Promise<string | Refusal> {
  const room = await classroom()
  return room.cohortOfCode(code).catch((error) => {
    if (error instanceof Refusal) return error
    throw error
  })
}
